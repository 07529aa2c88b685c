"""Read many units' files at once: each gives its items or the sentence why not, and none loses the others.

A .zip among them is opened one level deep; a .zip within it is named, not opened. Nothing is ever
written to disk, so a name that leads out of its folder is only a name.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import PurePosixPath

from kpicat.errors import InputError
from kpicat.exchange import Pointed, Progress, Read, kinds, no_progress, read
from kpicat.exchange.archive import Archive, parsing
from kpicat.exchange.kinds import Kind
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import LeftOut, ReadReport

MOST_FILES = 500
"""Files read at once; a province has fewer units."""
MOST_BYTES = 400 * 1024 * 1024
"""Of all files together, unpacked."""

_JUNK_FOLDERS = frozenset({"__macosx", "$recycle.bin", ".git", "system volume information"})
_JUNK = re.compile(r"\..*|~\$.*|thumbs\.db|desktop\.ini|.*\.(?:tmp|lnk|ds_store)", re.IGNORECASE)
_UNICODE_PATH = 0x7075
_IN_UTF_8 = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that somebody sent: its name, and its content when asked for."""

    name: str
    content: Callable[[], bytes]


@dataclass(frozen=True)
class FileRead:
    """What became of one file.

    Attributes:
        name: With the folders it stood in.
        read: Its items and report; None where it could not be read.
        refused: Why it could not; a NeedsPointing where its header row must be pointed at.
    """

    name: str
    read: Read | None = None
    refused: InputError | None = None


@dataclass(frozen=True)
class Many:
    """Many files, each for itself.

    Attributes:
        files: In the order of their names.
        left_out: Files that are none of the units': named with the reason, their name is the ``text``.
    """

    files: list[FileRead] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def reads(self) -> list[Read]:
        """Those that could be read."""
        return [file.read for file in self.files if file.read]

    def together(self, name: str) -> Read:
        """All items as those of one file, numbered anew; each still knows its own file, sheet and row.

        In the report a sheet is called after its file too; a file that could not be read is left out with the reason.
        """
        items = [(item, found.origins.get(item.id)) for found in self.reads for item in found.items]
        report = ReadReport(name, left_out=[*self.left_out])
        for file in self.files:
            if file.read is None:
                report.left_out.append(LeftOut(file.name, None, str(file.refused)))
                continue
            own = file.read.report
            report.tables.extend(replace(table, sheet=_called(file.name, table.sheet)) for table in own.tables)
            report.left_out.extend(replace(entry, sheet=_called(file.name, entry.sheet)) for entry in own.left_out)
            report.remarks.extend(replace(entry, sheet=_called(file.name, entry.sheet)) for entry in own.remarks)
        origins = {str(n): origin for n, (_item, origin) in enumerate(items, start=1) if origin}
        return Read([replace(item, id=str(n)) for n, (item, _origin) in enumerate(items, start=1)], report, origins)


def _called(file: str, sheet: str) -> str:
    return f"{file} › {sheet}" if sheet else file


def read_many(
    sent: Iterable[Sent],
    guidance: Guidance,
    *,
    pointed: Mapping[str, Mapping[str, Pointed]] | None = None,
    known: Mapping[str, FileRead] | None = None,
    progress: Progress = no_progress,
) -> Many:
    """Read the files, and those in a .zip among them.

    Args:
        sent: Their names and contents; a content is asked for when its turn comes.
        guidance: Whose tier words and frames the files may use.
        pointed: File name -> sheet name -> what the user said of it.
        known: File name -> what became of it before, where nothing new was said; not read again.
        progress: Told now and then how far it is; what it throws ends the reading.
    """
    many = Many()
    budget = MOST_BYTES
    files = _named_apart(sorted(_unpacked(sent, many), key=lambda file: _in_order(file.name)))
    for done, file in enumerate(files):
        progress(done / len(files), _("Reading {name}…").format(name=file.name))
        if known and file.name in known:
            many.files.append(known[file.name])
            continue
        if done >= MOST_FILES or budget <= 0:
            sentence = _("More than {files} files or {size} MB are not read at once; bring this one in by itself.")
            refusal = InputError(sentence.format(files=number(MOST_FILES), size=number(MOST_BYTES // 2**20)))
            many.files.append(FileRead(file.name, refused=refusal))
            continue

        def part(share: float, doing: str, done: int = done) -> None:
            progress((done + share) / len(files), f"{number(done + 1)}/{number(len(files))} · {doing}")

        try:
            content = file.content()
            budget -= len(content)
            with parsing(file.name):
                found = _one(content, file.name, guidance, (pointed or {}).get(file.name), part)
        except InputError as refusal:
            many.files.append(FileRead(file.name, refused=refusal))
        else:
            many.files.append(FileRead(file.name, found))
    progress(1.0, _("Files read: {count}").format(count=number(len(many.reads))))
    return many


def _one(
    content: bytes, name: str, guidance: Guidance, pointed: Mapping[str, Pointed] | None, progress: Progress
) -> Read:
    if kinds.of(content) is Kind.ZIP:
        raise InputError(_("“{name}” is a .zip within another; unpack it and bring its files in.").format(name=name))
    return read(content, name, guidance, pointed=pointed, progress=progress)


def _named_apart(files: Iterable[Sent]) -> list[Sent]:
    """Each under a name of its own: a second "danh-muc.xlsx" is "danh-muc.xlsx (2)"."""
    times: Counter[str] = Counter()
    named = []
    for file in files:
        times[file.name] += 1
        named.append(replace(file, name=f"{file.name} ({times[file.name]})") if times[file.name] > 1 else file)
    return named


def _in_order(name: str) -> list[tuple[int, str]]:
    """As people count: "2. Văn phòng" before "10. Kinh tế"."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", name.lower()) if part]


def _unpacked(sent: Iterable[Sent], many: Many) -> Iterator[Sent]:
    """The files themselves, and in place of a .zip what it holds; junk is noted in ``many``."""
    for file in sent:
        if is_junk(file.name):
            many.left_out.append(_junk(file.name))
            continue
        try:
            content = file.content()
            if kinds.of(content) is Kind.ZIP:
                yield from _packed(content, file.name, many)
            else:
                yield file
        except InputError as refusal:
            many.files.append(FileRead(file.name, refused=refusal))


def _packed(content: bytes, name: str, many: Many) -> Iterator[Sent]:
    archive = Archive(content, name)
    with parsing(name), zipfile.ZipFile(BytesIO(content)) as opened:
        members = opened.infolist()
    papers = _of_dossiers(map(member_name, members))
    if not members:
        raise InputError(_("“{name}” has nothing in it; choose the file that holds the catalogue.").format(name=name))
    for member in members:
        shown = member_name(member)
        if member.is_dir() or not shown:
            continue
        if is_junk(shown):
            many.left_out.append(_junk(shown))
            continue
        if shown in papers:
            many.left_out.append(LeftOut("", None, _("Part of a dossier, whose workbook holds every line."), shown))
            continue

        def unpack(part: str = member.filename.lstrip("/")) -> bytes:
            return archive.read(part)

        yield Sent(shown, unpack)


def _of_dossiers(names: Iterable[str]) -> set[str]:
    """The papers beside the workbook of a dossier, in whatever folder: each line of theirs stands in it too."""
    from kpicat.exchange.dossier import document, key_of

    codes, workbook = document("codes").name, document("excel", items="", total="").name
    folders: dict[PurePosixPath, set[str]] = {}
    for path in map(PurePosixPath, names):
        folders.setdefault(path.parent, set()).add(path.name)
    return {
        str(folder / name)
        for folder, there in folders.items()
        if {codes, workbook} <= there
        for name in there
        if name != workbook and key_of(name)
    }


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a file in a .zip as whoever packed it saw it, without what leads out of its folder.

    Most programs write UTF-8 and many do not say so; Windows writes the code page of the
    country, in Vietnam 1258, and old programs that of the first PC.
    """
    if member.flag_bits & _IN_UTF_8:
        name = member.filename
    else:
        raw = member.orig_filename.encode("cp437", errors="replace")
        name = _unicode_path(member.extra, raw) or _decoded(raw)
    name = _DRIVE.sub("", unicodedata.normalize("NFC", name).replace("\\", "/"))
    parts = ("".join(c for c in part if c.isprintable()).strip() for part in name.split("/"))
    return "/".join(part for part in parts if part.strip("."))


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name that stands in a field of its own, if it is still the name of this file."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        said = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(said) > 5 and int.from_bytes(said[1:5], "little") == zlib.crc32(raw):
            return said[5:].decode(errors="replace")
        at += 4 + length
    return ""


def _decoded(raw: bytes) -> str:
    high = [byte for byte in raw if byte >= 0x80]
    for encoding in ("utf-8", *(("cp1258",) if high and min(high) >= 0xC0 else ())):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def is_junk(name: str) -> bool:
    """Whether it is a file that a computer keeps for itself beside those of people."""
    *folders, last = name.replace("\\", "/").split("/")
    return not _JUNK_FOLDERS.isdisjoint(folder.lower() for folder in folders) or bool(_JUNK.fullmatch(last))


def _junk(name: str) -> LeftOut:
    return LeftOut("", None, _("A file that a computer keeps for itself, none of a unit's."), name)
