"""Read .xlsx and .xlsm: values by calamine, blanks and errors from the XML, tables by the common core."""

from __future__ import annotations

import io
from collections.abc import Mapping

import python_calamine as calamine

from kpicat.exchange import Pointed, Progress, Read
from kpicat.exchange.archive import Archive, damaged, parsing, too_many_rows
from kpicat.exchange.tables.grid import MOST_ROWS, Cell, Merge, Row, Sheet, is_blank
from kpicat.exchange.tables.items import read_sheets
from kpicat.exchange.workbook_xml import SheetScan, check_counts, sheet_parts
from kpicat.guidance import Guidance
from kpicat.language import _

_OPENING = 0.4  # of the whole work


def read(content: bytes, name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress) -> Read:
    """Read a workbook's tables into items.

    Args:
        content: The file, hostile until read.
        name: Its name.
        guidance: Whose tier words and frames the file may use.
        pointed: Sheet name -> what the user said of it.
        progress: Told now and then how far it is.

    Raises:
        NeedsPointing: No sheet has a header row that is recognised.
        InputError: The file cannot be taken; one sentence says why and what to do.
    """
    progress(0.0, _("Opening “{name}”").format(name=name))
    with parsing(name):
        sheets = _sheets(content, name, progress)

    def rest(share: float, doing: str) -> None:
        progress(_OPENING + (1 - _OPENING) * share, doing)

    return read_sheets(sheets, name, guidance, pointed=pointed, progress=rest)


def _sheets(content: bytes, name: str, progress: Progress) -> list[Sheet]:
    archive = Archive(content, name)
    parts = sheet_parts(archive, name)
    scans: dict[str, SheetScan] = {}
    for done, (title, part) in enumerate(parts.items()):
        if part in archive:
            scans[title] = SheetScan(name).run(archive, part)
        progress(_OPENING / 2 * (done + 1) / len(parts), _("Opening “{name}”").format(name=name))
    if sum(scan.rows for scan in scans.values()) > MOST_ROWS:
        raise too_many_rows(name)
    for part in archive.parts:
        if any(read in part.lower() for read in ("sharedstrings", "styles")):  # whole, by calamine
            check_counts(archive, part, name)
        elif part.endswith((".xml", ".rels")) and part not in parts.values():
            for _chunk in archive.chunks(part):
                pass  # counted
    with calamine.load_workbook(io.BytesIO(content)) as workbook:
        return [
            _sheet(workbook.get_sheet_by_name(about.name), scans.get(about.name), about)
            for about in workbook.sheets_metadata
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]


def _sheet(values: calamine.CalamineSheet, scan: SheetScan | None, about: calamine.SheetMetadata) -> Sheet:
    if scan is None and values.start is not None:
        raise damaged(about.name)
    top, left = values.start or (0, 0)
    before: list[Cell] = [None] * left
    rows = [
        Row(number, [*before, *cells] if before else cells)
        for number, cells in enumerate(values.to_python(skip_empty_area=True), start=top + 1)
        if not all(map(is_blank, cells))
    ]
    merges = [Merge(a + 1, b, c + 1, d) for (a, b), (c, d) in values.merged_cell_ranges or ()]
    return Sheet(
        name=about.name,
        rows=rows,
        merges=merges,
        blemishes=scan.blemishes if scan else (),
        hidden=about.visible != calamine.SheetVisibleEnum.Visible,
        hidden_rows=scan.hidden_rows if scan else (),
    )
