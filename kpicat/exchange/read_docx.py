"""Read .docx and .docm: every table of the text, straight from the XML; tables by the common core."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpicat.errors import InputError
from kpicat.exchange import Pointed, Progress, Read
from kpicat.exchange.archive import Archive, parsing
from kpicat.exchange.documents.parts import Part, Table
from kpicat.exchange.documents.reading import read_parts
from kpicat.exchange.documents.word_numbering import numbering
from kpicat.exchange.documents.word_tables import Body
from kpicat.exchange.documents.word_text import Words, fields_of, labels_of
from kpicat.exchange.documents.word_xml import root_of, said
from kpicat.exchange.tables import headers, unseen
from kpicat.exchange.tables.layout import IS_COMPUTED
from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.model import LeftOut, ReadReport
from kpicat.text.normalise import one_line

_DOCUMENT = "word/document.xml"
_OPENING = 0.7  # of the whole work
_EVERY = 50  # parts between two words about progress
_LONGEST_NOTE = 500  # characters of a footnote


def read(content: bytes, name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress) -> Read:
    """Read a Word file's tables into items; each table is called by its place, "Table 3".

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
    opening = _("Opening “{name}”").format(name=name)
    progress(0.0, opening)
    archive = Archive(content, name)
    if _DOCUMENT not in archive:
        raise InputError(_("“{name}” is not a Word file; choose a .docx file, or a workbook.").format(name=name))
    with parsing(name):
        words = _words(archive, name)
    body = Body(words, name, lambda table: headers.find(table.as_sheet(), guidance) is not None)
    parts: list[Part] = []
    for part in _parts(body, archive, name):
        parts.append(part)
        if len(parts) % _EVERY == 0:
            progress(_OPENING * (1 - _EVERY / (_EVERY + len(parts))), opening)
    if not any(isinstance(part, Table) for part in parts):
        raise _no_table(body, name)

    def rest(share: float, doing: str) -> None:
        progress(_OPENING + (1 - _OPENING) * share, doing)

    found = read_parts(parts, name, guidance, pointed=pointed, progress=rest)
    found.report.remarks.extend(LeftOut("", None, sentence, "") for sentence in _remarks(body, archive))
    found.report.remarks.extend(unseen.comments(_comments(archive, name)))
    if _is_signed_paper(words, found.report):
        sentence = _(
            "This is the paper that kpicat writes to be signed: its lines were read field by field; marks by "
            "criteria and decisions about findings are not on it, so bring those back from the .json."
        )
        found.report.remarks.insert(0, LeftOut("", None, sentence))
    return found


def _is_signed_paper(words: Words, report: ReadReport) -> bool:
    """It has the styles of kpicat's forms, and the column that no form to be filled in has."""
    return bool(words.fields) and any(IS_COMPUTED in table.headers.values() for table in report.tables)


def _parts(body: Body, archive: Archive, name: str) -> Iterator[Part]:
    with parsing(name):  # around the parser alone: what a listener to progress throws is no damage
        yield from body.parts(archive, _DOCUMENT)


def _words(archive: Archive, name: str) -> Words:
    styles = root_of(archive, "word/styles.xml", name)
    lists = numbering(root_of(archive, "word/numbering.xml", name), styles)
    notes = {}
    for kind in ("footnote", "endnote"):
        root = root_of(archive, f"word/{kind}s.xml", name)
        for note in () if root is None else root.iterchildren("{*}" + kind):
            text = one_line(" ".join(t.text or "" for t in note.iterdescendants("{*}t")))
            notes[kind[0] + (said(note, "id") or "")] = text[:_LONGEST_NOTE]
    return Words(lists, notes, fields=fields_of(styles), labels=labels_of(styles))


def _no_table(body: Body, name: str) -> InputError:
    if body.words.pictures:
        sentence = _(
            "“{name}” has pictures and no table, and pictures cannot be read; get the Word or Excel file they were "
            "made from."
        )
    elif body.embedded:
        sentence = _(
            "“{name}” only holds other files put together, which kpicat does not open; open it in Word, save it again "
            "and bring in what was saved."
        )
    else:
        sentence = _("“{name}” has no table in it; put the catalogue into a table with a row of column headings.")
    return InputError(sentence.format(name=name))


def _comments(archive: Archive, name: str) -> int:
    root = root_of(archive, "word/comments.xml", name)
    return 0 if root is None else sum(1 for _comment in root.iterchildren("{*}comment"))


def _remarks(body: Body, archive: Archive) -> Iterator[str]:
    """What a reader of the document may not expect."""
    if changes := body.words.changes:
        yield ngettext(
            "{count} tracked change: inserted words were read, deleted ones were not; accept or reject it in Word.",
            "{count} tracked changes: inserted words were read, deleted ones were not; accept or reject them in Word.",
            changes,
        ).format(count=number(changes))
    if hidden := body.words.hidden:
        yield ngettext(
            "{count} piece of hidden text was not read; show it in Word if it belongs to the catalogue.",
            "{count} pieces of hidden text were not read; show them in Word if they belong to the catalogue.",
            hidden,
        ).format(count=number(hidden))
    if embedded := body.embedded:
        yield ngettext(
            "{count} embedded piece of another file was not read; save the file again in Word to take it.",
            "{count} embedded pieces of other files were not read; save the file again in Word to take them.",
            embedded,
        ).format(count=number(embedded))
    if any(part.endswith("vbaproject.bin") for part in archive.parts):
        yield _("The macros in the file were ignored.")
