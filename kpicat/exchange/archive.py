"""A zip from a stranger: opened only as far as its sizes, and its bytes, stay within bounds.

What a zip declares is checked before anything is unpacked, what comes out is
counted while unpacking, and both must agree, so a reader that is given the same
bytes afterwards meets no more than was measured here.
"""

from __future__ import annotations

import io
import logging
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from kpicat import settings
from kpicat.errors import InputError, KpicatError
from kpicat.exchange.tables.grid import MOST_ROWS, column_letters
from kpicat.language import _, number

MOST_UNPACKED = 400 * 1024 * 1024  # bytes; 200 000 rows of 20 columns take about half
MOST_RATIO = 300  # unpacked ÷ packed; sheets of repeated cells reach about 100
_SMALL = 4 * 1024 * 1024  # bytes; below this no ratio matters
_CHUNK = 256 * 1024
_MEGABYTE = 1024 * 1024

NO_ZIP = (zipfile.BadZipFile, RuntimeError, ValueError, OSError)
"""What the zipfile module raises of bytes whose list of parts it cannot read; ``RuntimeError`` where the list asks for
a later version of the format than it knows."""

_PART, _NO_PARTS = b"PK\x03\x04", b"PK\x05\x06"
_log = logging.getLogger(__name__)


def check_size(content: bytes, name: str) -> None:
    """Refuse a file that is empty or over the upload limit.

    Raises:
        InputError: It is; the sentence names the limit.
    """
    if not content:
        raise InputError(_("“{name}” is empty (0 bytes); copy or download it again.").format(name=name))
    if len(content) > settings.upload_limit():
        raise InputError(
            _("“{name}” is {size} MB, more than the limit of {limit} MB; split it, or take the pictures out.").format(
                name=name, size=number(len(content) / _MEGABYTE, 1), limit=number(settings.upload_limit() / _MEGABYTE)
            )
        )


@contextmanager
def parsing(name: str) -> Iterator[None]:
    """Turn whatever a parser of file formats throws into one sentence.

    Raises:
        InputError: Instead of any error of the parser; the error itself is logged.
    """
    try:
        yield
    except KpicatError:
        raise
    except BaseException as error:
        # A panic of the Rust reader is no Exception; everything else that is none must pass.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        _log.warning("a file could not be parsed", exc_info=error)
        raise damaged(name) from error


def damaged(name: str) -> InputError:
    """What to say of a file that breaks off or contradicts itself; its ending tells what made it."""
    match PurePath(name).suffix.lower():
        case ".docx" | ".docm" | ".doc" | ".rtf" | ".odt":
            sentence = _(
                "“{name}” is damaged or incomplete; open it in Word, save it again as .docx, or get a new copy."
            )
        case ".pdf":
            sentence = _(
                "“{name}” is damaged or incomplete; get a new copy, or the Word or Excel file it was made from."
            )
        case _other:
            sentence = _(
                "“{name}” is damaged or incomplete; open it in a spreadsheet, save it again as .xlsx, "
                "or get a new copy."
            )
    return InputError(sentence.format(name=name))


def too_many_rows(file: str) -> InputError:
    """What to say of a file longer than :data:`kpicat.exchange.tables.grid.MOST_ROWS`."""
    return InputError(
        _("“{name}” has more than {limit} rows; split it into files of at most that many rows.").format(
            name=file, limit=number(MOST_ROWS)
        )
    )


def too_far(file: str, row: int, column: int) -> InputError:
    """What to say of a file whose cells span too many between them.

    Args:
        row: Number of the last row.
        column: The last column, zero-based.
    """
    return InputError(
        _(
            "“{name}” has cells as far away as {cell}; delete the stray cells far from the table, "
            "save it and bring it in again."
        ).format(name=file, cell=f"{column_letters(column)}{row}")
    )


class Archive:
    """A zip whose declared sizes are within bounds.

    Raises:
        InputError: It is protected by a password, damaged, or a bomb.
    """

    def __init__(self, content: bytes, name: str) -> None:
        check_size(content, name)
        if not content.startswith((_PART, _NO_PARTS)):
            raise damaged(name)
        self._content, self._name, self._unpacked = content, name, 0
        try:
            self._members = zipfile.ZipFile(io.BytesIO(content)).infolist()
        except NO_ZIP as error:
            raise damaged(name) from error
        self._by_name = {member.filename.lower().lstrip("/"): member for member in self._members}
        self._check_declared()

    def _check_declared(self) -> None:
        if any(member.flag_bits & 1 for member in self._members):
            raise protected(self._name)
        if len(self._by_name) != len(self._members):
            raise damaged(self._name)  # two parts of one name: no two readers agree which counts
        unpacked = sum(member.file_size for member in self._members)
        if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked > MOST_RATIO * len(self._content)):
            raise self._bomb()
        if any(m.file_size > max(_SMALL, MOST_RATIO * m.compress_size) for m in self._members):
            raise self._bomb()

    def _bomb(self) -> InputError:
        return InputError(
            _("“{name}” unpacks to far more than a catalogue needs, so it was not opened; make the file anew.")
            .format(name=self._name)
        )  # fmt: skip

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._by_name

    @property
    def parts(self) -> list[str]:
        """Names of its parts, in lower case."""
        return list(self._by_name)

    def read(self, part: str) -> bytes:
        """One part, unpacked.

        Raises:
            InputError: The part is missing, damaged, or larger than it declares.
        """
        return b"".join(self.chunks(part))

    def chunks(self, part: str) -> Iterator[bytes]:
        """One part, unpacked piece by piece and counted.

        Raises:
            InputError: The part is missing, damaged, or larger than it declares.
        """
        member = self._by_name.get(part.lower())
        if member is None:
            raise damaged(self._name)
        packed = self._packed(member)
        if member.compress_type == zipfile.ZIP_STORED:
            if len(packed) != member.file_size:
                raise damaged(self._name)
            yield bytes(packed)
            return
        if member.compress_type != zipfile.ZIP_DEFLATED:
            raise damaged(self._name)
        yield from self._inflated(packed, member.file_size)

    def _packed(self, member: zipfile.ZipInfo) -> memoryview:
        head = self._content[member.header_offset : member.header_offset + 30]
        if len(head) < 30 or not head.startswith(_PART):
            raise damaged(self._name)
        lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        start = member.header_offset + 30 + lengths
        packed = memoryview(self._content)[start : start + member.compress_size]
        if len(packed) != member.compress_size:
            raise damaged(self._name)
        return packed

    def _inflated(self, packed: memoryview, declared: int) -> Iterator[bytes]:
        inflate, size, rest = zlib.decompressobj(-zlib.MAX_WBITS), 0, bytes(packed)
        while not inflate.eof:
            try:
                piece = inflate.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise damaged(self._name) from error
            rest = inflate.unconsumed_tail
            size += len(piece)
            if size > declared or (not piece and not rest and not inflate.eof):
                raise damaged(self._name)
            yield piece
        if size != declared:
            raise damaged(self._name)


def protected(name: str) -> InputError:
    """What to say of a file that only a password opens."""
    return InputError(
        _("“{name}” is protected by a password; open it, take the password off, save it and bring it in again.")
        .format(name=name)
    )  # fmt: skip
