"""What people decided about a finding: it stands as it is, or two lines are not one work."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


class Ruling(enum.StrEnum):
    """How people decided."""

    WAIVED = "waived"  # the finding stands as it is, for a reason that is given
    DIFFERENT = "different"  # of a pair: two works
    RELATED = "related"  # of a pair: two works that belong together


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a finding, or about two lines that look like one work.

    Attributes:
        item_id: The item; of a pair the one whose id comes first; :data:`~kpicat.model.CATALOGUE` for a
            finding about the catalogue as a whole.
        key: Which finding of which words, as ``kpicat.services.appraising`` makes it: where the words change it
            applies no more, where they change back it applies again. One item has one decision under a key.
        check: Id of the check it answers.
        reason: In words; "" only of a pair.
        at: Aware.
        other: The second item of a pair; "" where the finding is about one line.
    """

    item_id: str
    key: str
    check: str
    verdict: Ruling
    reason: str
    by: str
    at: datetime
    other: str = ""

    @property
    def words(self) -> str:
        """The reason, or how it was decided where none was given: what a conflict shows."""
        return self.reason or self.verdict.value

    def encode(self) -> str:
        """Its canonical JSON, without ``item_id`` and ``key``: what the store compares and the log keeps."""
        if self.at.tzinfo is None:
            raise TypeError(f"{self.at!r} has no time zone")
        body = {"check": self.check, "verdict": self.verdict.value, "reason": self.reason, "by": self.by}
        body |= {"at": self.at.astimezone(UTC).isoformat()}
        return json.dumps(body | ({"other": self.other} if self.other else {}), ensure_ascii=False)

    @classmethod
    def decode(cls, item_id: str, key: str, text: str) -> Decision:
        """The decision whose canonical JSON is ``text``.

        Raises:
            ValueError: It is no such JSON.
        """
        try:
            body = json.loads(text)
            verdict, at = Ruling(body.pop("verdict")), datetime.fromisoformat(body.pop("at"))
            return cls(item_id, key, verdict=verdict, at=at, **body)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no decision: {text!r}") from error


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions as a reading has them, the oldest first."""
    return tuple(sorted(decisions, key=lambda each: (each.at, each.item_id, each.key)))
