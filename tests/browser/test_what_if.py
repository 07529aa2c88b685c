"""Scenarios in real browsers: made, shared by a link, edited by two, adopted where somebody else changed a line."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.model import Edit
from kpicat.scenario import decode

from .conftest import AT

ADOPTED = "Phương án này đã được áp dụng"
MARK = 2  # the slider of the third tier, at 150


class Trier:
    """Somebody at the page of scenarios."""

    def __init__(self, someone):
        self.someone, self.page = someone, someone.page
        self.bar = self.page.locator(".st-key-what_if_bar")

    def slide(self, steps, mark=MARK):
        self.page.bring_to_front()
        self.page.locator("input[type=range]").nth(mark).focus()
        for _step in range(steps):
            self.page.keyboard.press("ArrowRight")
        self.someone.settle()

    def stands_at(self, points, mark=MARK):
        expect(self.page.get_by_test_id("stSliderThumbValue").nth(mark)).to_have_text(str(points))

    def name(self, words):
        field = self.bar.get_by_role("textbox").first
        field.fill(words)
        field.press("Tab")

    def press(self, words):
        self.page.bring_to_front()
        button = self.page.get_by_role("button", name=words, exact=True)
        expect(button).to_be_enabled()
        self.someone.settle()
        button.click()

    def moved(self, n):
        self.someone.figure(_("Lines that move"), str(n))

    def choose(self, name, words):
        field = self.page.locator(f'[class*="st-key-what_if_{name}"]').first
        field.locator("input").first.click()
        self.page.get_by_role("option", name=words).first.click()


@pytest.fixture
def trying(person):
    def at_page(name, link="", **options):
        someone = person(name, **options)
        someone.page.goto(link or f"{someone.base}/what_if?c={someone.catalogue}")
        someone.settle()
        someone.reads(_("What is tried"))
        return Trier(someone)

    return at_page


@pytest.fixture
def kept(store, catalogue):
    """Reads the one scenario there is."""

    def read():
        (one,) = store.scenarios.of(catalogue.id)
        return one

    return read


def test_a_scenario_is_made_shared_edited_by_two_and_adopted_with_a_conflict(
    trying, store, catalogue, stored, kept, eventually
):
    lan = trying("Lan")
    lan.moved(0)
    lan.slide(10)
    lan.moved(7)  # of 30 lines every fourth is of the third tier
    lan.name("Mức ba lên 160")
    lan.press(_("Keep the scenario"))
    eventually(lambda: len(store.scenarios.of(catalogue.id)) == 1)
    assert decode(kept().body).marks == '{"complex": {"points": "160"}}'
    assert store.head(catalogue.id) == catalogue.head  # nothing of the catalogue has changed
    lan.page.wait_for_url(f"**s={kept().id}**")

    minh = trying("Minh", lan.page.url)
    minh.stands_at(160)
    minh.moved(7)
    expect(minh.bar.get_by_role("textbox").first).to_have_value("Mức ba lên 160")

    minh.slide(5)
    minh.stands_at(165)
    lan.slide(10)
    lan.press(_("Keep the scenario"))
    eventually(lambda: kept().version == 2)
    asked = minh.page.locator(".st-key-what_if_met")
    expect(asked).to_contain_text("Lan")  # without a gesture of Minh's
    minh.stands_at(165)  # and nothing of his is lost
    minh.press(_("Keep mine over it"))
    eventually(lambda: kept().version == 3)
    assert decode(kept().body).marks == '{"complex": {"points": "165"}}'
    lan.stands_at(165)  # she has changed nothing since, so hers follows

    lan.page.get_by_role("radio", name=_("Rules")).or_(lan.page.get_by_role("button", name=_("Rules"))).first.click()
    lan.choose("rule_tiers", "120")
    lan.page.keyboard.press("Escape")
    lan.choose("rule_to", "150")
    lan.press(_("Add the rule"))
    lan.moved(15)
    lan.press(_("Keep the scenario"))
    eventually(lambda: kept().version == 4)

    edits = [Edit("item-5", "tier", 2, 4), Edit("item-5", "points", Decimal(120), Decimal(200))]
    store.commit(catalogue.id, edits, actor="Tổ thẩm định", at=AT)
    lan.press(_("Adopt…"))
    dialog = lan.page.get_by_test_id("stDialog")
    expect(dialog.get_by_test_id("stAlert").first).to_contain_text("1 ")
    lan.press(_("Adopt as one batch"))
    eventually(lambda: stored(1, "tier") == 3)
    assert (stored(1, "points"), stored(2, "points")) == (165, 165)
    assert (stored(5, "tier"), stored(5, "points")) == (4, 200)  # theirs stays
    assert "Mức ba lên 160" in stored(1, "rationale")
    minh.someone.reads(ADOPTED)
    (last, *_older) = store.batches(catalogue.id)
    assert last.label == "adopt" and last.actor == "Lan"
    store.undo(catalogue.id, last.id, actor="Lan", at=AT)
    assert (stored(1, "tier"), stored(2, "points")) == (2, 150)


def test_a_scenario_on_a_phone_is_read_without_scrolling_sideways(trying):
    lan = trying("Lan", width=390, height=844)
    lan.slide(10)
    wide = lan.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
