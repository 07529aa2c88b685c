"""Leaders at the results: a click asks the chart, the address remembers it, slides turn by keyboard and follow."""

from __future__ import annotations

import contextlib
import time
from decimal import Decimal

import pytest
from playwright.sync_api import Error, expect

from kpicat.language import _
from kpicat.model import Edit
from tests.browser.conftest import AT, PATIENCE


@pytest.fixture
def lan(person):
    someone = person("Lan", width=1920, height=1080)
    someone.goto("dashboard")
    return someone


def end_of_bar(someone, chart, place):
    """Where one bar of a chart ends: by that a box takes hold of it."""
    whole = someone.page.locator(f'[class*="st-key-dashboard_{chart}"]').first
    mark = whole.locator(".barlayer .point").nth(place)
    mark.wait_for()
    until = time.monotonic() + PATIENCE / 1000
    while True:  # a run may draw the chart anew, and plotly its marks once it knows its width
        with contextlib.suppress(Error):
            whole.scroll_into_view_if_needed()
            if box := mark.bounding_box():
                return box["x"] + box["width"] - 2, box["y"] + box["height"] / 2
        assert time.monotonic() < until, "the chart never stood still"


def test_a_click_filters_the_page_back_goes_back_and_a_link_opens_the_same(lan, person):
    lan.page.mouse.click(*end_of_bar(lan, "tiers_count", 2))
    lan.figure(_("Items"), "7")
    assert "tier=3" in lan.page.url
    lan.page.go_back()
    lan.figure(_("Items"), "30")
    lan.page.go_forward()
    lan.figure(_("Items"), "7")

    minh = person("Minh")
    minh.page.goto(lan.page.url)
    minh.figure(_("Items"), "7")
    minh.page.get_by_role("button", name=f"{_('Tier')}: 3.").click()
    minh.figure(_("Items"), "30")

    drawn = minh.page.locator('[class*="st-key-dashboard_tiers_count_"]:has(.js-plotly-plot)').last
    before = "." + drawn.get_attribute("class").split("st-key-", 1)[1].split()[0].join(("st-key-", ""))
    minh.page.get_by_text(_("Mark several with a box")).click()
    expect(minh.page.locator(before)).to_have_count(0)
    first, last = end_of_bar(minh, "tiers_count", 0), end_of_bar(minh, "tiers_count", 1)
    minh.page.mouse.move(first[0] - 60, first[1] - 10)
    minh.page.mouse.down()
    minh.page.mouse.move(last[0] + 30, last[1] + 15, steps=5)
    minh.page.mouse.up()
    minh.figure(_("Items"), "16")


def test_slides_cover_the_screen_turn_by_keys_and_follow_what_others_edit(lan, store, catalogue):
    lan.press(_("Present"))
    stage, heading = lan.page.locator(".st-key-dashboard_stage"), lan.page.locator(".st-key-dashboard_stage h1")
    expect(heading).to_contain_text("Danh mục thử")
    box = stage.bounding_box()
    assert (box["x"], box["y"], round(box["width"]), round(box["height"])) == (0, 0, 1920, 1080)
    expect(lan.page.locator(".people .person").first).to_be_hidden()
    total = stage.locator('[data-testid="stMetricValue"]').nth(2)
    before = total.inner_text()
    store.commit(catalogue.id, [Edit("item-0", "quantity", Decimal(12), Decimal(1012))], actor="Minh", at=AT)
    expect(total).not_to_have_text(before)

    at = lan.page.locator(".st-key-dashboard_stage_foot")
    for _press in range(2):
        lan.page.keyboard.press("ArrowRight")
    expect(at).to_contain_text("3 / ")
    expect(stage.locator(".js-plotly-plot")).to_be_visible()
    assert float(stage.locator(".ytick text").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 24
    lan.page.keyboard.press("ArrowLeft")
    expect(at).to_contain_text("2 / ")
    lan.page.keyboard.press("Escape")
    expect(stage).to_have_count(0)
    expect(lan.page.locator(".people .person").first).to_be_visible()


ON_PAPER = """() => {
  const main = document.querySelector("[data-testid=stMainBlockContainer]"), of = (e) => e.getBoundingClientRect();
  const beyond = (e) => of(e).right > of(main).right + 1;
  return { colour: getComputedStyle(document.querySelector("h3")).color, width: Math.round(of(main).width),
    ground: getComputedStyle(document.body).backgroundColor,
    over: [...main.querySelectorAll(".main-svg, p, h4")].filter(beyond).length }; }"""


def test_paper_holds_what_is_said_and_drawn_whole_in_black_also_from_a_dark_screen(person):
    lan = person("Lan", width=1920, height=1080, scheme="dark")
    lan.goto("dashboard")
    end_of_bar(lan, "tiers_count", 0)
    lan.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    lan.page.emulate_media(media="print")
    for tools in ('[data-testid="stSidebar"]', ".st-key-dashboard_tools", ".people .person"):
        expect(lan.page.locator(tools).first).to_be_hidden()
    sheet = lan.page.evaluate(ON_PAPER)
    lan.page.emulate_media(media="screen")
    assert sheet == {"colour": "rgb(0, 0, 0)", "ground": "rgb(255, 255, 255)", "width": 1040, "over": 0}
