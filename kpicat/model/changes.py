"""Writing: what somebody wants changed, what became of it, and the log's lines."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kpicat.model.comments import Comment
from kpicat.model.decisions import Decision
from kpicat.model.items import Item, Value


@dataclass(frozen=True, slots=True)
class Edit:
    """Set one cell if it still holds what the editor saw (compare and set).

    ``field`` is one of :data:`CELLS`; setting ``place`` moves the row. ``item_id`` may be
    :data:`CATALOGUE` with a field of :data:`CATALOGUE_FIELDS`.
    """

    item_id: str
    field: str
    seen: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Add:
    """A new item under an id its author chose (so a repeat does nothing).

    It stands at the end unless its values name a ``place``.
    """

    item: Item


@dataclass(frozen=True, slots=True)
class Delete:
    """Take an item out, unless somebody else changed it after ``seen_seq``."""

    item_id: str
    seen_seq: int


@dataclass(frozen=True, slots=True)
class Restore:
    """Put a deleted item back where it was."""

    item_id: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Begin, answer, change, close or withdraw a comment, if it still is what its author saw.

    ``seen`` is None for a new comment, ``new`` is None to withdraw one. A thread is
    withdrawn from its end: the comment that began it goes last. On a deleted item
    comments can be withdrawn, nothing else.
    """

    item_id: str
    seen: Comment | None
    new: Comment | None


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide about a finding, decide otherwise, or withdraw that, if the decision still is what its author saw.

    ``seen`` is None where none was seen, ``new`` is None to withdraw. On a deleted item
    decisions can be withdrawn, nothing else.
    """

    item_id: str
    key: str
    seen: Decision | None
    new: Decision | None


Write = Edit | Add | Delete | Restore | Remark | Decide


COMMENT = "comment"
"""What a conflict over a comment names as its field."""
DECISION = "decision"
"""What a conflict over a decision names as its field."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A write that would have overwritten somebody: nothing was changed, both are shown.

    Attributes:
        field: The cell's field; "" when the whole row is in question; :data:`COMMENT` when a
            comment is, its texts then being ``mine`` and ``theirs`` ("" where it is withdrawn);
            :data:`DECISION` when a decision is, likewise with its words.
        mine: What this writer wanted.
        theirs: What stands there now; with ``gone``, what stood there when the row was deleted.
        by: Who put it there.
        at: When.
        gone: The row was deleted meanwhile.
    """

    item_id: str
    field: str
    mine: Value
    theirs: Value
    by: str
    at: datetime
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list of writes.

    Attributes:
        seq: Head of the log after it.
        batch: Id of the batch written; None when nothing had to be.
        applied: The writes that changed something, in order.
        conflicts: The writes that did not, because somebody had been there.
        at: The moment written to the log.
    """

    seq: int
    batch: str | None
    applied: Sequence[Write]
    conflicts: Sequence[Conflict]
    at: datetime


class ChangeKind(enum.StrEnum):
    """What a line of the log says happened."""

    ADD = "add"  # new: the item's values as a JSON object of canonical texts
    EDIT = "edit"
    DELETE = "delete"  # old: its values then, likewise
    RESTORE = "restore"  # new: its values, likewise
    COMMENT = "comment"  # field: the comment's id; old and new: its canonical JSON, None where there is none
    DECISION = "decision"  # field: the decision's key; old and new: its canonical JSON, likewise


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the append-only log. ``old`` and ``new`` are canonical texts."""

    seq: int
    batch: str
    at: datetime
    actor: str
    kind: ChangeKind
    item_id: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes made by one gesture of one person; the unit of undo.

    Attributes:
        label: The gesture as a key: edit, add, delete, bulk, move, copy, split, merge, import, paste,
            comment, decide, fix, undo, restore, settings, adopt, ballot, or a step of :mod:`kpicat.approval`.
        size: Number of changes.
        undoes: The batch this one took back, if it is an undo.
        undone_by: The batch that took this one back, if any.
    """

    id: str
    at: datetime
    actor: str
    label: str
    first_seq: int
    last_seq: int
    size: int
    undoes: str | None = None
    undone_by: str | None = None
