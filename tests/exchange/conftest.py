"""Small workbooks as bytes, and what the reader makes of them."""

from __future__ import annotations

import fcntl
import functools
import io
import os
import pickle
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import pytest

from kpicat import guidance
from kpicat.exchange import Read, read

Rows = Sequence[Sequence[object]]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[], object]], object]:
    """What a function makes, made by whichever worker wants it first and kept for all: ``once(make)``."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    @functools.cache
    def once(make: Callable[[], object]) -> object:
        kept = folder / f"{make.__module__}.{make.__qualname__}"
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                kept.write_bytes(pickle.dumps(make()))
        return pickle.loads(kept.read_bytes())

    return once


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
