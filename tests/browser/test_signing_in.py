"""Where people sign in: by phone to the page of the link, as their role allows, and out of every window at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from kpicat.access import Role
from kpicat.language import _
from kpicat.model import Add, Catalogue
from kpicat.services import access
from kpicat.store import Store, open_store
from tests.browser.conftest import AT, Person, line
from tests.load.server import COMMANDS, Server

COLUMNS = ("code", "department", "task", "product", "quantity", "tier", "points", "coefficient")
XA = "xa"
CRAFTED = """() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "HACK\\tHACK\\tHACK\\nHACK\\tHACK\\tHACK");
    for (const place of [document.activeElement, document.querySelector(".st-key-edit_locked canvas"), window])
        place.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""
"""What who may only read pastes by force."""


def password(name: str) -> str:
    return f"một câu thật dài của {name}"


@pytest.fixture
def kept(tmp_path, monkeypatch) -> Iterator[Store]:
    """A database with a catalogue, which Minh reads and Hoa edits."""
    monkeypatch.setenv("KPICAT_HASH_COST", "1,8,1")
    opened, at = open_store(f"sqlite:///{tmp_path / 'kpicat.db'}"), datetime.now(UTC)
    opened.create(Catalogue(XA, "Danh mục thử", body="Đảng ủy xã", period="2026"), actor="founder", at=AT)
    opened.commit(XA, [Add(line(n)) for n in range(5)], actor="founder", at=AT, label="import")
    for name, role in (("Lan", Role.CHAIR), ("Minh", Role.VIEWER), ("Hoa", Role.EDITOR)):
        access.add_account(opened, access.CONSOLE, name, password(name), at=at)
        access.grant(opened, access.CONSOLE, XA, "Lan", Role.CHAIR, at=at)
        if name != "Lan":
            lan = access.sign_in(opened, "Lan", password("Lan"), at=at, origin="test").who
            access.grant(opened, lan, XA, name, role, at=at)
    yield opened
    opened.close()


@pytest.fixture
def served(kept: Store, tmp_path) -> Iterator[Server]:
    """A kpicat with doors on that database."""
    environment = {"KPICAT_DATABASE": f"sqlite:///{tmp_path / 'kpicat.db'}", "KPICAT_ACCESS": "accounts"}
    running = Server(tmp_path, environment, COMMANDS["push"])
    running.start()
    yield running
    running.kill()


def test_a_link_leads_by_the_sign_in_to_its_page_and_a_role_holds_from_the_next_gesture_on(
    chromium: Browser, served: Server, kept: Store
):
    refused: list[str] = []

    def sit_down(name: str, width: int, height: int) -> Person:
        context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.on("console", lambda said: refused.append(said.text) if "Security Policy" in said.text else None)
        page = context.new_page()
        page.goto(f"{served.url}/edit?c={XA}")
        page.get_by_label(_("Account name")).fill(name)
        page.get_by_label(_("Password")).fill(password(name))
        page.get_by_role("button", name=_("Sign in")).click()
        page.wait_for_url(f"{served.url}/edit?c={XA}")
        someone = Person(page, served.url, XA)
        someone.settle()
        return someone

    minh = sit_down("Minh", 390, 844)
    expect(minh.page.locator(".st-key-edit_locked")).to_be_visible()
    expect(minh.page.get_by_text(_("viewer"))).to_be_visible()
    expect(minh.page.locator(".st-key-edit_delete, .st-key-edit_add")).to_have_count(0)
    minh.page.locator(".st-key-edit_locked canvas").first.wait_for(state="attached")
    minh.page.evaluate(CRAFTED)
    elsewhere = minh.context.new_page()
    asked: list[str] = []
    elsewhere.on("request", lambda request: asked.append(request.url) if "/live?" in request.url else None)
    elsewhere.goto(f"{served.url}/edit?c={XA}")
    elsewhere.locator(".st-key-edit_locked").wait_for()

    hoa = sit_down("Hoa", 1700, 1050)
    hoa.at_grid(COLUMNS)
    hoa.type(0, "quantity", "7")
    hoa.reads(_("Saved at {time}").partition("{")[0])
    lan = access.sign_in(kept, "Lan", password("Lan"), at=datetime.now(UTC), origin="test").who
    hoa.open(1, "quantity")
    hoa.write("9")
    access.grant(kept, lan, XA, "Hoa", Role.COMMENTER, at=datetime.now(UTC))
    written = kept.head(XA)
    hoa.enter()
    expect(hoa.page.get_by_test_id("stAlert").get_by_text(_("commenter"))).to_be_visible()
    expect(hoa.page.get_by_test_id("stCode").get_by_text("9")).to_be_visible()  # to be copied: nothing is lost
    expect(hoa.page.locator(".st-key-edit_locked")).to_be_visible()
    assert kept.head(XA) == written
    assert served.tracebacks() == []

    minh.page.get_by_test_id("stExpandSidebarButton").click()
    minh.page.locator(".st-key-frame_account summary").click()
    minh.page.get_by_role("button", name=_("Sign out everywhere")).click()
    minh.page.wait_for_url(f"{served.url}/sign-in*")
    way_in = elsewhere.get_by_role("link", name=_("Sign in"))  # by itself: nobody touches that window
    expect(way_in).to_have_attribute("href", "/sign-in?next=%2Fedit%3Fc%3Dxa")
    expect(elsewhere.locator(".st-key-edit_locked")).to_have_count(0)
    asked.clear()
    elsewhere.wait_for_timeout(2 * 1500 + 200)  # as long as it would ask twice
    assert asked == []
    assert refused == []
