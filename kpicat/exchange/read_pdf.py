"""Read .pdf with a text layer: ruled tables, page by page, in a program of its own; tables by the common core."""

from __future__ import annotations

import json
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kpicat.errors import InputError
from kpicat.exchange import Pointed, Progress, Read
from kpicat.exchange.archive import check_size, damaged, protected
from kpicat.exchange.documents import programs
from kpicat.exchange.documents.parts import Paragraph, Part, Table
from kpicat.exchange.documents.programs import Bounds
from kpicat.exchange.documents.reading import read_parts
from kpicat.exchange.tables.grid import Merge
from kpicat.exchange.tables.layout import IS_COMPUTED
from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.model import LeftOut
from kpicat.text.normalise import one_line

MOST_PAGES = 400
LONGEST = 240
"""Seconds after which the reading is given up; a page takes about a third of one."""
_BOUNDS = Bounds(memory=3 << 30, seconds=LONGEST, written=1 << 20)
_AT_ONCE = threading.BoundedSemaphore(2)
_PROGRAM = Path(__file__).parent / "documents" / "pdf_program.py"
_OPENING = 0.9  # of the whole work
_FEW_LETTERS = 20  # of a page that is a picture, with a stamp or a page number typed over it
_NAMED = 12  # pages named in one remark


def read(content: bytes, name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress) -> Read:
    """Read a PDF's tables into items; each table is called by its place and page.

    Args:
        content: The file, hostile until read.
        name: Its name.
        guidance: Whose tier words and frames the file may use.
        pointed: Table's name -> what the user said of it.
        progress: Told page by page how far it is; what it throws ends the reading.

    Raises:
        NeedsPointing: No table has a header row that is recognised.
        InputError: The file cannot be taken; one sentence says why and what to do.
    """
    check_size(content, name)
    progress(0.0, _("Opening “{name}”").format(name=name))
    pages = list(_pages(content, name, progress))
    parts = [part for page in pages for part in _parts(page)]
    unread = [page["page"] for page in pages if page["pictures"] and page["letters"] <= _FEW_LETTERS]
    tables = 0
    for part in parts:
        if isinstance(part, Table):
            tables += 1
            part.number = str(tables)
    if not tables:
        raise _no_table(name, scanned=bool(unread))

    def rest(share: float, doing: str) -> None:
        progress(_OPENING + (1 - _OPENING) * share, doing)

    found = read_parts(parts, name, guidance, pointed=pointed, progress=rest)
    found.report.remarks[:0] = _remarks(found, unread)
    return found


def _no_table(name: str, *, scanned: bool) -> InputError:
    if scanned:
        sentence = _(
            "“{name}” is a scan: its pages are pictures, which cannot be read; get the Word or Excel file it was "
            "printed from."
        )
    else:
        sentence = _(
            "“{name}” has no ruled table that can be read; get the Word or Excel file it was made from, or copy the "
            "table into one."
        )
    return InputError(sentence.format(name=name))


def _remarks(found: Read, unread: list[int]) -> Iterator[LeftOut]:
    for table in found.report.tables:
        sentence = ngettext(
            "{count} line was read from a PDF, which holds letters and rules but no table: check it by eye.",
            "{count} lines were read from a PDF, which holds letters and rules but no table: check them by eye.",
            table.rows,
        )
        yield LeftOut(table.sheet, table.header_row, sentence.format(count=number(table.rows)))
    if any(IS_COMPUTED in table.headers.values() for table in found.report.tables):
        sentence = _(
            "This looks like the paper that kpicat writes to be signed; as a PDF it does not tell apart the texts that "
            "share a cell (details, duty, quality, frequency, person, grounds): bring back the .docx or the .xlsx."
        )
        yield LeftOut("", None, sentence)
    if unread:
        sentence = ngettext(
            "Page {pages} is a picture and was not read.", "Pages {pages} are pictures and were not read.", len(unread)
        )
        named = ", ".join(map(str, unread[:_NAMED])) + ("…" if len(unread) > _NAMED else "")
        yield LeftOut("", None, sentence.format(pages=named))


def _parts(page: Mapping[str, Any]) -> Iterator[Part]:
    for part in page["parts"]:
        if "rows" in part:
            merges = [Merge(top + 1, left, bottom + 1, right) for top, left, bottom, right in part["merges"]]
            yield Table("", part["rows"], merges, part["edges"], page["page"], part["ends"])
        else:
            yield Paragraph(one_line(part["text"]))


def _pages(content: bytes, name: str, progress: Progress) -> Iterator[Mapping[str, Any]]:
    """What the program says of each page.

    Raises:
        InputError: It is damaged or protected, has too many pages, or takes too long.
    """
    with _AT_ONCE, tempfile.TemporaryDirectory(prefix="kpicat-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(content)
        command = [sys.executable, "-I", str(_PROGRAM), str(path), str(MOST_PAGES)]
        with programs.running(command, _BOUNDS, listen=True) as process:
            late = threading.Timer(LONGEST, programs.end, [process])
            late.daemon = True
            late.start()
            try:
                said = (json.loads(line) for line in process.stdout or () if line.endswith(b"\n"))
                yield from _followed(said, name, progress)
            finally:
                late.cancel()


def _followed(said: Iterator[Mapping[str, Any]], name: str, progress: Progress) -> Iterator[Mapping[str, Any]]:
    first = next(said, {})
    if (pages := first.get("pages")) is None:
        raise protected(name) if first.get("why") == "password" else damaged(name)
    if pages > MOST_PAGES:
        sentence = _("“{name}” has {count} pages, more than the limit of {limit}; split it, or get the Word file.")
        raise InputError(sentence.format(name=name, count=number(pages), limit=number(MOST_PAGES)))
    done = 0
    for page in said:
        if "why" in page:
            raise damaged(name)
        done += 1
        words = _("Reading page {page} of {pages}").format(page=number(done), pages=number(pages))
        progress(_OPENING * done / pages, words)
        yield page
    if done < pages:
        sentence = _(
            "“{name}” takes more time or memory than a catalogue needs (page {page} of {pages}); get the Word or Excel "
            "file it was made from, or split it."
        )
        raise InputError(sentence.format(name=name, page=number(done + 1), pages=number(pages)))
