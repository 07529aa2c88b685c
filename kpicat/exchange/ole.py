"""A compound file (.xls, .doc) from a stranger: its streams, however its tables of sectors lie.

Source: [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Collection

from kpicat.exchange.archive import check_size, damaged

_FREE = 0xFFFFFFFA  # the first of the marks that are no sector
_ENTRY = 128  # bytes of a directory entry
_SMALLER = 4096  # bytes; shorter streams lie in the small sectors of the root's own
_SMALL = 64


class Compound:
    """A compound file.

    Attributes:
        entries: Name in lower case -> first sector and size of each stream, of several of one name the first.

    Raises:
        InputError: It is damaged.
    """

    def __init__(self, content: bytes, name: str) -> None:
        check_size(content, name)
        self._content, self._name = content, name
        if len(content) < 512:
            raise damaged(name)
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise damaged(name)
        self._size = 1 << shift
        (directory,) = struct.unpack_from("<I", content, 48)
        (small_table,) = struct.unpack_from("<I", content, 60)
        self._next = self._table()
        self._next_small = _numbers(self._chain(small_table))
        self.entries: dict[str, tuple[int, int]] = {}
        self._root = b""
        self._read_directory(self._chain(directory))

    def __contains__(self, stream: str) -> bool:
        return stream.lower() in self.entries

    def read(self, streams: Collection[str]) -> bytes:
        """The first of these streams that there is.

        Raises:
            InputError: There is none, or it breaks off.
        """
        for stream in streams:
            if stream in self:
                start, size = self.entries[stream.lower()]
                found = self._small(start) if size < _SMALLER else self._chain(start)
                if len(found) < size:
                    raise damaged(self._name)
                return found[:size]
        raise damaged(self._name)

    def _table(self) -> list[int]:
        """For each sector the one after it; where that is kept stands in the header and in sectors of its own."""
        wheres = list(struct.unpack_from("<109I", self._content, 76))
        (further,) = struct.unpack_from("<I", self._content, 68)
        seen: set[int] = set()
        while further < _FREE and further not in seen:
            seen.add(further)
            *more, further = _numbers(self._sector(further))
            wheres += more
        following: list[int] = []
        for where in dict.fromkeys(wheres):
            if where < _FREE:
                following += _numbers(self._sector(where))
        return following

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._content[start : start + self._size]
        if not found:
            raise damaged(self._name)
        return found.ljust(self._size, b"\0")

    def _chain(self, sector: int) -> bytes:
        pieces = []
        for number in self._followed(sector, self._next):
            pieces.append(self._sector(number))
        return b"".join(pieces)

    def _small(self, sector: int) -> bytes:
        numbers = self._followed(sector, self._next_small)
        return b"".join(self._root[number * _SMALL : (number + 1) * _SMALL] for number in numbers)

    def _followed(self, sector: int, following: list[int]) -> list[int]:
        """The sectors from one on, in their order.

        Raises:
            InputError: They run in a circle, or out of the table.
        """
        numbers: list[int] = []
        while sector < _FREE:
            if sector >= len(following) or len(numbers) > len(following):
                raise damaged(self._name)
            numbers.append(sector)
            sector = following[sector]
        return numbers

    def _read_directory(self, directory: bytes) -> None:
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            words = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace").lower()
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind == 5 and not self._root:
                self._root = self._chain(start)[:size]
            elif kind in (1, 2):
                self.entries.setdefault(words, (start, size))


def _numbers(sectors: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sectors) // 4}I", sectors[: len(sectors) // 4 * 4]))
