"""What a reader made of a file, as tests ask it."""

from __future__ import annotations

import contextlib

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import Read, read
from kpicat.model import Value


def column(found: Read, name: str) -> list[Value]:
    """A field of every item, in the file's order."""
    return [item[name] for item in found.items]


def reasons(found: Read) -> dict[int | None, str]:
    """Row left out -> why."""
    return {row.row: row.reason for row in found.report.left_out}


def taken_or_refused(content: bytes, name: str = "a.xlsx") -> None:
    """Whatever a file holds, it is read or refused in words."""
    with contextlib.suppress(InputError):
        assert isinstance(read(content, name, guidance.get("phu_luc_3")), Read)
