"""The page that checks the principles in real browsers: put right, decide, and see what others do."""

import contextlib
import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.model import Item, Ruling
from kpicat.services import View, appraising
from kpicat.ui import grid_view

from .conftest import PATIENCE, click_in

WHOLE = {
    "group": "Văn phòng", "department": "Văn phòng Đảng ủy", "duty": "Tham mưu, tổng hợp", "measure": "văn bản",
    "quantity": Decimal(12), "frequency": "Tháng", "deadline": "Ngày 20 hằng tháng",
    "quality": "Không quá 2 lỗi chính tả", "position": "Chuyên viên", "responsible": "Chuyên viên tổng hợp",
    "tier": 2, "points": Decimal(120),
}  # fmt: skip
LINES = (
    {"task": "Soạn thảo báo cáo tuần của Đảng ủy", "product": "Báo cáo tuần", "tier": 1, "points": Decimal(100)},
    {"task": "Lập lịch tiếp dân của Thường trực", "product": "Lịch tiếp dân", "deadline": ""},
    {"task": "Lập danh sách đảng viên dự bị", "product": "Danh sách đảng viên", "measure": "", "deadline": ""},
    {"task": "Cấp thẻ đảng viên", "product": "Thẻ đảng viên", "measure": ""},
    {"task": "Tổ chức hội nghị sơ kết công tác Đảng", "product": "Kế hoạch; giấy mời; tài liệu hội nghị"},
    {"task": "Phát hành văn bản đi của Đảng ủy", "product": "Văn bản đi"},
    {"task": "Thực hiện phát hành VB đi của Đảng uỷ", "product": "Văn bản đi"},
)
PARTS = ("overview", "findings", "pairs", "decided", "asking")


@pytest.fixture
def lines():
    """Something of every kind to put right."""
    return [
        Item(f"item-{n}", {k: v for k, v in (WHOLE | line | {"code": f"VP.{n + 1:02d}", "standard_unit": not n}).items()
                           if v not in ("", False)})
        for n, line in enumerate(LINES)
    ]  # fmt: skip


@pytest.fixture
def view(store, catalogue):
    """Reads the catalogue as the database has it."""
    return lambda: View(store.reading(catalogue.id))


@pytest.fixture
def found(view):
    """Reads what a check finds: ids of the items."""
    return lambda check: [f.item_id for f in appraising.open_findings(view()) if f.check == check]


class Appraiser:
    """Somebody at the page."""

    def __init__(self, someone):
        self.someone, self.page = someone, someone.page
        self.dialog = self.page.get_by_test_id("stDialog")

    def turn_to(self, part):
        self.page.bring_to_front()
        self.page.locator(".st-key-checks_part button").nth(PARTS.index(part)).click()
        expect(self.page.locator(f".st-key-checks_{part}")).to_be_visible()
        self.someone.settle()

    def open(self, check, *columns):
        """Open what a check finds, at its grid."""
        self.turn_to("findings")
        table = self.page.locator(".st-key-checks_groups")
        cell = table.locator("[role=gridcell]").filter(has_text=appraising.asked(check)).first
        cell.wait_for(state="attached")
        row = int(cell.get_attribute("data-testid").rsplit("-", 1)[1])
        scrolled = table.locator(".dvn-scroller").first.evaluate(
            "(it, top) => (it.scrollTop = top, it.scrollTop)", grid_view.ROW * row
        )
        click_in(table, 300, grid_view.HEADER + grid_view.ROW * (row + 0.5) - scrolled)
        expect(self.page.locator(".st-key-checks_says")).to_contain_text(appraising.asked(check))
        self.someone.settle()
        if columns:
            self.someone.at_grid(("code", "task", *columns), within=".st-key-checks_grid")

    def tick(self, *rows):
        ticked = expect(self.page.locator(".st-key-checks_waive"))
        for n, row in enumerate(rows, start=1):
            for patience in (3000, PATIENCE):  # a click may fall while the grid is being put up
                self.someone.point(row, "✓")
                with contextlib.suppress(AssertionError if patience < PATIENCE else ()):
                    ticked.to_contain_text(re.compile(rf"\b{n}\b"), timeout=patience)
                    break
            self.someone.settle()

    def press(self, key):
        self.page.bring_to_front()
        button = self.page.locator(f'[class*="st-key-{key}"] button').first
        expect(button).to_be_enabled()
        button.click()

    def agree(self, key="bulk_agree"):
        self.press(key)
        expect(self.dialog).to_have_count(0)
        self.someone.settle()


@pytest.fixture
def appraiser(person):
    def at_page(name, **options):
        someone = person(name, width=1280, height=1500, **options)  # wider, and the columns would be stretched
        someone.goto("checks")
        return Appraiser(someone)

    return at_page


def test_a_cell_is_put_right_where_it_is_found_and_the_line_stays_until_it_is_taken_off(
    appraiser, view, found, eventually
):
    lan = appraiser("Lan")
    lan.open("missing-deadline", "deadline")
    lan.someone.type(0, "deadline", "Ngày 25 hằng tháng")
    eventually(lambda: found("missing-deadline") == ["item-2"])
    assert view().value("item-1", "deadline") == "Ngày 25 hằng tháng"
    lan.someone.sees(0, "code", "VP.02")
    lan.press("checks_done")
    lan.someone.sees(0, "code", "VP.03")


def test_all_proposals_of_a_check_are_looked_at_taken_and_undone_as_one(appraiser, view, found, eventually):
    lan, before = appraiser("Lan"), view().items
    lan.open("missing-measure", "measure")
    lan.press("checks_fix")
    for words in ("danh sách", "thẻ"):
        expect(lan.dialog.locator("[role=gridcell]").filter(has_text=words).first).to_be_attached()
    lan.agree()
    eventually(lambda: not found("missing-measure"))
    assert view().value("item-3", "measure") == "thẻ"
    lan.someone.reads(_("All of this is put right; choose what comes next above."))
    lan.press("checks_undo")
    eventually(lambda: view().items.equals(before))


def test_one_proposal_is_one_click_away(appraiser, view, found, eventually):
    lan = appraiser("Lan")
    lan.open("missing-measure", "measure")
    lan.tick(1)
    lan.press("checks_one_0_take")
    eventually(lambda: found("missing-measure") == ["item-2"])


def test_findings_are_left_as_they_are_for_a_reason_that_is_shown_and_can_be_withdrawn(
    appraiser, found, view, eventually
):
    lan = appraiser("Lan")
    lan.open("missing-deadline", "deadline")
    lan.tick(0, 1)
    lan.press("checks_waive")
    lan.dialog.get_by_role("textbox").fill("Giao theo từng đợt")
    lan.agree("checks_waive_agree")
    eventually(lambda: not found("missing-deadline"))
    lan.turn_to("decided")
    expect(lan.page.get_by_text("Giao theo từng đợt")).to_have_count(2)
    expect(lan.page.locator(".st-key-checks_decided")).to_contain_text("Lan ·")
    lan.page.get_by_role("button", name=_("Withdraw")).first.click()
    eventually(lambda: len(found("missing-deadline")) == 1)
    expect(lan.page.get_by_text("Giao theo từng đợt")).to_have_count(1)


def test_nothing_is_left_as_it_is_without_a_reason(appraiser, found):
    lan = appraiser("Lan")
    lan.open("missing-deadline", "deadline")
    lan.tick(0)
    lan.press("checks_waive")
    lan.press("checks_waive_agree")
    expect(lan.dialog.get_by_test_id("stAlert")).to_be_visible()
    assert len(found("missing-deadline")) == 2


def test_a_line_of_several_works_is_split_as_proposed(appraiser, view, found, eventually):
    lan = appraiser("Lan")
    lan.open("composite", "product")
    lan.tick(0)
    lan.press("checks_split")
    expect(lan.dialog.get_by_role("textbox").first).to_have_value(re.compile("kế hoạch"))
    lan.agree()
    eventually(lambda: not found("composite"))
    assert len(view().items) == len(LINES) + 2


def test_two_lines_of_one_work_are_merged(appraiser, view, found, eventually):
    lan = appraiser("Lan")
    lan.turn_to("pairs")
    expect(lan.page.locator(".st-key-checks_pairs")).to_contain_text("VB đi của Đảng uỷ")
    lan.someone.press(_("The same: merge…"))
    lan.agree()
    eventually(lambda: len(view().items) == len(LINES) - 1)
    assert not found("near-duplicate")
    lan.someone.reads(_("No two lines look like one work."))


@pytest.mark.parametrize(
    ("answer", "ruling"),
    [(_("Different: never ask again"), Ruling.DIFFERENT), (_("They belong together: note it"), Ruling.RELATED)],
)
def test_two_works_are_never_asked_about_again_until_somebody_takes_that_back(
    answer, ruling, appraiser, view, found, eventually
):
    lan = appraiser("Lan")
    lan.turn_to("pairs")
    lan.someone.press(answer)
    eventually(lambda: not found("near-duplicate"))
    assert [decision.verdict for decision in appraising.decided(view())] == [ruling]
    lan.someone.reads(_("No two lines look like one work."))
    lan.press("checks_undo")
    eventually(lambda: found("near-duplicate") == ["item-6"])


def test_what_another_puts_right_disappears_without_disturbing_what_is_being_typed(
    appraiser, store, catalogue, found, eventually
):
    lan, minh = appraiser("Lan"), appraiser("Minh")
    for each in (lan, minh):
        each.open("missing-deadline", "deadline", "_check")
    lan.someone.sees(1, "_check", re.compile(".+"))
    lan.someone.open(0, "deadline")
    lan.someone.write("Ngày 1")
    minh.someone.type(1, "deadline", "Ngày 25 hằng tháng")
    lan.someone.sees(1, "_check", "")
    lan.someone.sees(1, "deadline", "Ngày 25 hằng tháng")
    assert lan.someone.half_typed() == "Ngày 1"
    lan.someone.enter()
    eventually(lambda: View(store.reading(catalogue.id)).value("item-1", "deadline") == "Ngày 1")


def test_who_decides_second_is_told_what_the_first_decided(appraiser, store, view, eventually):
    lan, minh = appraiser("Lan"), appraiser("Minh")
    for each, reason in ((lan, "Lý do của Lan"), (minh, "Lý do của Minh")):
        each.open("missing-deadline", "deadline")
        each.tick(0)
        each.press("checks_waive")
        each.dialog.get_by_role("textbox").fill(reason)
    lan.agree("checks_waive_agree")
    eventually(lambda: [decision.reason for decision in appraising.decided(view())] == ["Lý do của Lan"])
    minh.page.bring_to_front()
    expect(minh.dialog).to_contain_text("Lý do của Lan")
    assert [decision.reason for decision in appraising.decided(view())] == ["Lý do của Lan"]


def test_a_finding_leads_to_its_row_in_the_grid(appraiser):
    lan = appraiser("Lan")
    lan.open("missing-measure", "measure")
    lan.tick(1)
    lan.press("checks_go")
    lan.page.wait_for_url(re.compile("/edit"))
    lan.someone.settle()
    lan.someone.at_grid(("code", "department", "task"))
    lan.someone.sees(0, "code", "VP.04")


def test_a_ticked_row_of_the_grid_leads_to_all_that_is_found_of_it(editing):
    lan = editing("Lan")
    lan.point(2, "✓")
    expect(lan.page.locator(".st-key-edit_delete")).to_contain_text("(1)")
    lan.page.locator(".st-key-edit_checks button").first.click()
    lan.page.wait_for_url(re.compile("/checks"))
    lan.settle()
    lan.at_grid(("code", "task"), within=".st-key-checks_grid")
    lan.sees(0, "code", "VP.03")
    expect(lan.shown(1, "code")).to_have_count(0)


def test_what_comes_first_leads_to_its_lines(appraiser):
    lan = appraiser("Lan")
    lan.press("checks_first_0")
    expect(lan.page.locator(".st-key-checks_says")).to_contain_text(appraising.asked("missing-deadline"))


def test_the_questions_to_a_unit_stand_ready_to_be_copied(appraiser, view):
    lan = appraiser("Lan")
    lan.turn_to("asking")
    cut = "it => it.parentElement.scrollHeight - it.parentElement.clientHeight"
    assert lan.page.locator(".st-key-checks_asking").evaluate(cut) <= 1, "the letter is not whole in sight"
    lan.page.get_by_test_id("stCode").hover()
    lan.page.get_by_test_id("stElementToolbarButton").click()
    copied = lan.page.evaluate("navigator.clipboard.readText()")
    assert copied == appraising.letter(view(), "Văn phòng Đảng ủy")
