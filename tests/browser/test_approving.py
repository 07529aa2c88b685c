"""From draft to approved in real browsers: locked before everybody's eyes, returned, approved, exported as it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kpicat.services import View, appraising

COLUMNS = ("code", "department", "task", "product", "quantity", "tier", "points", "coefficient")
AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def size():
    return 4


def waive(store, catalogue):
    """Let stand what the checks find in lines that are made up."""
    view = View(store.reading(catalogue.id))
    writes = appraising.waive(view, view.open_findings, "Có lý do", actor="Hoa", at=AT)
    store.commit(catalogue.id, writes, actor="Hoa", at=AT, label="decide")


def test_what_is_submitted_is_locked_for_all_and_what_is_approved_is_exported_as_it_was(
    person, store, catalogue, eventually, stored
):
    def status():
        return store.catalogue(catalogue.id).status

    lan, minh = person("Lan", width=1400), person("Minh", width=390, height=844)
    waive(store, catalogue)
    lan.goto("edit")
    lan.at_grid(COLUMNS)
    lan.open(0, "product")
    lan.write("Sổ theo")
    minh.goto("approval")
    minh.press("Trình phê duyệt")
    eventually(lambda: status() == "submitted")
    lan.reads("Đã khóa")
    lan.page.bring_to_front()
    lan.page.keyboard.type(" dõi")  # nobody tears the open cell away
    assert lan.half_typed() == "Sổ theo dõi"
    lan.enter()
    lan.reads("bạn đã gõ nội dung này khi danh mục được khóa; chưa lưu")
    expect(lan.page.get_by_test_id("stCode")).to_contain_text("Sổ theo dõi")
    expect(lan.page.get_by_role("button", name="Thêm dòng trống")).to_have_count(0)
    lan.settle()
    head = store.head(catalogue.id)
    box = lan.page.locator('[data-testid="stDataFrame"] canvas').first.bounding_box()
    lan.page.mouse.dblclick(box["x"] + 300, box["y"] + 60)
    lan.page.keyboard.type("gõ thử")
    lan.page.keyboard.press("Enter")
    lan.settle()
    expect(lan.page.locator("#portal textarea:enabled")).to_have_count(0)  # one to read in may be open
    assert store.head(catalogue.id) == head

    minh.page.get_by_role("tab", name="Trả lại kèm ý kiến").click()
    minh.page.get_by_label("Những gì cần sửa").fill("Dòng 1 chưa rõ")
    minh.page.get_by_role("button", name="Trả lại", exact=True).click()
    eventually(lambda: status() == "draft")
    lan.reads("đã trả lại lúc")
    expect(lan.page.locator(".st-key-edit_locked")).to_have_count(0)  # the rows to read in have made way for the grid
    lan.at_grid(COLUMNS)
    eventually(lambda: stored(0, "product") == "Sổ theo dõi")
    lan.type(1, "product", "Sổ trực ban")
    eventually(lambda: stored(1, "product") == "Sổ trực ban")
    waive(store, catalogue)

    minh.reads("Dòng 1 chưa rõ")
    minh.settle()
    minh.press("Trình phê duyệt")
    eventually(lambda: status() == "submitted")
    said = {"Số, ký hiệu quyết định": "12-QĐ/ĐU", "Họ và tên người ký": "Bí thư"}
    decision = minh.page.get_by_test_id("stForm").filter(has=minh.page.locator(".st-key-approval_number"))
    for label, text in {**said, "Ngày ban hành quyết định": "5/1/2026"}.items():
        decision.get_by_label(label).fill(text)
    minh.press("Phê duyệt và chốt")
    eventually(lambda: status() == "approved")
    (version,) = store.approvals.of(catalogue.id)
    minh.reads(version.hash)
    with minh.page.expect_download() as taken:
        minh.page.get_by_role("button", name="JSON").click()
    told = json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))
    assert told["items"][0]["product"] == "Sổ theo dõi" and told["decision"]["number"] == "12-QĐ/ĐU"
    lan.reads("bản 1 được phê duyệt")
