""".xlsx and .xlsm: values by the fast reader; blanks, errors and hidden rows from the XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from kpicat.exchange.archive import Archive, damaged, too_many_rows
from kpicat.exchange.spreadsheets import fast
from kpicat.exchange.spreadsheets.opened import Opened, Told
from kpicat.exchange.tables.grid import MOST_ROWS
from kpicat.exchange.workbook_xml import SheetScan, elements_of, sheet_parts

_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")


def opened(content: bytes, name: str, told: Told) -> Opened:
    """The workbook's sheets.

    Raises:
        InputError: It cannot be taken.
    """
    archive = Archive(content, name)
    parts = sheet_parts(archive, name)
    scans: dict[str, SheetScan] = {}
    for done, (title, part) in enumerate(parts.items()):
        if part in archive:
            scans[title] = SheetScan(name).run(archive, part)
        told((done + 1) / len(parts) / 2)
    if sum(scan.rows for scan in scans.values()) > MOST_ROWS:
        raise too_many_rows(name)
    for part in archive.parts:
        if part.endswith((".xml", ".rels")) and part not in parts.values():
            for _chunk in archive.chunks(part):
                pass  # counted
    sheets = []
    for table in fast.tables(content, name):
        scan = scans.get(table.name)
        if scan is None and table.rows:
            raise damaged(table.name)
        scan = scan or SheetScan(name)
        sheets.append(fast.sheet(table, scan.blemishes, scan.hidden_rows, hidden_columns=scan.hidden_columns))
    comments = [part for part in archive.parts if _COMMENTS.fullmatch(part)]
    count = sum(len(elements_of(archive, part, "comment", name)) for part in comments)
    return around(archive, name, parts, sheets_opened=Opened(sheets, comments=count))


def around(archive: Archive, name: str, parts: Mapping[str, str], *, sheets_opened: Opened) -> Opened:
    """The same with what the archive says beside the sheets: macros, links to other files, pictures."""
    return Opened(
        sheets_opened.sheets,
        pictured=frozenset(title for title, part in parts.items() if _pictured(archive, part, name)),
        macros=any(part.endswith("vbaproject.bin") for part in archive.parts),
        comments=sheets_opened.comments,
        linked=any("/externallinks/externallink" in f"/{part}" for part in archive.parts),
    )


def _pictured(archive: Archive, part: str, name: str) -> bool:
    drawings = _targets(archive, part, "/drawing", name)
    return any(_targets(archive, drawing, "/image", name) for drawing in drawings)


def _targets(archive: Archive, part: str, kind: str, name: str) -> list[str]:
    """Parts of a kind that a part refers to."""
    folder, base = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if not part or relations not in archive:
        return []
    return [
        posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
        for attributes in elements_of(archive, relations, "Relationship", name)
        if attributes.get("Type", "").endswith(kind)
    ]
