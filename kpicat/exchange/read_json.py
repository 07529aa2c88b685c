"""Read the .json that kpicat wrote: its items as they were, with their places of origin and marks by criteria."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from kpicat import criteria
from kpicat.errors import InputError
from kpicat.exchange import Pointed, Progress, Read
from kpicat.exchange.archive import check_size, too_many_rows
from kpicat.exchange.tables.grid import MOST_ROWS, exact
from kpicat.exchange.tables.values import read_line
from kpicat.exchange.write_text import VERSION
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import CRITERIA, FIELDS, Item, Kind, LeftOut, ReadReport, Source, Value


def read(content: bytes, name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress) -> Read:
    """Read such a file into items; ``docs/schema.json`` describes it.

    Args:
        content: The file, hostile until read.
        name: Its name.
        guidance: Whose tiers the file may use.
        pointed: Not asked: it has no headings.
        progress: Told now and then how far it is.

    Raises:
        InputError: It is none that kpicat wrote; one sentence says what to do.
    """
    check_size(content, name)
    progress(0.0, _("Opening “{name}”").format(name=name))
    found = Read([], ReadReport(name))
    for row, entry in enumerate(_entries(content, name), start=1):
        item = Item(str(row), _values(entry, row, found.report, guidance), Source(name, "", row))
        found.items.append(item)
        origin = _origin(entry.get("source"))
        if origin.file:
            found.origins[item.id] = origin
    progress(1.0, _("Lines read: {count}").format(count=number(len(found.items))))
    return found


def _entries(content: bytes, name: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        whole = None
    entries = whole.get("items") if isinstance(whole, dict) and whole.get("version") == VERSION else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        sentence = _(
            "“{name}” is damaged or is no .json that this kpicat wrote; export the catalogue anew, as .xlsx if need be."
        )
        raise InputError(sentence.format(name=name))
    if not entries:
        raise InputError(_("“{name}” has nothing in it; choose the file that holds the catalogue.").format(name=name))
    if len(entries) > MOST_ROWS:
        raise too_many_rows(name)
    return entries


def _values(entry: Mapping[str, Any], row: int, report: ReadReport, guidance: Guidance) -> dict[str, Value]:
    """An item's fields: texts as they stand, numbers and tiers as in any other file."""
    cells = {name: entry[name] for name in FIELDS if isinstance(entry.get(name), (str, int, float))}
    texts: dict[str, Value] = {n: str(cell) for n, cell in cells.items() if FIELDS[n].kind is Kind.TEXT and cell != ""}
    rest = {n: cell for n, cell in cells.items() if FIELDS[n].kind is not Kind.TEXT}

    def remark(sentence: str, text: str) -> None:
        report.remarks.append(LeftOut("", row, sentence, text))

    draft = read_line(rest, guidance, remark)
    draft.values = texts | draft.values
    values = draft.finished()
    marks = entry.get(CRITERIA.name)
    told = marks.items() if isinstance(marks, dict) else ()
    if sound := {key: exact(mark) for key, mark in told if isinstance(mark, (int, float)) and isfinite(mark)}:
        values[CRITERIA.name] = criteria.encode(sound)
    return values


def _origin(source: object) -> Source:
    told = source if isinstance(source, dict) else {}
    file, sheet, row = (told.get(name) for name in ("file", "sheet", "row"))
    return Source(str(file or ""), str(sheet or ""), row if isinstance(row, int) else None)
