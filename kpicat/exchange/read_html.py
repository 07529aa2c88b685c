"""Read .html and .mht, saved from a browser or written by software that calls them .xls: tables by the common core."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator, Mapping

from kpicat.errors import InputError
from kpicat.exchange import Pointed, Progress, Read, html_tables, kinds
from kpicat.exchange.archive import check_size, parsing
from kpicat.exchange.documents.parts import Paragraph, Part, Table
from kpicat.exchange.documents.reading import read_parts
from kpicat.exchange.kinds import Kind
from kpicat.exchange.read_csv import decode
from kpicat.exchange.tables.grid import MOST_COLUMNS
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.text.normalise import one_line

_OPENING = 0.4  # of the whole work
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,30})""", re.IGNORECASE)
_LOOKED_AT = 4096  # bytes


def read(content: bytes, name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress) -> Read:
    """Read a page's tables into items; each table is called by its place, "Table 3".

    Args:
        content: The file, hostile until read.
        name: Its name.
        guidance: Whose tier words and frames the file may use.
        pointed: Table's name -> what the user said of it.
        progress: Told now and then how far it is.

    Raises:
        NeedsPointing: No table has a header row that is recognised.
        InputError: The file cannot be taken; one sentence says why and what to do.
    """
    check_size(content, name)
    progress(0.0, _("Opening “{name}”").format(name=name))
    with parsing(name):
        parts = list(_parts(content, name))
    if not any(isinstance(part, Table) for part in parts):
        sentence = _(
            "“{name}” has no table in it; if its sheets lie in a folder beside it, open it and save it as .xlsx."
        )
        raise InputError(sentence.format(name=name))

    def rest(share: float, doing: str) -> None:
        progress(_OPENING + (1 - _OPENING) * share, doing)

    return read_parts(parts, name, guidance, pointed=pointed, progress=rest)


def _parts(content: bytes, name: str) -> Iterator[Part]:
    count = 0
    for page in _pages(content, name):
        beside: list[str] = []
        root = html_tables.root_of(page.replace("\0", "").encode("utf-8", "ignore"), "utf-8")
        try:
            for table in () if root is None else html_tables.tables(root, beside):
                yield from _paragraphs(beside)
                beside.clear()
                count += 1
                yield Table(str(count), table.rows, table.merges)
        except html_tables.TooLarge:
            sentence = _("“{name}”: a table has more than {columns} columns or {cells} cells; split the file.")
            told = {"columns": number(MOST_COLUMNS), "cells": number(html_tables.MOST_CELLS)}
            raise InputError(sentence.format(name=name, **told)) from None
        yield from _paragraphs(beside)


def _paragraphs(beside: list[str]) -> Iterator[Paragraph]:
    for line in "".join(beside).split("\n"):
        if text := one_line(line):
            yield Paragraph(text)


def _pages(content: bytes, name: str) -> Iterator[str]:
    """The pages as text: one, or those that a .mht holds."""
    if kinds.of(content) is not Kind.MHTML:
        yield _text(content, name)
        return
    for part in email.message_from_bytes(content, policy=email.policy.default).walk():
        if part.get_content_type() == "text/html" and isinstance(page := part.get_payload(decode=True), bytes):
            yield _text(page, name, part.get_content_charset())


def _text(page: bytes, name: str, charset: str | None = None) -> str:
    """The page in the encoding it says, where that holds; else as any text is decoded."""
    said = _CHARSET.search(page[:_LOOKED_AT])
    for encoding in (charset, said and said[1].decode("ascii")):
        if encoding and not page.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            try:
                return page.decode(encoding)
            except (LookupError, UnicodeError):
                continue
    return decode(page, name)
