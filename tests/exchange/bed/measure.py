"""How much of the bed is understood: ``python -m tests.exchange.bed.measure [-v]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpicat import guidance
from kpicat.errors import NeedsPointing
from kpicat.exchange import Read, no_progress
from kpicat.exchange.tables.items import read_sheets
from kpicat.model import FIELDS
from tests.exchange.bed.shapes import ITEM, LEFT, UNSEEN, Layout, bed

EDITION = "phu_luc_3"
BED = bed()
NEW = bed(UNSEEN)


@dataclass
class Tally:
    """Columns and rows of some layouts, and what went wrong.

    Attributes:
        wrong: Columns taken for another field; worse than ``asked``, which a person sees and says.
        asked: Columns with a field that were left to the person.
        lost: Rows neither taken nor told of.
        amiss: Rows taken for something else than they are.
    """

    columns: int = 0
    wrong: int = 0
    asked: int = 0
    rows: int = 0
    lost: int = 0
    amiss: int = 0

    @property
    def share(self) -> float:
        """Columns mapped right, of all."""
        return (self.columns - self.wrong - self.asked) / self.columns


def read(layout: Layout) -> Read | None:
    """The layout as kpicat reads it; None where it asks for the header."""
    try:
        return read_sheets([layout.sheet], "bed.xlsx", guidance.get(EDITION), pointed={}, progress=no_progress)
    except NeedsPointing:
        return None


def measured(layouts: Sequence[Layout] = BED) -> tuple[Tally, list[str]]:
    """The tally of all layouts, and a line for each mistake."""
    tally, mistakes = Tally(), []
    for layout in layouts:
        found = read(layout)
        mistakes += [f"{layout.name}: {words}" for words in judge(layout, found, tally)]
    return tally, mistakes


def judge(layout: Layout, found: Read | None, tally: Tally) -> Iterator[str]:
    tally.columns += len(layout.columns)
    tally.rows += len(layout.rows)
    taken = found.report.tables[0].columns if found and found.report.tables else {}
    headings = found.report.tables[0].headers if found and found.report.tables else {}
    for column, name in layout.columns.items():
        true, said = name if name in FIELDS else "", taken.get(column, "")
        if said != true:
            tally.asked += not said
            tally.wrong += bool(said)
            yield f"column {column} “{headings.get(column)}” is {true or 'none'}, said {said or 'none'}"
    if found is None:
        tally.lost += len(layout.rows)
        yield "no header found"
        return
    items = {item.source.row: item for item in found.items}
    left = {row.row: row.reason for row in found.report.left_out}
    for row, what in layout.rows.items():
        said_row = ITEM if row in items else LEFT if row in left else ""
        if (said_row == ITEM) != (what == ITEM):
            tally.lost += not said_row
            tally.amiss += bool(said_row)
            yield f"row {row} is {what}, said {said_row or 'nothing'} {left.get(row, '')}"
        for name, value in layout.values.get(row, {}).items():
            if row in items and items[row][name] != value:
                tally.amiss += 1
                yield f"row {row}: {name} is {value!r}, said {items[row][name]!r}"


def main() -> None:
    """Print the figures of either bed; with -v every mistake."""
    for layouts in (BED, NEW):
        tally, mistakes = measured(layouts)
        if "-v" in sys.argv:
            print(*mistakes, sep="\n")
        print(
            f"{len(layouts)} layouts, {tally.columns} columns: {tally.share:.1%} right, {tally.wrong} wrong, "
            f"{tally.asked} left to the person; {tally.rows} rows: {tally.lost} lost, {tally.amiss} amiss"
        )


if __name__ == "__main__":
    main()
