"""People talk about rows beside the grid: everything said arrives, and nothing half written is lost."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kpicat.language import _, ngettext
from kpicat.model import Comment, Remark
from kpicat.services import View, commenting

COLUMNS = ("code", "task", "tier", "points", "coefficient", "product", "rationale", "position", "standard_unit")
CROWDED = """() => [...document.querySelectorAll('[data-testid="stMainBlockContainer"] :is(button, label, h3, p)')]
    .filter(e => e.offsetWidth && !e.closest('.st-key-comments') && (e.scrollWidth > e.clientWidth + 1))
    .map(e => e.textContent)"""
"""Texts of what is narrower than its own words."""


FOR_ONE = ngettext("Tier for the row ticked", "Tier for the {n} rows ticked", 1).format(n=1)
TICKED = {
    "edit": ".st-key-edit_delete button:enabled",
    "assign": f".st-key-assign_bulk_tier label:has-text('{FOR_ONE}')",
}


class Talker:
    """Somebody at the grid who reads and writes comments."""

    def __init__(self, person, grid="edit"):
        self.person, self.page, self.grid = person, person.page, grid
        self.threads = person.page.locator(".st-key-comments_threads")
        self.box = person.page.locator("[class*=st-key-comments_box_] textarea").first  # one may be on its way out

    def press(self, key, n=0):
        self.page.bring_to_front()
        self.page.locator(f"[class*={key}]").get_by_role("button").nth(n).click()

    def opens(self, row=None):
        if row is not None:
            self.person.point(row, "✓")
            expect(self.page.locator(TICKED[self.grid]).first).to_be_visible()
        self.press(f"st-key-{self.grid}_comments")
        self.page.locator(".st-key-comments").wait_for()

    def writes(self, text):
        self.page.bring_to_front()
        self.box.click()
        self.page.keyboard.type(text, delay=15)

    def says(self, text):
        self.writes(text)
        self.press("st-key-comments_send_")
        self.hears(text)

    def answers(self, text):
        self.press("st-key-comments_answer_")
        expect(self.page.locator(".st-key-comments_not_now")).to_be_visible()
        self.person.settle()  # the box of the answer is in the place of the one before
        self.says(text)

    def sees_status(self, row):
        """The cell of what is said and wrong, which stands at the grid's far end."""
        cell = self.person.shown(row, "status")
        self.page.evaluate("document.querySelector('.dvn-scroller').scrollLeft = 9999")
        cell.wait_for(state="attached")
        return cell

    def hears(self, text):
        expect(self.threads).to_contain_text(text)


@pytest.fixture
def talking(editing):
    return lambda name, **options: Talker(editing(name, **options))


@pytest.fixture
def assigning(person):
    """Somebody at the grid of tiers."""

    def at_grid(name, **options):
        someone = person(name, **options)
        someone.goto("assign")
        someone.at_grid(COLUMNS)
        return Talker(someone, "assign")

    return at_grid


@pytest.fixture
def said(store, catalogue):
    """Writes a comment that begins a thread on line n."""

    def say(n, text, by="Hoa", mentions=()):
        now = store.catalogue(catalogue.id).head
        at = store.batches(catalogue.id)[0].at + timedelta(seconds=now)
        comment = Comment(f"c{now}", f"item-{n}", f"c{now}", text, by, at, mentions)
        store.commit(catalogue.id, [Remark(f"item-{n}", None, comment)], actor=by, at=at, label="comment")
        return comment

    return say


@pytest.fixture
def threads(store, catalogue):
    return lambda: commenting.threads(View(store.reading(catalogue.id)))


def test_two_people_talk_about_a_row_and_the_grid_counts_it(talking, threads):
    lan, minh = talking("Lan"), talking("Minh")
    lan.opens(2)
    minh.opens(2)
    lan.says("Số lượng này lấy ở đâu?")
    minh.hears("Số lượng này lấy ở đâu?")
    minh.answers("Theo sổ công văn đến")
    lan.hears("Theo sổ công văn đến")
    assert [[c.text for c in t.comments] for t in threads()] == [["Số lượng này lấy ở đâu?", "Theo sổ công văn đến"]]
    expect(lan.sees_status(2)).to_contain_text("💬 1")
    lan.press("st-key-comments_resolve_")
    expect(minh.sees_status(2)).not_to_contain_text("💬")
    assert [thread.first.resolved_by for thread in threads()] == ["Lan"]


def test_what_is_half_written_stays_while_others_talk_and_type(talking, said, threads):
    lan, minh = talking("Lan"), talking("Minh")
    lan.opens(3)
    lan.writes("Lan viết d")
    for n in range(3):
        said(3, f"Ý kiến {n} của Hoa")
        lan.hears(f"Ý kiến {n} của Hoa")
    minh.person.type(3, "product", "Minh sửa")
    lan.person.sees(3, "product", "Minh sửa")
    assert lan.box.input_value() == "Lan viết d"
    lan.page.bring_to_front()
    lan.page.keyboard.type("ở, nay xong", delay=15)  # the cursor stayed where it was
    lan.page.keyboard.press("Control+Enter")
    lan.hears("Lan viết dở, nay xong")
    assert [thread.first.text for thread in threads()][-1] == "Lan viết dở, nay xong"


def test_the_name_of_the_row_talked_about_follows_its_edits_in_either_list(talking, said, store, catalogue):
    said(3, "Một")
    lan, minh, hoa = talking("Lan"), talking("Minh"), talking("Hoa")
    lan.opens(3)
    hoa.opens()
    expect(lan.page.locator(".st-key-comments_row")).to_contain_text("Việc thứ 4")
    expect(hoa.threads).to_contain_text("Việc thứ 4")
    minh.person.type(3, "code", "ĐU.77")
    expect(lan.page.locator(".st-key-comments_row")).to_contain_text("ĐU.77")
    expect(hoa.threads).to_contain_text("ĐU.77")
    hoa.press("st-key-comments_go_")
    hoa.person.sees(0, "code", "ĐU.77")


def test_a_half_written_answer_waits_while_another_row_is_talked_about(talking, said):
    first, second = said(1, "Một"), said(4, "Hai")
    lan = talking("Lan")
    lan.opens()
    lan.press(f"st-key-comments_answer_{first.id}")
    lan.writes("trả lời dở")
    lan.press(f"st-key-comments_answer_{second.id}")
    expect(lan.box).to_have_value("")
    lan.press(f"st-key-comments_answer_{first.id}")
    expect(lan.box).to_have_value("trả lời dở")


def test_who_is_mentioned_sees_it_beside_the_heading_and_goes_to_the_row(talking, said):
    minh = talking("Minh")
    badge = minh.page.locator(".st-key-edit_comments")
    expect(badge).not_to_contain_text("@")
    said(7, "Nhờ @Minh xem", mentions=("Minh",))
    said(9, "Không nhắc ai")
    expect(badge).to_contain_text("@1 · ")
    expect(badge).to_contain_text("(2)")
    minh.opens()
    minh.hears("Nhờ @Minh xem")
    expect(minh.threads).not_to_contain_text("Không nhắc ai")
    minh.press("st-key-comments_go_")
    minh.person.sees(0, "code", "VP.08")
    expect(minh.page.locator(".st-key-comments_row")).to_contain_text("VP.08")


def test_a_mention_is_new_until_its_person_has_had_it_open_in_any_window(talking, said):
    said(7, "Nhờ @Minh xem", mentions=("Minh",))
    minh, lan = talking("Minh"), talking("Lan")
    badge = minh.page.locator(".st-key-edit_comments")
    expect(badge).to_contain_text("@1 · ")
    lan.opens(7)
    lan.hears("Nhờ @Minh xem")
    minh.opens()
    expect(minh.threads).to_contain_text(_("New to you"))
    expect(badge).not_to_contain_text("@")
    expect(talking("Minh").page.locator(".st-key-edit_comments")).not_to_contain_text("@")
    lan.answers("@Minh ơi, còn dòng này")
    minh.hears("@Minh ơi, còn dòng này")
    expect(badge).not_to_contain_text("@")
    minh.press("st-key-comments_close")
    lan.answers("@Minh nữa nhé")
    expect(badge).to_contain_text("@1 · ")


def test_what_is_asked_where_items_are_edited_is_answered_where_they_get_their_tiers(talking, assigning, threads):
    lan, minh = talking("Lan"), assigning("Minh")
    lan.opens(3)
    minh.opens(3)
    expect(minh.page.locator(".st-key-comments_row")).to_contain_text("VP.04")
    lan.says("Mức 4 có cao quá không?")
    minh.hears("Mức 4 có cao quá không?")
    minh.answers("Đã xếp theo Phụ lục 3")
    lan.hears("Đã xếp theo Phụ lục 3")
    expect(minh.sees_status(3)).to_contain_text("💬 1")
    minh.press("st-key-comments_resolve_")
    expect(lan.sees_status(3)).not_to_contain_text("💬")
    assert [thread.first.resolved_by for thread in threads()] == ["Minh"]


def test_beside_the_tiers_one_goes_from_a_comment_to_its_row_and_gives_it_a_tier(assigning, said, stored, eventually):
    said(7, "Việc này khó hơn")
    minh = assigning("Minh")
    minh.opens()
    minh.press("st-key-comments_go_")
    minh.person.sees(0, "code", "VP.08")
    minh.person.type(0, "points", "120")
    eventually(lambda: stored(7, "points") == 120)
    minh.hears("Việc này khó hơn")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("page", ["talking", "assigning"])
def test_an_open_drawer_leaves_the_head_of_the_page_in_whole_words(request, said, page, width):
    said(1, "Một")
    lan = request.getfixturevalue(page)("Lan", width=width, height=844)
    lan.opens()
    assert lan.page.evaluate(CROWDED) == []
    if width == 1280:  # who is here stands beside the heading, not in a line of its own
        heading, corner = (lan.page.locator(f".st-key-{lan.grid}_{part}").bounding_box() for part in ("head", "corner"))
        assert corner["y"] < heading["y"] + 20


def test_undo_in_the_box_takes_back_letters_and_not_what_was_sent(talking, threads):
    lan = talking("Lan")
    lan.opens(2)
    lan.says("đã gửi")
    lan.writes("gõ nhầm")
    lan.page.keyboard.press("Control+Z")
    expect(lan.box).not_to_have_value("gõ nhầm")
    lan.writes("câu thứ hai")
    lan.page.keyboard.press("Control+Enter")
    lan.hears("câu thứ hai")
    assert len(threads()) == 2


def test_only_ones_own_words_can_be_changed_or_withdrawn(talking, said, threads):
    said(2, "Của Hoa")
    lan = talking("Lan")
    lan.opens(2)
    lan.hears("Của Hoa")
    expect(lan.page.locator("[class*=st-key-comments_reword_]")).to_have_count(0)
    lan.says("Của Lan")
    lan.press("st-key-comments_reword_")
    expect(lan.box).to_have_value("Của Lan")
    lan.writes(", đã sửa")
    lan.press("st-key-comments_send_")
    lan.hears("Của Lan, đã sửa")
    lan.press("st-key-comments_withdraw_")
    expect(lan.threads).not_to_contain_text("Của Lan")
    assert [thread.first.text for thread in threads()] == ["Của Hoa"]


def test_a_text_that_looks_like_markup_is_shown_as_it_was_typed(talking):
    lan = talking("Lan")
    lan.opens(0)
    lan.says("1. một **đậm** <b>x</b> $a$ [a](http://a)")
    expect(lan.threads.locator("li, strong:has-text('đậm'), b, a, .katex")).to_have_count(0)


def test_a_comment_too_long_is_refused_in_words_and_stays_in_its_box(talking, threads):
    lan = talking("Lan")
    lan.opens(0)
    lan.box.fill("dài " * 600)
    lan.press("st-key-comments_send_")
    expect(lan.page.locator(".st-key-comments_write")).to_contain_text("2.000")
    assert lan.box.input_value().startswith("dài dài")
    assert threads() == []


def test_the_grid_stays_where_it_is_and_in_use_while_comments_are_open(talking):
    lan = talking("Lan")
    lan.person.open(1, "task")
    lan.person.write("đang gõ")
    lan.person.enter()
    lan.opens()
    lan.person.type(2, "task", "Gõ khi đang mở ý kiến")
    lan.person.sees(2, "task", "Gõ khi đang mở ý kiến")


def test_on_a_phone_one_reads_and_writes_in_a_sheet_at_the_bottom(talking, said):
    said(1, "Một")
    lan = talking("Lan", width=390, height=844)
    lan.opens()
    lan.press("st-key-comments_answer_")
    expect(lan.box).to_be_in_viewport(ratio=1)
    expect(lan.page.locator("[class*=st-key-comments_send_]").get_by_role("button").first).to_be_in_viewport(ratio=1)
    lan.says("Trả lời từ điện thoại")
