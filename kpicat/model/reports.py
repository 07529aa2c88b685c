"""What became of every row of a file that was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row (or, with row None, a whole sheet) that did not become an item."""

    sheet: str
    row: int | None
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TableFound:
    """One table recognised in a file.

    Attributes:
        header_row: Row number of the (last) header row.
        columns: Zero-based column -> field id, or "" for a column that is not taken.
        headers: Zero-based column -> the header's own words.
        samples: Zero-based column -> the first few cell texts, for the mapping dialog.
        rows: Rows that became items.
        grounds: Zero-based column that is taken -> why: "heading", "like" a known one, "cells", "hand".
    """

    sheet: str
    header_row: int
    columns: Mapping[int, str]
    headers: Mapping[int, str]
    samples: Mapping[int, Sequence[str]]
    rows: int
    grounds: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadReport:
    """What was found, mapped and left out of a file, and what needs a look.

    Attributes:
        titles: Sheet -> the texts that stand over its first table, from the top.
    """

    file: str
    tables: list[TableFound] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[LeftOut] = field(default_factory=list)  # taken, but look: "row 12: 'abc' is no number"
    titles: dict[str, list[str]] = field(default_factory=dict)
