"""What every format's module gives of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpicat.exchange.tables.grid import Sheet

Told = Callable[[float], None]
"""Hears the share of the opening that is done (0 to 1)."""


@dataclass(frozen=True)
class Opened:
    """A workbook.

    Attributes:
        sheets: In the workbook's order.
        pictured: Names of sheets that hold pictures.
        macros: It holds programs; none of them is run.
        linked: Some of its cells take their values from other files.
        comments: How many notes are pinned to its cells.
    """

    sheets: Sequence[Sheet]
    pictured: frozenset[str] = frozenset()
    macros: bool = False
    linked: bool = False
    comments: int = 0
