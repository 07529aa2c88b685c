"""A department written once, with blank cells for the lines under it and no merge to say so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kpicat.exchange.tables.headers import Header
from kpicat.language import ngettext, number
from kpicat.model import Item, LeftOut
from kpicat.text.normalise import one_line

_FIELDS = ("group", "department", "duty")


def filled_down(
    sheet: str, header: Header, items: Sequence[Item], under_headings: Collection[str]
) -> tuple[list[Item], list[LeftOut]]:
    """The items of a table with what is plainly said once for several lines given to each of them.

    Args:
        sheet: The name of a sheet whose lines do not each speak for themselves.
        header: The table's.
        items: The table's, in order.
        under_headings: Ids of those right under a heading row.

    Returns:
        The items, and a remark for each column that was filled down.
    """
    given, remarks = list(items), []
    for column, name in header.columns.items():
        if name not in _FIELDS or not _written_once(name, items, under_headings):
            continue
        above, filled = items[0], []
        for place, item in enumerate(given):
            if item[name]:
                above = item
            else:
                given[place] = replace(item, values={**item.values, name: above[name]})
                filled.append(item.source.row)
        heading = one_line(header.headings.get(column, ""))
        sentence = ngettext(
            "“{heading}” is written once for the lines under it; {count} blank cell took the text above it.",
            "“{heading}” is written once for the lines under it; {count} blank cells took the text above them.",
            len(filled),
        ).format(heading=heading, count=number(len(filled)))
        remarks.append(LeftOut(sheet, filled[0], sentence, heading))
    return given, remarks


def _written_once(name: str, items: Sequence[Item], under_headings: Collection[str]) -> bool:
    """Whether blank cells of this column can only mean "as above".

    Nothing stands twice, at least half the cells are blank, there are two texts or more, and
    the first line, like every line right under a heading, has one.
    """
    texts = [str(item[name]) for item in items if item[name]]
    if not 2 <= len(texts) <= len(items) / 2 or len(set(texts)) < len(texts):
        return False
    begins = {items[0].id, *under_headings}
    return all(item[name] for item in items if item.id in begins)
