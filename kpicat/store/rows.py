"""What a gesture works on: items, comments and decisions as their tables hold them, lines for the log."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from kpicat.model import CELLS, PLACE, ChangeKind, Comment, Decision, Source
from kpicat.model.order import default_place


@dataclass(slots=True)
class Row:
    """An item as its table holds it: the texts of its cells, None or missing where empty."""

    id: str
    cells: dict[str, str | None]
    deleted: bool = False
    last_seq: int = 0
    rank: int = 0
    source: Source = field(default_factory=Source)
    is_new: bool = False
    changed: set[str] = field(default_factory=set)

    def as_json(self) -> str:
        """The item as the log keeps it: the cells that are not empty, the place where it has been moved."""
        texts = {name: text for name in CELLS if (text := self.cells.get(name)) is not None}
        if texts[PLACE.name] == default_place(self.rank):
            del texts[PLACE.name]
        return json.dumps(texts, ensure_ascii=False)


@dataclass(slots=True)
class Note:
    """A comment as its table holds it; ``body`` is None where there is none."""

    id: str
    item_id: str
    body: str | None = None
    last_seq: int = 0
    changed: bool = False

    @property
    def comment(self) -> Comment | None:
        """What it says."""
        return None if self.body is None else Comment.decode(self.item_id, self.id, self.body)

    @property
    def text(self) -> str:
        """Its words; "" where there are none."""
        return self.comment.text if self.comment else ""


@dataclass(slots=True)
class Ruled:
    """A decision as its table holds it; ``body`` is None where there is none."""

    item_id: str
    key: str
    body: str | None = None
    last_seq: int = 0
    changed: bool = False

    @property
    def words(self) -> str:
        """What a conflict says of it; "" where there is none."""
        return "" if self.body is None else Decision.decode(self.item_id, self.key, self.body).words


class Line(NamedTuple):
    """A change about to be logged."""

    seq: int
    kind: ChangeKind
    item_id: str
    field: str
    old: str | None
    new: str | None


class Touch(NamedTuple):
    """Who changed something last, and when."""

    by: str
    at: datetime


class Witness(Protocol):
    """Asked, in case of conflict, who had been there before this gesture."""

    def of_cell(self, item_id: str, field: str) -> Touch:
        """The last change of a cell."""

    def of_said(self, kind: ChangeKind, item_id: str, key: str) -> Touch:
        """The last change of a comment, or of a decision."""

    def of_deletion(self, item_id: str) -> Touch:
        """The last deletion of an item."""

    def of_others(self, item_id: str, actor: str, after: int) -> Touch | None:
        """The last change of an item after a seq by anybody but ``actor``."""
