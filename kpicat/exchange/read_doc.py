"""Read .doc, .rtf and .odt: LibreOffice makes a .docx of them, where it is installed."""

from __future__ import annotations

from collections.abc import Mapping

from kpicat.errors import InputError
from kpicat.exchange import Pointed, Progress, Read, kinds, read_docx
from kpicat.exchange.archive import Archive, check_size, damaged, protected
from kpicat.exchange.documents import libreoffice
from kpicat.exchange.kinds import Kind
from kpicat.guidance import Guidance
from kpicat.language import _, number

_CONVERTING = 0.6  # of the whole work
_WORD = b"\xec\xa5"  # how the main stream of a .doc begins
_ENCRYPTED = 0x0100
_SECTOR = 512  # bytes


def read(content: bytes, name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress) -> Read:
    """Read the tables of an older document into items.

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
    kind = kinds.of(content)
    if _is_protected(content, kind, name):
        raise protected(name)
    doing = _("Converting “{name}” with LibreOffice").format(name=name)
    progress(0.0, doing)
    try:
        document = libreoffice.converted(content, kind.suffix, lambda: progress(_CONVERTING / 2, doing))
    except FileNotFoundError:
        sentence = _("“{name}” is a {kind} file; open it in Word, save it as .docx and bring that in.")
        raise InputError(sentence.format(name=name, kind=kind.suffix)) from None
    except libreoffice.TooLong:
        sentence = _(
            "“{name}” took LibreOffice more than {seconds} seconds and was given up; open it in Word, save it as "
            ".docx and bring that in."
        )
        raise InputError(sentence.format(name=name, seconds=number(libreoffice.LONGEST))) from None
    if document is None:
        raise damaged(name)

    def rest(share: float, doing: str) -> None:
        progress(_CONVERTING + (1 - _CONVERTING) * share, doing)

    return read_docx.read(document, name, guidance, pointed=pointed, progress=rest)


def _is_protected(content: bytes, kind: Kind, name: str) -> bool:
    if kind is Kind.ODT:
        archive, manifest = Archive(content, name), "META-INF/manifest.xml"
        return manifest in archive and b"encryption-data" in archive.read(manifest)
    main = content[_SECTOR : _SECTOR + 12]  # the main stream is the first, as Word writes it
    return kind is Kind.DOC and main.startswith(_WORD) and bool(int.from_bytes(main[10:12], "little") & _ENCRYPTED)
