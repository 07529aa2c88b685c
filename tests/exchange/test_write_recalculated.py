"""What LibreOffice computes from the formulas alone equals what kpicat computed, to the last digit."""

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kpicat import convert, guidance
from kpicat.exchange import read, write
from kpicat.exchange.documents import libreoffice
from kpicat.model import Catalogue, Item, Reading, items_frame
from tests.exchange import office

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real" / "nghia-lam.xlsx"
pytestmark = pytest.mark.skipif(
    libreoffice.program() is None,
    reason="LIBREOFFICE IS MISSING: the formulas of written workbooks were NOT recalculated",
)


def recalculated(content):
    """The workbook as LibreOffice makes it when no formula has a stored value."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb' t="str"(><f>)', rb"\1", part)
                part, dropped = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
                assert dropped or b"<f>" not in part
            new.writestr(name, part)
    (computed,) = office.converted([(bare.getvalue(), ".xlsx")], "xlsx")
    return computed


def values(content):
    """Every cell that holds something, numbers to the 15 digits a spreadsheet keeps."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        (sheet.title, cell.coordinate): f"{cell.value:.15g}" if isinstance(cell.value, (int, float)) else cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def test_recalculated_values_equal_ours():
    rows = [
        {
            "task": f"Việc {n}",
            **({"quantity": Decimal(n * 7 % 1000) / 8} if n % 6 else {}),
            **({"tier": n % 5} if n % 5 else {}),
            **({"points": Decimal(95 + n % 40) / 2} if n % 7 == 0 else {}),
            **({"coefficient": Decimal("1.35")} if n % 11 == 0 else {}),
        }
        for n in range(300)
    ]
    content = write(Reading(Catalogue("c", "Danh mục"), items_frame(Item(str(n), r) for n, r in enumerate(rows))),
                    guidance.get("phu_luc_3"), ".xlsx")  # fmt: skip
    assert values(recalculated(content)) == values(content)


@pytest.mark.skipif(not REAL.exists(), reason="the real workbook is not beside the repository")
def test_a_real_catalogue_goes_out_and_comes_back_with_the_same_numbers():
    frames = guidance.get("khung_xa")
    first = read(REAL.read_bytes(), REAL.name, frames)
    content = write(Reading(Catalogue("c", "Danh mục"), items_frame(first.items)), frames, ".xlsx")
    assert values(recalculated(content)) == values(content)
    again = read(content, "out.xlsx", frames)
    assert len(again.items) == len(first.items) == 371
    for name in (
        "code",
        "task",
        "detail",
        "product",
        "tier",
        "points",
        "quantity",
        "standard_unit",
        "department",
        "note",
    ):
        assert [item[name] for item in again.items] == [item[name] for item in first.items], name
    tables = [convert.converted(items_frame(found.items), frames) for found in (first, again)]
    assert tables[0].reset_index(drop=True).equals(tables[1].reset_index(drop=True))
