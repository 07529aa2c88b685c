"""A scenario as it is kept: what is tried, with a name, whose it is, and on which state of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A scenario that is kept; in no log, as it changes nothing of the catalogue until it is adopted.

    Attributes:
        body: Canonical text of :class:`kpicat.scenario.Scenario`.
        author: Who began it.
        seq: Of the catalogue's last change when it was begun: what others change after that is asked about.
        version: 1 when it was begun, one more at each change; who changes it names the one they saw.
        by, at: Who changed it last, and when.
        adopted: Seq of the catalogue's last change before it was adopted; None until then.
    """

    id: str
    catalogue_id: str
    name: str
    note: str
    body: str
    author: str
    seq: int
    version: int
    by: str
    at: datetime
    adopted: int | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """What became of a change to a scenario.

    Attributes:
        done: Whether it was written; if not, somebody was there first and nothing was.
        stands: The scenario as it stands now; None where there is none any more.
    """

    done: bool
    stands: SavedScenario | None
