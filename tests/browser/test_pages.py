"""Every page, at each size and in each theme: no error, no scrolling sideways, nothing untranslated."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from babel.messages.pofile import read_po
from playwright.sync_api import expect

from kpicat.ui.frame import HOME, PAGES

PO = Path(__file__).parents[2] / "kpicat" / "locale" / "vi" / "LC_MESSAGES" / "kpicat.po"
SIZES = {1280: 800, 1920: 1080, 390: 844}
LOOKS = [(1280, "light"), (390, "dark")]  # each layout, each theme: words and widths are the same in either
WIDER = 1920  # a projector shows the page of a laptop, drawn wider; axe-core does not look again
STREAMLITS = re.compile(
    r"(?i)\b(browse|upload|drag and drop|limit|per file|press enter|choose|select|no results|search|full ?screen|show|"
    r"download|close|clear|delete|remove|running|stop|rerun|settings|print|record|deploy|made with|get help|about|skip|"
    r"sidebar|expand|collapse|increment|decrement|open|error|loading|connect\w*|help|view|columns?|sort|autosize|pin|"
    r"hide|empty|options?|requested|the|and|this)\b"
)

COLLECT = """() => {
  const seen = new Set();
  const visible = e => { const b = e.getBoundingClientRect(), s = getComputedStyle(e);
    return b.width > 1 && b.height > 1 && s.visibility !== 'hidden' && s.display !== 'none'; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const t = walk.currentNode, e = t.parentElement;
    if (!e || e.closest('script, style, table, canvas, [data-testid=stIconMaterial], [data-testid=stExpanderIcon]')
        || !visible(e)) continue;
    const words = t.textContent.trim(); if (words) seen.add(words); }
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (e.closest('[data-testid=stIconMaterial], table[role=grid]') || !visible(e)) continue;
    for (const a of ['aria-label', 'title', 'placeholder', 'alt'])
      if (e.getAttribute(a)?.trim()) seen.add(e.getAttribute(a).trim()); }
  return [...seen]; }"""


BARRIERS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter(({id, impact}) => ["serious", "critical"].includes(impact) || id === "heading-order")
    .flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.html.slice(0, 150)} ${node.failureSummary}`))"""


def english() -> list[re.Pattern[str]]:
    """Every English sentence of the code whose Vietnamese reads otherwise, as a pattern for what is shown."""
    with PO.open("rb") as file:
        messages = [m for m in read_po(file, locale="vi") if m.id]
    patterns = []
    for message in messages:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in ids:
            if text in strings or not re.search(r"[A-Za-z]{2}", re.sub(r"\{.*?\}", "", text)):
                continue
            patterns.append(re.compile(re.sub(r"\\\{.*?\\\}", ".*?", re.escape(text))))
    return patterns


def untranslated(shown: list[str], patterns: list[re.Pattern[str]]) -> list[str]:
    wrong = []
    for text in shown:
        ours = any(pattern.fullmatch(text) for pattern in patterns)
        if text not in ("English", "kpicat") and (ours or STREAMLITS.search(text)):
            wrong.append(text)
    return wrong


@pytest.fixture(scope="session")
def patterns():
    return english()


@pytest.fixture
def size(request):
    return getattr(request, "param", 30)


def barriers(page) -> list[str]:
    """What keeps people with weak eyes, a screen reader or only a keyboard out, as far as axe-core can tell."""
    if not page.evaluate("'axe' in window"):  # it stays from page to page of the menu
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(BARRIERS)


def look(someone, patterns, width, scheme):
    """What must be true of any page."""
    page = someone.page
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    wide = page.evaluate(
        "Math.max(document.documentElement.scrollWidth, "
        "...[...document.querySelectorAll('[data-testid=stMain], [data-testid=stAppViewContainer]')]"
        ".map(e => e.scrollWidth))"
    )
    assert wide <= width, f"the page is {wide} pixels wide in a window of {width}"
    until = time.monotonic() + 15  # Streamlit's own words are replaced just after they appear, on a busy machine later
    for_everybody = (width, scheme) in LOOKS
    while left := untranslated(page.evaluate(COLLECT), patterns) or (for_everybody and barriers(page)):
        assert time.monotonic() < until, f"untranslated or a barrier: {left}"
        page.wait_for_timeout(100)


def visit_all(someone, patterns, width, scheme, pages=tuple(PAGES)):
    wrong = []
    for page in pages:
        if page == HOME or not someone.catalogue:  # without a catalogue the pages have no titles
            someone.goto(page)
        else:
            someone.turn_to(page)
        try:
            look(someone, patterns, width, scheme)
            if (width, scheme) == LOOKS[0]:
                someone.page.set_viewport_size({"width": WIDER, "height": SIZES[WIDER]})
                look(someone, patterns, WIDER, scheme)
                someone.page.set_viewport_size({"width": width, "height": SIZES[width]})
        except AssertionError as error:
            wrong.append(f"{page}: {str(error)[:600]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_is_whole_with_a_catalogue_full_of_items(person, patterns, width, scheme):
    visit_all(person("Lan", width=width, height=SIZES[width], scheme=scheme), patterns, width, scheme)


@pytest.mark.parametrize("size", [0], indirect=True)
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_is_whole_with_an_empty_catalogue(person, patterns, width, scheme, size):
    visit_all(person("Lan", width=width, height=SIZES[width], scheme=scheme), patterns, width, scheme)


@pytest.mark.parametrize(("width", "scheme", "turn"), [(*look, turn) for turn, look in enumerate(LOOKS)])
def test_every_page_is_whole_with_no_catalogue(person, patterns, width, scheme, turn):
    someone = person("Lan", width=width, height=SIZES[width], scheme=scheme)
    someone.catalogue = ""
    pages = tuple(PAGES)[turn::2]  # most say the same one thing: each is looked at in one of the looks
    visit_all(someone, patterns, width, scheme, (HOME, *pages))


def test_an_english_leftover_is_found(patterns):
    assert untranslated(["Bring a file in", "Browse files", "Danh mục của tôi", "VP.01"], patterns) == [
        "Bring a file in",
        "Browse files",
    ]


def test_a_barrier_is_found(person):
    page = person("Lan").page
    page.set_content(
        "<html lang=vi><title>kpicat</title><main><button></button><p style='color: #aaa'>Mức 1</p></main>"
    )
    assert [barrier.split(":")[0] for barrier in barriers(page)] == ["button-name", "color-contrast"]


GAPS = """() => [...document.querySelectorAll("[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] > *")]
    .flatMap((e) => [e, ...e.querySelectorAll(":scope > [data-testid=stVerticalBlock] > *")])
    .filter((e) => !e.offsetHeight && !["none"].includes(getComputedStyle(e).display))
    .filter((e) => !["absolute", "fixed"].includes(getComputedStyle(e).position))
    .map((e) => e.outerHTML.match(/st-key-[a-z_]+/)?.[0])"""


@pytest.mark.parametrize("page", ["edit", "assign"])
def test_what_only_listens_takes_no_room(person, page):
    someone = person("Lan")
    someone.goto(page)
    someone.page.locator('[data-testid="stDataFrame"] canvas').first.wait_for()
    assert someone.page.evaluate(GAPS) == []
