"""Whether the catalogue as Word or as Excel says what the content says: read back beside one that is written anew."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath

from kpicat.approval import State, thaw
from kpicat.errors import InputError
from kpicat.exchange import Read, read, write
from kpicat.exchange.archive import parsing
from kpicat.labels import field_label
from kpicat.language import _, number, speaking
from kpicat.model import FIELDS, Value, plain

_PAPER = "vi"


def contrary(content: bytes, held: bytes, name: str) -> Iterator[str]:
    """Where a paper is not what the content says: number of lines, each field of a line, totals.

    Both are read by the same reader, so what it takes otherwise than people meant it is no contradiction. Columns that
    are computed, as the converted quantity of one line, are not read back and so not compared.

    Args:
        content: That was thawed before.
        held: The paper; hostile.
    """
    reading, guidance = thaw(content.decode(), status=State.APPROVED)
    with speaking(_PAPER):
        wanted = read(write(reading, guidance, PurePath(name).suffix), name, guidance)
        own = _totals(wanted)
    try:
        with speaking(_PAPER), parsing(name):
            found = read(held, name, guidance)
            totals = _totals(found)
    except InputError:
        yield _("{file} cannot be read as the catalogue that was made.").format(file=name)
        return
    if len(found.items) != len(wanted.items):
        words = _("{file} has {n} lines, the content has {there}.")
        yield words.format(file=name, n=number(len(found.items)), there=number(len(wanted.items)))
        return
    words = _("{file}, row {row}: {field} is “{found}”, but “{wanted}” in the content.")
    for ours, line in zip(wanted.items, found.items, strict=True):
        for field in FIELDS:
            if line[field] != ours[field]:
                said, meant = (_shown(each[field]) for each in (line, ours))
                yield words.format(file=name, row=line.source.row, field=field_label(field), found=said, wanted=meant)
    if totals != own:
        words = _("{file}: the row of totals says “{found}”, but “{wanted}” follows from the content.")
        yield words.format(file=name, found="; ".join(totals), wanted="; ".join(own))


def _totals(found: Read) -> list[str]:
    sheets = {item.source.sheet for item in found.items}
    total = _("A totals row, not a line.")
    return [left.text for left in found.report.left_out if left.sheet in sheets and left.reason == total]


def _shown(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)
