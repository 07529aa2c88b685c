"""Many units' files in a real browser: put right in place, stopped while they are read, followed on a phone."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from playwright.sync_api import expect

from kpicat.language import _, number
from kpicat.model import Edit
from kpicat.services import View
from kpicat.ui import grid_view
from tests.browser.conftest import AT, click_in
from tests.browser.test_files import EXCEL, HEADINGS, download

KT, VP = "Phòng Kinh tế", "Văn phòng Đảng ủy"


def line(n: int, task: str = "") -> tuple[object, ...]:
    return (n, f"MOI.{n:05d}", task or f"Việc mới của đơn vị, số {n}", "Báo cáo", "Báo cáo", "2", "2", "")


def book(*lines: tuple[object, ...]) -> bytes:
    made = openpyxl.Workbook()
    for row in (("DANH MỤC SẢN PHẨM, CÔNG VIỆC",), (), HEADINGS, *lines):
        made.active.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def zipped(files: dict[str, bytes]) -> dict[str, object]:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as out:
        for name, inside in files.items():
            out.writestr(name, inside)
    return {"name": "cac-don-vi.zip", "mimeType": "application/zip", "buffer": content.getvalue()}


def upload(someone, files) -> None:
    someone.goto("bring_in")
    someone.page.locator("input[type=file]").set_input_files(files)


LONG = {"name": "dai.xlsx", "mimeType": EXCEL, "buffer": book(*map(line, range(12_000)))}


def test_parts_are_put_right_in_place_brought_in_and_taken_back(person, store, catalogue):
    lan = person("Lan")
    files = {f"{KT}.xlsx": book(line(1), line(2)), "bang1.xlsx": book(line(3)), "hong.xlsx": b"PK\x03\x04xl/"}
    upload(lan, zipped(files))
    lan.page.locator(".st-key-bring_in_go").wait_for()
    lan.settle()
    expect(lan.page.locator(".st-key-gathering_refused")).to_contain_text("hong.xlsx")
    lan.figure(_("New"), "3")
    click_in(lan.page.locator("[class*=st-key-gathering_files]"), 220 + 60, grid_view.HEADER + grid_view.ROW * 0.5)
    lan.page.wait_for_timeout(500)  # until the table has the cursor
    lan.page.keyboard.press("Enter")
    lan.page.wait_for_timeout(300)
    lan.page.keyboard.type(VP, delay=20)
    lan.page.keyboard.press("Enter")
    new = lan.page.locator(".st-key-gathering_new")
    new.locator("summary").click()
    expect(new.locator("[data-testid^=glide-cell]").filter(has_text=VP)).to_have_count(1)  # it has been heard
    lan.settle()
    lan.page.locator(".st-key-bring_in_go button").click()
    lan.page.locator(".st-key-bring_in_look button").click()
    lan.figure(_("Items"), "33")
    items = View(store.reading(catalogue.id)).items.set_index("code")
    assert [items["department"][f"MOI.{n:05d}"] for n in (1, 2, 3)] == [KT, KT, VP]
    lan.press(_("Undo"))
    lan.figure(_("Items"), "30")


def test_reading_is_stopped_by_one_click_and_leaves_nothing(person, store, catalogue):
    lan = person("Lan")
    upload(lan, LONG)
    lan.page.locator("[class*=st-key-reading_stop] button").click()
    expect(lan.page.get_by_test_id("stProgress")).to_have_count(0)
    expect(lan.page.get_by_test_id("stFileChipName")).to_have_count(0)
    expect(lan.page.locator(".st-key-bring_in_go")).to_have_count(0)
    upload(lan, [LONG, {**LONG, "name": "hai.xlsx"}])
    lan.page.locator("[class*=st-key-reading_stop] button").click()
    expect(lan.page.get_by_test_id("stProgress")).to_have_count(0)
    expect(lan.page.locator(".st-key-bring_in_go")).to_have_count(0)
    assert len(View(store.reading(catalogue.id)).items) == 30


def test_others_who_work_meanwhile_do_not_keep_a_long_file_from_being_read(person, store, catalogue):
    lan = person("Lan")
    upload(lan, LONG)
    lan.page.get_by_test_id("stProgress").wait_for()
    for n in range(12):
        store.commit(catalogue.id, [Edit("item-0", "note", "" if not n else f"{n}", f"{n + 1}")], actor="Minh", at=AT)
        lan.page.wait_for_timeout(150)
    lan.page.locator(".st-key-bring_in_go").wait_for()
    lan.figure(_("New"), number(12_000))


def test_a_file_removed_from_the_uploader_is_gone_from_the_page(person):
    lan = person("Lan")
    upload(lan, {**LONG, "buffer": book(line(1))})
    lan.page.locator(".st-key-bring_in_go").wait_for()
    lan.page.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
    expect(lan.page.locator(".st-key-bring_in_go")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(person, scheme):
    lan = person("Lan", width=390, height=844, scheme=scheme)
    upload(lan, zipped({f"{KT}.xlsx": book(line(1)), f"{VP}.xlsx": book(line(1), line(2))}))
    lan.page.locator(".st-key-bring_in_go").wait_for()
    lan.settle()
    assert lan.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_file_speaks_the_language_of_whoever_asks_for_it(person, tmp_path):
    sheets = {}
    for language in ("vi", "en", "vi"):
        someone = person("Lan", language=language)
        someone.goto("take_out")
        content = download(someone, "xlsx", tmp_path).read_bytes()
        sheets.setdefault(language, []).append(openpyxl.load_workbook(io.BytesIO(content)).sheetnames)
    assert sheets["vi"][0] == sheets["vi"][1] != sheets["en"][0]


def test_a_download_that_fails_is_said_in_vietnamese(person):
    lan = person("Lan")
    lan.goto("take_out")
    lan.page.get_by_test_id("stDownloadButton").first.wait_for()
    english = "Failed to generate file for download"
    lan.page.evaluate(
        """text => {
            const said = document.createElement("div");
            said.dataset.testid = "stDownloadButtonError";
            said.textContent = text;
            document.querySelector("[data-testid=stDownloadButton]").append(said);
        }""",
        english,
    )
    said = lan.page.get_by_test_id("stDownloadButtonError")
    expect(said).not_to_contain_text(english)
    expect(said).to_contain_text("Không tạo được tệp")
