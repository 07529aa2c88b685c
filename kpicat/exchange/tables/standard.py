"""The standard unit as a sheet's own words point it out: "Sản phẩm chuẩn = 5 điểm = hệ số 1,00"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from kpicat.exchange.tables.grid import Row, text_of
from kpicat.language import _, number
from kpicat.model import Item, LeftOut
from kpicat.text.normalise import canonical
from kpicat.text.numbers import parse_number

_SAID = re.compile(
    r"(?:sản phẩm|công việc|đơn vị|nhiệm vụ)[^.;=:]{0,40}?\bchuẩn\b[^.;\d]{0,30}?(?P<points>\d+(?:[.,]\d+)*)\s*điểm"
)
_NAMED = re.compile(
    r"(?:là )?(?:đơn vị )?(?:sản phẩm|công việc|đơn vị)(?:\s*[/,]?\s*công việc)?(?: quy đổi)? chuẩn(?!\w)[^.;]{0,40}"
)


def points_said(texts: Iterable[str]) -> tuple[Decimal, str] | None:
    """The points that some sentence gives to the standard unit, and the sentence."""
    for text in texts:
        if len(text) < 500 and (found := _SAID.search(canonical(text))):
            points = parse_number(found["points"])
            if points is not None:
                return points, text
    return None


def marked(sheet: str, above: Sequence[Row], items: Sequence[Item]) -> tuple[list[Item], list[LeftOut]]:
    """The items of a sheet with its standard unit marked, if its words tell which it is.

    The item whose note says so; else the only item with exactly the points that a
    title, a heading or a note of this sheet gives to the standard unit.

    Args:
        sheet: The name of a sheet without a column of its own for the standard unit:
            where there is one it alone decides, or a mark somebody took off would come back.
        above: Its rows up to and with the header.
        items: Its items.

    Returns:
        The items, and a remark on what was marked or why nothing was.
    """
    named = [item for item in items if _note_names(item)]
    if len(named) == 1:
        return _mark(sheet, items, named[0], str(named[0]["note"]))
    titles = (text for row in above for cell in row.cells if (text := text_of(cell)))
    said = points_said((*titles, *(str(item["note"]) for item in items)))
    if said is None:
        return list(items), []
    points, sentence = said
    fitting = [item for item in items if item["points"] == points]
    if len(fitting) == 1:
        return _mark(sheet, items, fitting[0], sentence)
    reason = _("“{sentence}” fits {count} lines; choose the standard unit yourself.").format(
        sentence=sentence, count=number(len(fitting))
    )
    return list(items), [LeftOut(sheet, None, reason, sentence)]


def _note_names(item: Item) -> bool:
    note = canonical(str(item["note"]))
    if not _NAMED.fullmatch(note):
        return False
    said = points_said((note,))
    return said is None or said[0] == item["points"]


def _mark(sheet: str, items: Sequence[Item], unit: Item, sentence: str) -> tuple[list[Item], list[LeftOut]]:
    values = {**unit.values, "standard_unit": True}
    reason = _("Marked as the standard unit, because the file says “{sentence}”.").format(sentence=sentence)
    remark = LeftOut(sheet, unit.source.row, reason, str(unit["task"]))
    return [replace(item, values=values) if item is unit else item for item in items], [remark]
