"""The catalogue of a real commune, whole."""

from collections import Counter
from pathlib import Path

import pytest

from kpicat import guidance
from kpicat.convert import converted
from kpicat.exchange import read
from kpicat.model import items_frame

REAL = Path(__file__).parents[2].parent / "shared" / "real" / "nghia-lam.xlsx"

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the real workbook is kept beside the project")


@pytest.fixture(scope="module")
def found():
    return read(REAL.read_bytes(), REAL.name, guidance.get("khung_xa"))


def test_all_its_lines_are_taken_with_their_places(found):
    assert Counter(item.source.sheet for item in found.items) == {
        "PL II - Lanh dao QL": 18,
        "PL III - Dung chung": 62,
        "PL IV - Rieng phong": 291,
    }
    assert [table.header_row for table in found.report.tables] == [4, 4, 5]
    assert [item.source.row for item in found.items][:2] == [5, 6]


def test_its_columns_are_understood(found):
    for table in found.report.tables:
        fields = {table.headers[column]: field for column, field in table.columns.items()}
        assert fields["Nhiệm vụ"] == "task"
        assert fields["Nhóm"] == "tier"
        assert fields["Khung điểm"] == fields["STT"] == ""
    assert all(item["task"] and item["product"] and item["detail"] and item["tier"] for item in found.items)


def test_the_criteria_sheet_is_left_out_and_nothing_else(found):
    (left,) = found.report.left_out
    assert (left.sheet, left.row) == ("PL I - Tieu chi chung", None)


def test_its_own_coefficients_are_those_computed(found):
    ours = converted(items_frame(found.items), guidance.get("khung_xa"))["coefficient"]
    assert [item["coefficient"] for item in found.items] == list(ours)


def test_the_line_its_heading_points_at_is_the_standard_unit(found):
    assert [item["code"] for item in found.items if item["standard_unit"]] == ["DC.01"]
    (remark,) = found.report.remarks
    assert remark.row == 5
