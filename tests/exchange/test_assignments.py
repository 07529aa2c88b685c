"""Lists of work assigned and done, as people lay them out; and what a person's work scores, as a file."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from kpicat import guidance, kpi
from kpicat.convert import converted
from kpicat.errors import InputError
from kpicat.exchange import assignments
from kpicat.exchange.workbook import score as score_sheet
from kpicat.kpi import Entry
from kpicat.model import Item, items_frame

pytestmark = pytest.mark.usefixtures("in_english")


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_with_titles_column_numbers_and_totals():
    rows = [
        ["PHIẾU THEO DÕI THÁNG 11"],
        [],
        ["STT", "Mã CV", "Tên sản phẩm/công việc", "SL được giao", "SL hoàn thành", "Số lần chậm", "Số lần không đạt"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        [1, "VP.01", "Tiếp công dân", 5, 4, None, None],
        [2, None, "Báo cáo quý", 1, 0.8, 2, "x"],
        [None, None, "Tổng cộng", 6, 4.8, None, None],
    ]
    assert assignments.read(workbook(("Lan", rows)), "lan.xlsx") == {
        "Lan": [
            Entry(5, "VP.01", "Tiếp công dân", "5", "4"),
            Entry(6, "", "Báo cáo quý", "1", "0.8", "2", "x"),
        ]
    }


def test_headings_of_two_rows_are_read_together():
    rows = [
        ["Mã", "Công việc", "Số lượng", None, "Chậm"],
        [None, None, "Được giao", "Hoàn thành", None],
        ["VP.01", "Tiếp công dân", 5, 4, 1],
    ]
    assert assignments.read(workbook(("A", rows)), "a.xlsx")["A"] == [Entry(3, "VP.01", "Tiếp công dân", "5", "4", "1")]


def test_each_sheet_of_a_person_is_told_apart_and_others_are_left_out():
    rows = [["Mã", "Được giao", "Hoàn thành"], ["VP.01", 1, 1]]
    found = assignments.read(workbook(("Lan", rows), ("Ghi chú", [["Không có gì"]]), ("Minh", rows)), "hai.xlsx")
    assert list(found) == ["Lan", "Minh"]


def test_a_comma_within_a_number_of_a_csv_is_named_not_guessed():
    text = "Mã,Được giao,Hoàn thành\nVP.01,1,0,8\nVP.02,1,1\n"
    first, second = assignments.read(text.encode(), "kpi.csv")["kpi"]
    assert first.assigned == "VP.01; 1; 0; 8"  # no number: scoring names the row
    assert second == Entry(3, "VP.02", "", "1", "1")


def test_a_csv_with_semicolons_keeps_its_commas():
    text = "Mã;Được giao;Hoàn thành\nVP.01;1;0,8\n"
    assert assignments.read(text.encode(), "kpi.csv")["kpi"] == [Entry(2, "VP.01", "", "1", "0,8")]


@pytest.mark.parametrize(("content", "name"), [(b"Ten,Tuoi\nA,1\n", "a.csv"), (b"%PDF-1.7", "a.pdf"), (b"", "a.csv")])
def test_what_holds_no_such_table_is_refused_in_a_sentence(content, name):
    with pytest.raises(InputError, match=name):
        assignments.read(content, name)


def test_the_file_that_leaves_holds_no_formula_and_the_numbers_of_the_page():
    items = items_frame([Item("i", {"code": "=1+1", "task": "=HYPERLINK(A1)", "points": Decimal(120)})])
    known = kpi.Known(items, converted(items, guidance.get("phu_luc_3")))
    taken = kpi.take([Entry(1, "=1+1", "", "5", "4", "1"), Entry(2, "=2", "", "1", "1")], known)
    rules = kpi.get()
    score = kpi.score(taken.lines, rules, general=Decimal(30))
    sheet = openpyxl.load_workbook(io.BytesIO(score_sheet.write(score, rules, taken.left))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    values = [cell.value for cell in cells]
    assert "=1+1 · =HYPERLINK(A1)" in values and 4.8 in values and 3.6 in values
    assert float(kpi.written(score.total, rules)) in values
    assert any("no code “=2”" in str(value) for value in values)
