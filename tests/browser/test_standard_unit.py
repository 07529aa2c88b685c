"""The page of the standard unit in real browsers: looked at by two, chosen by one, seen by both, taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from kpicat.model import Edit

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def size():
    return 6


def looking_at(someone, task):
    someone.page.get_by_label("Tìm dòng").fill(task)
    someone.page.keyboard.press("Enter")
    table = someone.page.locator('[data-testid="stDataFrame"]').first
    expect(table.locator('[data-testid="glide-cell-3-0"]')).to_contain_text(task)
    expect(table.locator('[data-testid="glide-cell-3-1"]')).to_have_count(0)
    someone.settle()
    table.click(position={"x": 250, "y": 37 * 1.5})
    expect(someone.page.get_by_role("heading", name=task)).to_be_visible()


def test_what_one_chooses_is_seen_by_the_other_and_taken_back_by_one_undo(person, stored, eventually):
    lan, minh = person("Lan"), person("Minh", width=390, height=844)
    for someone in (lan, minh):
        someone.goto("standard_unit")
    looking_at(lan, "Việc thứ 2")
    lan.reads("Dòng này đang có 120 điểm")
    lan.figure("Số hệ số thay đổi", "1 / 6")
    assert stored(1, "standard_unit") is False  # nothing before the button
    lan.press("Lấy làm đơn vị chuẩn")
    eventually(lambda: stored(1, "standard_unit") is True)
    assert (stored(0, "standard_unit"), stored(1, "tier"), stored(1, "points")) == (False, 1, 100)
    minh.reads("VP.02")
    expect(minh.page.get_by_test_id("stAlert").first).to_contain_text("Việc thứ 2")
    expect(lan.page.get_by_role("button", name="Hoàn tác")).to_be_enabled()
    lan.settle()
    lan.page.keyboard.press("Control+Z")
    eventually(lambda: stored(0, "standard_unit") is True)
    assert (stored(1, "standard_unit"), stored(1, "tier"), stored(1, "points")) == (False, 2, 120)


def test_a_line_looked_at_stays_the_same_line_when_others_change_the_order(person, store, catalogue):
    lan = person("Lan")
    lan.goto("standard_unit")
    looking_at(lan, "Việc thứ 3")
    store.commit(catalogue.id, [Edit("item-1", "task", "Việc thứ 2", "Việc thứ 3 và việc thứ 4")], actor="Minh", at=AT)
    table = lan.page.locator('[data-testid="stDataFrame"]').first
    expect(table.locator('[data-testid="glide-cell-3-1"]')).to_have_count(1)  # another line says these words, too
    expect(lan.page.get_by_role("heading", name="3 · VP.03 · Việc thứ 3")).to_be_visible()
