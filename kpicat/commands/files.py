"""``convert``, ``read`` and ``check``: files in, answers on standard output."""

from __future__ import annotations

import csv
import json
import sys
from argparse import Namespace
from collections import Counter
from typing import TYPE_CHECKING

from kpicat.commands.progress import bar
from kpicat.language import _, ngettext, number

if TYPE_CHECKING:
    from kpicat.model import LeftOut
    from kpicat.services.files import Conversion

SHOWN = 10  # remarks listed before the rest is only counted


def convert(asked: Namespace) -> int:
    """Convert a file, write the result and print a summary."""
    from kpicat.model import Form
    from kpicat.services import files

    stem = asked.source.name if asked.source.is_dir() else asked.source.stem
    target = asked.out or asked.source.with_name(f"{stem}-quy-doi.xlsx")
    with bar() as progress:
        done = files.convert(asked.source, target, asked.guidance, form=Form(asked.form), progress=progress)
    for line in _summary(done):
        print(line)
    return 0


def read(asked: Namespace) -> int:
    """Print what was read as one JSON object."""
    from kpicat.commands import records
    from kpicat.services import files

    with bar() as progress:
        if files.is_many(asked.source):
            answer = records.of_many(files.read_many(asked.source, asked.guidance, progress=progress))
        else:
            answer = records.of_read(files.read(asked.source, asked.guidance, progress=progress))
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    return 0


def check(asked: Namespace) -> int:
    """Print every finding; the exit status says whether one stands in the way of approval."""
    from kpicat.commands import records
    from kpicat.model import Level
    from kpicat.services import files

    with bar() as progress:
        found, findings = files.check(asked.source, asked.guidance, progress=progress)
    items, many = {item.id: item for item in found.items}, files.is_many(asked.source)
    answers = (records.of_finding(finding, items, file=many) for finding in findings)
    match asked.format:
        case "json":
            for answer in answers:
                print(json.dumps(answer, ensure_ascii=False))
        case "csv":
            columns = records.FINDING_COLUMNS if many else tuple(n for n in records.FINDING_COLUMNS if n != "file")
            rows = csv.DictWriter(sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
            rows.writeheader()
            rows.writerows(records.as_row(answer) for answer in answers)
        case _text:
            for line in records.as_lines(findings, items, file=many):
                print(line)
    for entry in found.report.left_out if many else ():
        if entry.row is None:  # one file of many that cannot be taken stops nothing, and is not passed over
            print(
                _("Left out: {where} – {why}").format(where=entry.sheet or entry.text, why=entry.reason),
                file=sys.stderr,
            )
    return int(any(finding.level is Level.ERROR for finding in findings))


def _summary(done: Conversion) -> list[str]:
    figures, report = done.figures, done.report
    tables, items = len(report.tables), figures.items
    of = ngettext("{n} table", "{n} tables", tables).format(n=number(tables))
    lines = [ngettext("{n} item from {tables}.", "{n} items from {tables}.", items).format(n=number(items), tables=of)]
    if not tables:  # .json holds items
        lines = [ngettext("{n} item.", "{n} items.", items).format(n=number(items))]
    lines += [f"  {number(count):>7}  {label}" for label, count in done.tiers]
    lines.append(
        _("Standard unit: {items}").format(items=" · ".join(done.standard_units))
        if done.standard_units
        else _("No item is marked as the standard unit; choose one before the catalogue is approved.")
    )
    lines.append(_("Mean coefficient: {value}").format(value=number(figures.mean_coefficient) or "–"))
    lines += _left_out(report.left_out)
    lines += [_("Look at {where}: {what}").format(where=_where(r), what=r.reason) for r in report.remarks[:SHOWN]]
    if more := len(report.remarks[SHOWN:]):
        lines.append(ngettext("… and {n} more remark.", "… and {n} more remarks.", more).format(n=number(more)))
    lines.append(_("Written: {name}").format(name=done.written))
    return lines


def _left_out(entries: list[LeftOut]) -> list[str]:
    """Each sheet left out with its reason, then rows by their reason."""
    sheets = [_("Left out: {where} – {why}").format(where=_where(e), why=e.reason) for e in entries if e.row is None]
    rows = Counter((e.sheet, e.reason) for e in entries if e.row is not None)
    return sheets + [
        ngettext("Left out: {n} row of {sheet} – {why}", "Left out: {n} rows of {sheet} – {why}", count).format(
            n=number(count), sheet=sheet, why=reason
        )
        for (sheet, reason), count in rows.items()
    ]


def _where(entry: LeftOut) -> str:
    if entry.row is None:
        return f"“{entry.sheet}”"
    return _("“{sheet}”, row {row}").format(sheet=entry.sheet, row=entry.row)
