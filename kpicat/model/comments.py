"""What people say to each other about an item."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """One remark on an item.

    Attributes:
        id: Chosen by its author, so a repeat does nothing.
        thread: Id of the comment that began the thread; its own for that one.
        text: As typed.
        at: Aware.
        mentions: Names of the people addressed.
        resolved_by, resolved_at: Who closed the thread and when; they count on the comment that began it.
    """

    id: str
    item_id: str
    thread: str
    text: str
    by: str
    at: datetime
    mentions: tuple[str, ...] = ()
    resolved_by: str = ""
    resolved_at: datetime | None = None

    def encode(self) -> str:
        """Its canonical JSON, without ``id`` and ``item_id``: what the store compares and the log keeps."""
        body = {"thread": self.thread, "text": self.text, "by": self.by, "at": _text(self.at)}
        more = {
            "mentions": list(self.mentions),
            "resolved_by": self.resolved_by,
            "resolved_at": self.resolved_at and _text(self.resolved_at),
        }
        return json.dumps(body | {name: value for name, value in more.items() if value}, ensure_ascii=False)

    @classmethod
    def decode(cls, item_id: str, id: str, text: str) -> Comment:
        """The comment whose canonical JSON is ``text``.

        Raises:
            ValueError: It is no such JSON.
        """
        try:
            body = json.loads(text)
            resolved_at = body.pop("resolved_at", None)
            return cls(
                id=id,
                item_id=item_id,
                at=datetime.fromisoformat(body.pop("at")),
                mentions=tuple(body.pop("mentions", ())),
                resolved_at=resolved_at and datetime.fromisoformat(resolved_at),
                **body,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no comment: {text!r}") from error


def _text(at: datetime) -> str:
    if at.tzinfo is None:
        raise TypeError(f"{at!r} has no time zone")
    return at.astimezone(UTC).isoformat()
