"""A column put right by hand is taken so in the next file with the same headings, and one click ends it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.services import View
from tests.browser.test_files import bring_in, take_for, workbook


@pytest.fixture
def choose(person):
    """Have Lan choose a workbook to bring in."""
    lan = person("Lan")

    def upload(name):
        lan.goto("bring_in")
        lan.page.locator("input[type=file]").set_input_files({**workbook("Ghi chép của tổ"), "name": name})
        lan.page.locator(".st-key-bring_in_go").wait_for()
        lan.settle()
        return lan

    return upload


def test_the_next_file_is_taken_as_the_last_was_until_somebody_says_no(choose, store, catalogue):
    lan = choose("xa-mot.xlsx")
    take_for(lan, 7, _("Note"))
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
