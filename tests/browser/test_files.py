"""A workbook comes in by the file chooser and goes out again."""

from __future__ import annotations

import contextlib
import io
from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import expect

from kpicat.exchange.forms.decision import decision_label
from kpicat.language import _
from kpicat.model import Comment, Delete, Remark
from kpicat.services import View, commenting
from kpicat.ui import grid_view, mapping
from tests.browser.conftest import PATIENCE, click_in

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ("STT", "Mã", "Nhiệm vụ/Công việc", "Sản phẩm đầu ra", "Đơn vị tính", "Số lượng", "Mức", "Ghi chép riêng")
LINES = (
    (1, "MOI.01", "Tiếp công dân định kỳ", "Biên bản tiếp dân", "Cuộc", "24", "1", "chép 1"),
    (2, "MOI.02", "Xây dựng báo cáo quý", "Báo cáo", "Báo cáo", "4", "2", "chép 2"),
    (3, "VP.03", "Việc thứ ba đã sửa", "Báo cáo", "Báo cáo", "1,5", "4", "chép 3"),
)


def workbook(own: str = HEADINGS[-1]) -> dict[str, object]:
    """A file to upload whose last column has a heading of its maker's own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh mục"
    for row in (("DANH MỤC SẢN PHẨM, CÔNG VIỆC",), (), (*HEADINGS[:-1], own), *LINES):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return {"name": "danh-muc.xlsx", "mimeType": EXCEL, "buffer": content.getvalue()}


@pytest.fixture
def at_door(person):
    """Somebody who has chosen a workbook to bring in."""
    lan = person("Lan")
    lan.goto("bring_in")
    lan.page.locator("input[type=file]").set_input_files(workbook())
    lan.page.locator(".st-key-bring_in_go").wait_for()
    lan.settle()
    return lan


def take_for(someone, column, words):
    """Choose from the list, in the first table of a file, what one of its columns is taken for."""
    page, table = someone.page, someone.page.locator(".st-key-bring_in_table_0")
    table.locator("summary").click()
    cell = table.locator(f'[data-testid="glide-cell-1-{column}"]')
    for patience in (1500, 1500, 3000, PATIENCE):  # a click may fall while the grid is being put up
        at = mapping.COLUMN_WIDTH + mapping.FIELD_WIDTH / 2
        click_in(table, at, grid_view.HEADER + grid_view.ROW * (column + 0.5))
        with contextlib.suppress(AssertionError if patience < PATIENCE else ()):
            expect(cell).to_have_attribute("aria-selected", "true", timeout=patience)
            break
    page.keyboard.press("Enter")
    page.get_by_role("option", name=words, exact=True).click()
    expect(table.locator(f'[data-testid="glide-cell-4-{column}"]')).to_have_text(_("a person"))  # it has been heard
    someone.settle()


def bring_in(someone):
    someone.page.locator(".st-key-bring_in_go button").click()
    someone.page.locator(".st-key-bring_in_look button").click()


def test_a_workbook_is_looked_at_then_added_and_taken_back(at_door, store, catalogue, eventually):
    expect(at_door.page.locator(".st-key-bring_in_table_0")).to_contain_text("Danh mục")
    at_door.figure(_("New"), "3")
    assert len(View(store.reading(catalogue.id)).items) == 30
    bring_in(at_door)
    at_door.figure(_("Items"), "33")
    items = View(store.reading(catalogue.id)).items
    assert list(items["code"])[-3:] == ["MOI.01", "MOI.02", "VP.03"]
    assert str(items["quantity"].iloc[-1]) == "1.5"
    at_door.press(_("Undo"))
    at_door.figure(_("Items"), "30")
    assert len(View(store.reading(catalogue.id)).items) == 30


def test_a_column_is_mapped_by_hand(at_door, store, catalogue):
    take_for(at_door, 7, _("Note"))
    bring_in(at_door)
    at_door.figure(_("Items"), "33")
    assert list(View(store.reading(catalogue.id)).items["note"])[-3:] == ["chép 1", "chép 2", "chép 3"]


def test_a_file_that_replaces_all_says_what_goes_out_of_sight_and_who_looks_on_keeps_the_rows_until_asked(
    at_door, editing, store, catalogue
):
    said = Comment("c", "item-1", "c", "Lấy ở đâu?", "Hoa", datetime.now(UTC))
    store.commit(catalogue.id, [Remark("item-1", None, said)], actor="Hoa", at=said.at, label="comment")
    minh = editing("Minh")
    banner = minh.page.locator(".st-key-edit_banner")
    at_door.page.bring_to_front()
    at_door.page.get_by_text(_("Replace all existing items")).click()
    at_door.figure(_("Removed"), "30")
    expect(at_door.page.get_by_test_id("stAlert").filter(has_text=commenting.out_of_sight(
        View(store.reading(catalogue.id)), [Delete("item-1", 99)]
    ))).to_be_visible()  # fmt: skip
    bring_in(at_door)
    expect(banner).to_contain_text("30")
    minh.sees(1, "task", "Việc thứ 2")
    at_door.press(_("Undo"))
    expect(banner).to_have_count(0)
    minh.sees(1, "#", "2")
    assert [thread.first.text for thread in commenting.threads(View(store.reading(catalogue.id)))] == ["Lấy ở đâu?"]


def test_lines_with_a_known_code_are_updated(at_door, stored, store, catalogue):
    at_door.page.get_by_text(_("Update items with the same code, add the others"), exact=True).click()
    at_door.figure(_("New"), "2")
    at_door.figure(_("Changed"), "1")
    bring_in(at_door)
    at_door.figure(_("Items"), "32")
    assert (stored(2, "task"), stored(2, "tier")) == ("Việc thứ ba đã sửa", 4)
    assert stored(2, "deadline") == "Ngày 20 hằng tháng", "what the file does not hold stays"


def test_a_file_that_is_no_workbook_gets_one_sentence(person, store, catalogue):
    lan = person("Lan")
    lan.goto("bring_in")
    text = {"name": "that-ra-la-chu.xlsx", "mimeType": EXCEL, "buffer": b"day khong phai la bang tinh"}
    lan.page.locator("input[type=file]").set_input_files(text)
    said = lan.page.get_by_test_id("stAlert")
    expect(said).to_have_count(1)
    expect(said).to_contain_text("that-ra-la-chu.xlsx")
    assert "Traceback" not in said.inner_text()
    assert len(View(store.reading(catalogue.id)).items) == 30


def test_the_workbook_taken_out_opens_and_holds_every_line(person, tmp_path):
    lan = person("Lan")
    lan.goto("take_out")
    with lan.page.expect_download() as download:
        lan.page.locator(".st-key-take_out_xlsx_button button").click()
    saved = Path(tmp_path / download.value.suggested_filename)
    download.value.save_as(saved)
    assert saved.suffix == ".xlsx"
    cells = {cell for sheet in openpyxl.load_workbook(saved) for row in sheet.values for cell in row}
    assert {f"VP.{n:02d}" for n in range(1, 31)} <= cells


def download(someone, key, folder):
    """The file behind a button of the page of exports, saved."""
    with someone.page.expect_download() as started:
        someone.page.locator(f".st-key-take_out_{key}_button button").click()
    saved = Path(folder / started.value.suggested_filename)
    started.value.save_as(saved)
    return saved


def test_what_was_typed_of_the_decision_stands_on_the_paper_also_after_another_page(person, tmp_path):
    lan = person("Lan")
    lan.goto("take_out")
    lan.page.locator("summary").click()
    for name, text in (("number", "12-QĐ/ĐU"), ("day", "5.2.2026"), ("signer", "Trần Văn Mẫu")):
        lan.page.get_by_label(decision_label(name), exact=True).fill(text)
        lan.page.keyboard.press("Tab")
        lan.settle()
    lan.page.get_by_label(decision_label("day"), exact=True).fill("hôm nay")
    lan.page.keyboard.press("Tab")
    expect(lan.page.get_by_test_id("stAlert")).to_contain_text("hôm nay")
    lan.page.get_by_label(decision_label("day"), exact=True).fill("5.2.2026")
    lan.page.keyboard.press("Tab")
    lan.settle()
    lan.page.get_by_role("link", name=_("Results and charts")).click()
    lan.page.get_by_role("link", name=_("Export files")).click()
    lan.settle()
    form = docx.Document(str(download(lan, "docx", tmp_path)))
    text = [
        paragraph.text
        for table in form.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    assert "Số 12-QĐ/ĐU" in text and "Trần Văn Mẫu" in text
    assert any("ngày 05 tháng 02 năm 2026" in paragraph.text for paragraph in form.paragraphs)


def test_papers_the_summary_blank_forms_and_results_are_made_when_asked_for(person, tmp_path):
    lan = person("Lan")
    lan.goto("take_out")
    lan.page.get_by_label(_("Unit that fills it in (may stay blank)")).fill("Phòng Kinh tế")
    lan.page.keyboard.press("Tab")
    lan.settle()
    for key, begins in (
        ("pdf", b"%PDF"),
        ("summary", b"%PDF"),
        ("json", b"{"),
        ("blank_xlsx", b"PK"),
        ("blank_docx", b"PK"),
    ):
        assert download(lan, key, tmp_path).read_bytes().startswith(begins), key
    assert {"phong-kinh-te" in file.name for file in tmp_path.iterdir() if file.suffix in (".xlsx", ".docx")} == {True}
    for key, begins in (
        ("results_report", b"%PDF"),
        ("results_slides", b"PK"),
        ("results_numbers", b"PK"),
        ("picture_png", b"\x89PNG"),
        ("picture_svg", b"<svg"),
    ):
        assert download(lan, key, tmp_path).read_bytes().startswith(begins), key
