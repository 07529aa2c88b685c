"""Small workbooks as bytes, and what the reader makes of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import pytest

from kpicat import guidance
from kpicat.exchange import Read, read

Rows = Sequence[Sequence[object]]


@pytest.fixture
def book() -> Callable[..., bytes]:
    """Build a workbook: ``book(rows, merges=["A1:C1"])`` or ``book(sheets={name: rows})``."""

    def build(
        rows: Rows = (),
        *,
        merges: Sequence[str] = (),
        sheets: Mapping[str, Rows] | None = None,
        hidden: Sequence[str] = (),
    ) -> bytes:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, lines in (sheets or {"Danh mục": rows}).items():
            sheet = workbook.create_sheet(name)
            for line in lines:
                sheet.append(list(line))
            for merge in merges:
                sheet.merge_cells(merge)
            if name in hidden:
                sheet.sheet_state = "hidden"
        content = io.BytesIO()
        workbook.save(content)
        return content.getvalue()

    return build


@pytest.fixture
def taken(book) -> Callable[..., Read]:
    """Build a workbook and read it, by the default edition."""

    def build(rows: Rows = (), edition: str = "phu_luc_3", pointed=None, **more) -> Read:
        return read(book(rows, **more), "danh-muc.xlsx", guidance.get(edition), pointed=pointed)

    return build


@pytest.fixture
def csv_taken() -> Callable[..., Read]:
    """Read text as a .csv."""

    def build(text: str, encoding: str = "utf-8") -> Read:
        return read(text.encode(encoding), "danh-muc.csv", guidance.get("phu_luc_3"))

    return build
