"""A column put right by hand is taken so in the next file with the same headings, and one click ends it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.services import View
from kpicat.ui import grid_view, mapping
from tests.browser.test_files import bring_in, workbook


@pytest.fixture
def choose(person):
    """Have Lan choose a workbook to bring in."""
    lan = person("Lan")

    def upload(name):
        lan.goto("bring_in")
        lan.page.locator("input[type=file]").set_input_files({**workbook(), "name": name})
        lan.page.locator(".st-key-bring_in_go").wait_for()
        lan.settle()
        return lan

    return upload


def test_the_next_file_is_taken_as_the_last_was_until_somebody_says_no(choose, store, catalogue):
    lan = choose("xa-mot.xlsx")
    lan.page.locator(".st-key-bring_in_table_0 summary").click()
    lan.page.wait_for_timeout(1000)  # until the table has unfolded to its place
    box = lan.page.locator(".st-key-bring_in_table_0 canvas").first.bounding_box()
    at = mapping.COLUMN_WIDTH + mapping.FIELD_WIDTH / 2
    lan.page.mouse.click(box["x"] + at, box["y"] + grid_view.HEADER + grid_view.ROW * 7.5)
    lan.page.wait_for_timeout(500)  # until the table has the cursor
    lan.page.keyboard.press("Enter")
    lan.page.get_by_role("option", name=_("Note"), exact=True).click()
    lan.page.wait_for_timeout(1000)  # the table reports a choice a moment after it is made
    lan.settle()
    bring_in(lan)
    lan.figure(_("Items"), "33")

    choose("xa-hai.xlsx")
    said = lan.page.locator(".st-key-bring_in_table_0").get_by_test_id("stAlert")
    expect(said).to_have_count(1)
    lan.page.locator(".st-key-bring_in_0_as_found button").click()
    expect(said).to_have_count(0)
    choose("xa-ba.xlsx")
    expect(said).to_have_count(0)
    assert "chép 1" in set(View(store.reading(catalogue.id)).items["note"])
