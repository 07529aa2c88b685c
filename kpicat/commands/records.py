"""The shapes that scripts rely on: items, what became of a file's rows, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kpicat.checks import other_scale
from kpicat.exchange import Read
from kpicat.exchange.neutral import neutralise
from kpicat.exchange.read_many import Many
from kpicat.exchange.tables.grid import column_letters
from kpicat.language import _, number
from kpicat.model import FIELDS, Finding, Item, LeftOut, Level, ReadReport, TableFound, Value
from kpicat.services import appraising

Record = dict[str, Any]

FINDING_COLUMNS = ("check", "level", "code", "file", "sheet", "row", "field", "message", "source", "suggestion")

_FEW = 10  # items of which each is told what it lacks, though all lack it

N_ = str  # marks words for the translators
_LEVELS = {Level.ERROR: N_("error"), Level.WARNING: N_("warning"), Level.INFO: N_("note")}


def of_read(found: Read) -> Record:
    """The answer of ``read``: items, and what became of every row."""
    return {"items": [_of_item(item) for item in found.items], "report": _of_report(found.report)}


def of_many(many: Many) -> Record:
    """The answer of ``read`` for many files: their items one after the other, a report a file, and those refused."""
    items = [item for found in many.reads for item in found.items]
    return {
        "items": [_of_item(item, file=True) for item in items],
        "reports": [_of_report(found.report) for found in many.reads],
        "refused": [{"file": file.name, "reason": str(file.refused)} for file in many.files if file.refused],
        "left_out": [{"file": entry.text, "reason": entry.reason} for entry in many.left_out],
    }


def _of_report(report: ReadReport) -> Record:
    return {
        "file": report.file,
        "tables": [_of_table(table) for table in report.tables],
        "left_out": [_of_left_out(entry) for entry in report.left_out],
        "remarks": [_of_left_out(entry) for entry in report.remarks],
    }


def of_finding(finding: Finding, items: Mapping[str, Item], *, file: bool = False) -> Record:
    """One finding; ``item`` is null where it is about the catalogue as a whole, and names its file where told."""
    item = items[finding.item_id] if finding.item_id is not None else None
    own = {"file": item.source.file} if item and file else {}
    return {
        "check": finding.check,
        "level": finding.level.value,
        "item": item and {**own, "code": item["code"], "row": item.source.row, "sheet": item.source.sheet},
        "field": finding.field,
        "message": finding.message,
        "source": finding.source,
        "suggestion": finding.suggestion,
    }


def as_row(answer: Record) -> dict[str, str]:
    """A finding as a line of .csv that no spreadsheet runs as a formula."""
    flat = {**answer, **(answer["item"] or {})}
    return {name: neutralise(str(flat.get(name) or "")) for name in FINDING_COLUMNS}


def as_lines(findings: Sequence[Finding], items: Mapping[str, Item], *, file: bool = False) -> Iterator[str]:
    """Findings as a person reads them: a line each, but said once what is found of every one of many items.

    What only follows from the catalogue being read on a scale that is not its own is counted instead.

    Args:
        findings: Of a catalogue, those about it as a whole last.
        items: Its items by their ids.
        file: Whether a finding names the file of its item.
    """
    own, whole = ([f for f in findings if (f.item_id is None) is of_all] for of_all in (False, True))
    times = Counter(check for check, _item in {(finding.check, finding.item_id) for finding in own})
    aside = other_scale.EXPLAINS if any(f.check == other_scale.ID for f in whole) else ()
    follows = {f.check: f for f in own if f.check in aside}
    everywhere = {f.check: f for f in own if times[f.check] == len(items) > _FEW and f.check not in aside}
    for finding in own:
        if finding.check not in everywhere and finding.check not in aside:
            yield _as_line(of_finding(finding, items, file=file))
    for check, finding in everywhere.items():
        where = _("each of the {n} lines").format(n=number(len(items)))
        yield _told(where, {**of_finding(finding, items), "message": _("{what}.").format(what=appraising.asked(check))})
    for finding in whole:
        yield _as_line(of_finding(finding, items))
    for check, finding in follows.items():
        where = _("{n} of {all} lines").format(n=number(times[check]), all=number(len(items)))
        said = _("{what}, if that is still asked when the scale is the right one.").format(what=appraising.asked(check))
        yield _told(where, {**of_finding(finding, items), "message": said})


def _as_line(answer: Record) -> str:
    item = answer["item"]
    where = _("catalogue")
    if item:
        where = (
            _("{sheet}, row {row}").format(sheet=item["sheet"], row=item["row"]) if item["sheet"] else str(item["row"])
        )
        where = f"{item['file']} › {where}" if item.get("file") else where
        where = f"{where} ({item['code']})" if item["code"] else where
    return _told(where, answer)


def _told(where: str, answer: Record) -> str:
    level = level_word(Level(answer["level"]))
    return f"{where}: {level}: {answer['message']} [{answer['check']}; {answer['source']}]"


def level_word(level: Level) -> str:
    """How much a finding weighs, in one word."""
    return _(_LEVELS[level])


def _of_item(item: Item, *, file: bool = False) -> Record:
    values = {name: _as_json(item[name]) for name in FIELDS}
    own = {"file": item.source.file} if file else {}
    return {**values, "source": {**own, "sheet": item.source.sheet, "row": item.source.row}}


def _as_json(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return None if value == "" else value


def _of_table(table: TableFound) -> Record:
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "rows": table.rows,
        "mapping": {column_letters(column): name or None for column, name in table.columns.items()},
        "headers": {column_letters(column): words for column, words in table.headers.items()},
    }


def _of_left_out(entry: LeftOut) -> Record:
    return {"sheet": entry.sheet, "row": entry.row, "reason": entry.reason, "text": entry.text}
