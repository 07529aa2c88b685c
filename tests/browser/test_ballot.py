"""A whole ballot: a chair, three phones, one who comes late, a reload, a second round, adopted and undone."""

from __future__ import annotations

import io

import pytest
from docx import Document
from playwright.sync_api import expect

from kpicat.language import _, ngettext

from .conftest import AT, click_in

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def size():
    return 6


@pytest.fixture
def chair(person):
    """The chair, at a meeting that is open."""
    someone = person("Khanh", width=1280, height=900)
    someone.goto("ballot")
    someone.press(_("Open a meeting"))
    expect(someone.page.locator(".ballot-code")).to_be_visible()
    return someone


@pytest.fixture
def code(chair):
    return chair.page.locator(".ballot-code").inner_text()


@pytest.fixture
def phone(person, code):
    """Makes a member who has joined by the link: ``phone("Lan")``."""

    def join(name):
        someone = person(name, **PHONE)
        someone.page.goto(f"{someone.base}/vote?m={code}")
        someone.settle()
        someone.press(_("Join the vote"))
        expect(someone.page.locator(".ballot-item, [data-testid=stAlert]").first).to_be_visible()
        return someone

    return join


def ask(chair, *rows):
    """Tick rows of the table and put them to the vote."""
    page = chair.page
    expander = page.locator(".st-key-ballot_choose")
    if not page.locator(".st-key-ballot_ask").is_visible():
        expander.locator("summary").click()
    canvas = expander.locator("[data-testid=stDataFrame] canvas").first
    expect(canvas).to_be_visible()
    for row in rows:
        click_in(expander, 18, 37 * (row + 1.5))
    ready = page.locator(".st-key-ballot_ask button:enabled").filter(has_text=str(len(rows)))
    ready.click()
    expect(page.locator(".st-key-ballot_questions")).to_be_visible()


def choose(someone, tier, reason=""):
    if reason:
        someone.page.get_by_role("textbox", name=_("Why (need not be said)")).fill(reason)
    marks = someone.page.locator("[class*=st-key-vote_mark_] button")
    marks.filter(has_text=f"{tier} ·").click()  # by its words: a mark whose icon is on its way is not among them yet
    expect(someone.page.locator("[data-testid=stAlert]").filter(has_text=str(tier)).first).to_be_visible()


def voted(someone, words):
    expect(someone.page.get_by_text(words).first).to_be_visible()


def turnout(n):
    return ngettext("{votes} of {n} has voted", "{votes} of {n} have voted", n).format(votes=n, n=n)


def test_a_whole_ballot(chair, phone, store, catalogue, stored, eventually):
    lan, minh = phone("Lan"), phone("Minh")
    ask(chair, 2)
    choose(lan, 1)
    choose(minh, 4, "Liên quan nhiều đơn vị")
    voted(chair, turnout(2))
    expect(chair.page.locator(".ballot-people .voted")).to_have_count(2)
    for someone in (chair, lan):
        assert "Liên quan" not in someone.page.content()

    lan.page.reload()
    lan.settle()
    voted(lan, _("You have chosen tier {tier}; you may change it until the reveal.").format(tier=1))
    choose(lan, 2)
    late = phone("Hoa")
    choose(late, 2)
    voted(chair, turnout(3))

    chair.press(_("Reveal"))
    for someone in (chair, lan, minh, late):
        expect(someone.page.locator(".ballot-row.median")).to_contain_text("2 ·")
        expect(someone.page.locator(".ballot-said")).to_contain_text("Liên quan nhiều đơn vị")

    chair.press(_("Vote again"))
    for someone in (lan, minh, late):
        choose(someone, 3)
    voted(chair, turnout(3))
    chair.press(_("Reveal"))
    expect(chair.page.locator(".ballot-row.median b")).to_have_text("3")
    before = store.head(catalogue.id)
    assert stored(2, "tier") == 3
    chair.page.locator(".st-key-ballot_decide").get_by_role("button", name=_("Adopt into the catalogue")).click()
    eventually(lambda: store.head(catalogue.id) > before)
    batch = store.batches(catalogue.id)[0]
    assert (batch.label, batch.actor) == ("ballot", "Khanh")
    assert "3" in stored(2, "rationale")
    for someone in (lan, minh, late):
        expect(someone.page.locator("[data-testid=stAlert]").first).to_contain_text(_("Adopted: {mark}.")[:6])
    store.undo(catalogue.id, batch.id, actor="Khanh", at=batch.at)
    assert stored(2, "rationale") == ""

    chair.page.locator(".st-key-ballot_end summary").click()
    chair.press(_("End the meeting now"))
    voted(lan, _("The meeting is over; thank you."))
    chair.page.locator(".st-key-ballot_earlier summary").click()
    chair.settle()
    with chair.page.expect_download() as download:
        chair.press(_("Minutes (Word)"))
    text = _words(download.value.path())
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Lan", "Hoa", "Việc thứ 3", "Liên quan nhiều đơn vị"):
        assert words in text


def _words(path):
    document = Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_wrong_code_lets_nobody_in_and_says_so(person, chair):
    stranger = person("La", **PHONE)
    stranger.page.goto(f"{stranger.base}/vote?m=AAAAAA")
    stranger.settle()
    stranger.press(_("Join the vote"))
    expect(
        stranger.page.get_by_text(_("No meeting has this code; look at the wall again, or ask who chairs it."))
    ).to_be_visible()
    assert "Việc thứ" not in stranger.page.content()


def test_a_second_screen_at_the_catalogue_sees_neither_code_nor_buttons(chair, code, phone, person):
    lan = phone("Lan")
    ask(chair, 0)
    choose(lan, 2, "bí mật của Lan")
    screen = person("Man hinh", width=1920, height=1080)
    screen.goto("ballot")
    voted(screen, "1")
    expect(screen.page.locator(".ballot-people .voted")).to_have_count(1)
    assert code not in screen.page.content() and "bí mật" not in screen.page.content()
    expect(screen.page.get_by_role("button", name=_("Reveal"))).to_have_count(0)


def test_a_chair_who_reloads_still_chairs(chair, code, phone):
    phone("Lan")
    chair.page.reload()
    chair.settle()
    expect(chair.page.locator(".ballot-people")).to_contain_text("Lan")
    expect(chair.page.locator(".ballot-code")).to_have_text(code)


def test_the_question_on_the_wall_stays_while_it_is_revealed_and_adopted(chair, code, store, catalogue):
    ask(chair, 0, 1)
    item = chair.page.locator(".ballot-item")
    chair.page.locator(".st-key-ballot_next button").click()
    expect(item).to_contain_text("Việc thứ 2")
    question = store.ballots.board(store.ballots.meetings(catalogue.id)[0].id).questions[1]
    store.ballots.cast(store.ballots.join(code, "Lan", at=AT), question.id, 1, 4, "", at=AT)
    chair.press(_("Reveal"))
    expect(chair.page.locator(".ballot-row.median")).to_contain_text("4 ·")
    expect(item).to_contain_text("Việc thứ 2")
    chair.page.locator(".st-key-ballot_adopt button").click()
    chair.reads(_("Adopted: {mark}.").split(":", maxsplit=1)[0])
    expect(item).to_contain_text("Việc thứ 2")
