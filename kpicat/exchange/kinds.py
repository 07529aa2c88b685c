"""What a file is, told by its bytes: units rename files, and software names them wrongly."""

from __future__ import annotations

import enum
import io
import re
import struct
import zipfile
from collections.abc import Collection
from pathlib import PurePath

from kpicat.errors import InputError
from kpicat.exchange.archive import NO_ZIP, protected
from kpicat.language import _
from kpicat.model import LeftOut


class Kind(enum.Enum):
    """Kinds of files people send; each holds the endings it goes by, the usual one first."""

    XLSX = (".xlsx", ".xlsm", ".xltx", ".xltm")
    XLSB = (".xlsb",)
    XLS = (".xls", ".xlt", ".et")
    ODS = (".ods", ".ots")
    FLAT_ODS = (".fods",)
    XML_2003 = (".xml",)  # "XML Spreadsheet 2003", what much office software calls .xls
    TEXT = (".csv", ".tsv", ".txt")
    JSON = (".json",)
    HTML = (".html", ".htm", ".xhtml")
    MHTML = (".mht", ".mhtml")
    DOCX = (".docx", ".docm", ".dotx", ".dotm")
    DOC = (".doc", ".dot", ".wps")
    ODT = (".odt", ".ott")
    RTF = (".rtf",)
    PDF = (".pdf",)
    SLIDES = (".pptx", ".ppt", ".odp")
    PICTURE = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
    ZIP = (".zip",)
    OTHER_ARCHIVE = (".rar", ".7z", ".gz")
    PROTECTED = ("", "password")  # nobody can tell what is under it
    OTHER = ("", "other")

    @property
    def suffix(self) -> str:
        """The ending such a file usually has."""
        return str(self.value[0])


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: dict[bytes, Kind] = {
    b"{\\rtf": Kind.RTF,
    b"\x89PNG": Kind.PICTURE,
    b"\xff\xd8\xff": Kind.PICTURE,
    b"GIF8": Kind.PICTURE,
    b"BM": Kind.PICTURE,
    b"II*\0": Kind.PICTURE,
    b"MM\0*": Kind.PICTURE,
    b"RIFF": Kind.PICTURE,
    b"Rar!\x1a\x07": Kind.OTHER_ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": Kind.OTHER_ARCHIVE,
    b"\x1f\x8b\x08": Kind.OTHER_ARCHIVE,
}
_STREAMS = {
    "EncryptedPackage": Kind.PROTECTED,
    "Workbook": Kind.XLS,
    "Book": Kind.XLS,
    "WordDocument": Kind.DOC,
    "PowerPoint Document": Kind.SLIDES,
}
_PARTS = {
    "xl/workbook.bin": Kind.XLSB,
    "xl/": Kind.XLSX,
    "word/": Kind.DOCX,
    "ppt/": Kind.SLIDES,
    "[content_types].xml": Kind.XLSX,  # a workbook may keep its parts elsewhere
}
_OPEN_DOCUMENT = {
    b"opendocument.spreadsheet": Kind.ODS,
    b"opendocument.text": Kind.ODT,
    b"opendocument.presentation": Kind.SLIDES,
}
_JSON = re.compile(r'\s*\{\s*"')
_HTML = re.compile(r"<(?:!doctype html|html|head|body|meta|table|style|div|title)\b")
_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_NEVER_TYPED = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
_MOST_PARTS = 20_000
_LOOKED_AT = 4096  # bytes
_SECTOR, _FREE = 512, 0xFFFFFFFF


def of(content: bytes) -> Kind:
    """What the file is; :attr:`Kind.TEXT` for whatever has no mark of its own."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    if content.startswith(_OLE):
        broken_off = not holds_stream(content, "Root Entry") or _is_cut_short(content)
        unknown = Kind.XLS if broken_off else Kind.OTHER
        return next((kind for stream, kind in _STREAMS.items() if holds_stream(content, stream)), unknown)
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    for start, kind in _STARTS.items():
        if content.startswith(start) and (len(start) > 2 or b"\0" in content[:32]):
            return kind
    start = content[:_LOOKED_AT]
    return Kind.OTHER if b"\0" not in start and _NEVER_TYPED.search(start) else _written(start)


def holds_stream(content: bytes, name: str) -> bool:
    """Whether the directory of a compound file (.xls, .doc) names a stream or folder so."""
    words = name.encode("utf-16-le")
    return words.ljust(64, b"\0") + struct.pack("<H", len(words) + 2) in content


def _is_cut_short(content: bytes) -> bool:
    """Whether a compound file ends before the last sector that its first table of sectors says is in use."""
    if len(content) < 2 * _SECTOR or content[30:32] != b"\x09\x00":
        return len(content) < 2 * _SECTOR
    (first,) = struct.unpack_from("<I", content, 76)
    table = content[(first + 1) * _SECTOR : (first + 2) * _SECTOR]
    if len(table) < _SECTOR:
        return True
    used = [n for n, after in enumerate(struct.unpack(f"<{_SECTOR // 4}I", table)) if after != _FREE]
    return bool(used) and (used[-1] + 1) * _SECTOR >= len(content)


def wrongly_named(kind: Kind, name: str, endings: Collection[str] = ()) -> LeftOut | None:
    """A remark where the ending of ``name`` promises something else; ``endings`` are right too."""
    suffix = PurePath(name).suffix.lower()
    if not kind.suffix or suffix in kind.value or suffix in endings:
        return None
    sentence = _(
        "“{name}” is not what its ending says: it was read as the {kind} file it is; check that it is the one."
    )
    return LeftOut("", None, sentence.format(name=name, kind=kind.suffix))


def refusal(kind: Kind, name: str) -> InputError:
    """What to say of a file of a kind that holds no tables kpicat can read."""
    match kind:
        case Kind.PROTECTED:
            return protected(name)
        case Kind.PICTURE:
            sentence = _("“{name}” is a picture, which kpicat cannot read; ask for the file it was printed from.")
        case Kind.SLIDES:
            sentence = _("“{name}” is a slide show; copy its table into a workbook and bring that in.")
        case Kind.OTHER_ARCHIVE:
            sentence = _("“{name}” is a packed file of a kind kpicat does not open; unpack it, or pack it as .zip.")
        case Kind.ZIP:
            sentence = _(
                "“{name}” is a .zip of several files; bring it in where several files are taken, or unpack it."
            )
        case _other:
            sentence = _("“{name}” is of no kind that kpicat knows; save it as .xlsx or .csv and bring that in.")
    return InputError(sentence.format(name=name, suffix=kind.suffix))


def _zipped(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            names = [name.lower().lstrip("/") for name in opened.namelist()[:_MOST_PARTS]]
    except NO_ZIP:
        names = []
        for part, kind in _PARTS.items():  # broken off before its list of parts
            if part.encode() in content[:_LOOKED_AT].lower():
                return kind
    if "mimetype" in names or not names:
        for words, kind in _OPEN_DOCUMENT.items():
            if words in content[:256]:
                return kind
    for part, kind in _PARTS.items():
        if any(name.startswith(part) for name in names):
            return kind
    return Kind.ZIP


def _written(start: bytes) -> Kind:
    """What a text is by its first words."""
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = start.decode(encoding, errors="ignore").lower()
    if text.startswith("mime-version:") and "multipart/related" in text:
        return Kind.MHTML
    if not text.lstrip().startswith("<"):
        return Kind.JSON if _JSON.match(text) else Kind.TEXT
    if "urn:schemas-microsoft-com:office:spreadsheet" in text and "<html" not in text:
        return Kind.XML_2003
    if "opendocument.spreadsheet" in text:
        return Kind.FLAT_ODS
    prologue = _PROLOGUE.match(text)
    rest = text[prologue.end() :] if prologue else text
    return Kind.HTML if _HTML.match(rest) else Kind.TEXT
