"""What people typed, when they were told it is kept, and who saw it when; and whether any of it was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from kpicat.model import FIELDS, Change, ChangeKind

if TYPE_CHECKING:
    from tests.load.people import Frame


@dataclass(eq=False, slots=True)
class Typed:
    """One cell that one person changed; no two in a run are of the same value and cell.

    Attributes:
        at: When Enter was pressed, in seconds of :func:`tests.load.protocol.now`.
        value: What was typed, as the grid shows it.
        acknowledged: When its author's screen said it is kept; None: never.
        seen: Name of another person -> when their screen showed it.
    """

    author: str
    item: str
    field: str
    value: str
    at: float
    shown: float | None = None
    acknowledged: float | None = None
    seen: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Accounts:
    """Everything typed in a run, by everybody."""

    typed: list[Typed] = field(default_factory=list)

    def waits(self) -> list[float]:
        """Seconds from Enter to the acknowledgement, of those acknowledged."""
        return [t.acknowledged - t.at for t in self.typed if t.acknowledged is not None]

    def sights(self) -> list[float]:
        """Seconds from Enter to each other screen that showed it."""
        return [at - t.at for t in self.typed for at in t.seen.values()]


def lost(typed: Iterable[Typed], log: Iterable[Change]) -> list[Typed]:
    """What people were told is kept and the log does not hold, exactly once and as theirs.

    Args:
        log: Every change of the catalogue, in order.
    """
    held = Counter(
        (change.actor, change.item_id, change.field, change.new) for change in log if change.kind is ChangeKind.EDIT
    )
    return [t for t in typed if t.acknowledged is not None and held[t.author, t.item, t.field, stored(t)] != 1]


def differing(frame: Frame, cells: pd.DataFrame) -> list[tuple[str, str]]:
    """Cells, by item and field, where a screen does not show what the table holds; items it does not show do not count.

    Args:
        frame: What is on the screen.
        cells: The table as text, see :attr:`kpicat.services.View.cells`.
    """
    wanted = cells.reindex(frame.rows)
    return [
        (row, column)
        for column in sorted(frame.columns & frozenset(cells.columns))
        for row, shown, text in zip(frame.rows, frame.column(column), wanted[column], strict=True)
        if row in cells.index and (shown or "") != text
    ]


def stored(typed: Typed) -> str | None:
    """The canonical text the log keeps of what was typed."""
    return FIELDS[typed.field].encode(typed.value) if FIELDS[typed.field].kind.value == "text" else typed.value
