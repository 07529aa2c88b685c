"""A catalogue as .csv for spreadsheets and .json for programs.

Both carry the identifiers of the model as names (a .csv for people the words of the reader's language instead),
a decimal point, and the tier, points and coefficient of the converted catalogue.
"""

from __future__ import annotations

import csv as csv_format
import io
import json as json_format
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC
from decimal import Decimal

from kpicat import criteria
from kpicat.convert import converted
from kpicat.exchange import Ruled
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.neutral import neutralise
from kpicat.exchange.outgoing import shown
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.model import CRITERIA, SOURCE_COLUMNS, Catalogue, Reading, Value, plain

VERSION = 1
"""Of what the .json holds: raised when something in it changes its meaning or goes."""


def csv(reading: Reading, guidance: Guidance, *, worded: bool = False) -> bytes:
    """One line per item under a header of identifiers, or ``worded`` as over the columns of a workbook.

    UTF-8 with a byte order mark, so that Excel shows Vietnamese; text that a
    spreadsheet would run as a formula is neutralised (:mod:`kpicat.exchange.neutral`).
    """
    columns = shown(reading.items, converted(reading.items, guidance))
    out = io.StringIO(newline="")
    lines = csv_format.writer(out, lineterminator="\r\n")
    lines.writerow(map(field_label, columns) if worded else columns)
    lines.writerows([_cell(value) for value in line] for line in zip(*columns.values(), strict=True))
    return out.getvalue().encode("utf-8-sig")


def json(reading: Reading, guidance: Guidance, decision: Decision, ruled: Sequence[Ruled] = ()) -> bytes:
    """``{"version": 1, "catalogue": {…}, "decision": {…}, "guidance": {…}, "items": […], "rulings": […]}`` in UTF-8.

    ``docs/schema.json`` describes it for whoever reads it; what it promises is kept under one version.

    Numbers are JSON numbers, whole ones without a point and others to 15 digits; an empty number is
    null, an empty text "". ``source`` is ``{file, sheet, row}``; ``comments`` are those on the item, in
    order of time, as :meth:`kpicat.model.Comment.encode` has them with their ``id``.
    """
    columns = shown(reading.items, converted(reading.items, guidance))
    sources = reading.items[list(SOURCE_COLUMNS)].astype("object").itertuples(index=False, name=None)
    said: defaultdict[str, list[object]] = defaultdict(list)
    for comment in reading.comments:
        said[comment.item_id].append({"id": comment.id} | json_format.loads(comment.encode()))
    marked = reading.items[CRITERIA.name].tolist()
    lines = zip(reading.items.index, zip(*columns.values(), strict=True), sources, marked, strict=True)
    whole = {
        "version": VERSION,
        "catalogue": _catalogue(reading.catalogue),
        "decision": asdict(decision) | {"day": decision.day and decision.day.isoformat()},
        "guidance": _guidance(guidance),
        "items": [
            dict(zip(columns, map(_number, values), strict=True))
            | {"source": {"file": file, "sheet": sheet, "row": row if isinstance(row, int) else None}}
            | {"comments": said[item_id]}
            | {"criteria": {key: _number(mark) for key, mark in criteria.decode(marks).items()}}
            for item_id, values, (file, sheet, row), marks in lines
        ],
        "rulings": _rulings(reading, ruled),
    }
    return json_format.dumps(whole, ensure_ascii=False, indent=1).encode()


def _rulings(reading: Reading, ruled: Sequence[Ruled]) -> list[dict[str, object]]:
    """Each decision about findings once; lines by their number among the items, 1 the first."""
    numbers = {item_id: n for n, item_id in enumerate(reading.items.index, start=1)}
    return [
        {
            "line": numbers.get(each.item_id),
            "other_line": numbers.get(each.other),
            "check": each.check,
            "verdict": each.verdict.value,
            "reason": each.reason,
            "by": each.by,
            "at": each.at.astimezone(UTC).isoformat(),
        }
        for each in dict.fromkeys(decision for _finding, decision in ruled)
    ]


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return neutralise(value)
    if value is None or value is False:
        return ""
    return "x" if value is True else _written(Decimal(value))


def _written(value: Decimal) -> str:
    """1.125 as 1.1250: a point before exactly three digits is read as a thousands mark in Vietnamese files."""
    text = plain(value)
    return f"{text}0" if text[-4:-3] == "." else text


def _number(value: Value) -> Value | float:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _catalogue(catalogue: Catalogue) -> dict[str, str | int]:
    names = ("id", "name", "body", "period", "form", "status", "head")
    return {name: getattr(catalogue, name) for name in names}


def _guidance(guidance: Guidance) -> dict[str, object]:
    return {
        "id": guidance.id,
        "title": guidance.title,
        "document": guidance.document,
        "standard_points": _number(guidance.standard_points),
        "decimals": guidance.decimals,
        "tiers": [
            {
                "level": tier.level,
                "key": tier.key,
                "label": tier.label,
                "lowest": _number(tier.lowest),
                "highest": _number(tier.highest),
                "source": tier.source.place,
            }
            for tier in guidance.tiers
        ],
    }
