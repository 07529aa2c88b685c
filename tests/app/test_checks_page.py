"""The page that checks the principles: what it shows of a catalogue without items, without findings, with many."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpicat import language
from kpicat.model import Catalogue, Item
from kpicat.services import View, appraising
from kpicat.ui import frame
from kpicat.ui.checking import choosing
from kpicat.ui.checking.held import BY_CHECK, BY_LINE, BY_UNIT
from kpicat.ui.checking.side_by_side import differing
from tests.conftest import AT

APP = str(Path(__file__).parents[2] / "app.py")
SOUND = {
    "duty": "Công tác đảng viên", "task": "Giải quyết hồ sơ chuyển sinh hoạt", "product": "Hồ sơ đã giải quyết",
    "measure": "hồ sơ", "quantity": Decimal(52), "frequency": "Tuần", "deadline": "Thứ sáu hằng tuần",
    "quality": "Không quá 2 lỗi chính tả", "position": "Chuyên viên", "responsible": "Chuyên viên tổng hợp",
    "tier": 1, "points": Decimal(100), "standard_unit": True, "department": "Văn phòng Đảng ủy",
}  # fmt: skip


def lines(n: int) -> list[Item]:
    """So many lines without a deadline, of two hundred units."""
    return [
        Item(f"item-{k}", {"code": f"VP.{k}", "task": f"Cấp thẻ đợt {k}", "department": f"Đơn vị {k % 200}"})
        for k in range(n)
    ]


@pytest.fixture
def opened(pages, monkeypatch):
    """Opens the page on a catalogue of these items."""
    monkeypatch.setattr(language, "_current", lambda: "vi")  # AppTest formats choices outside of any session

    def page(items, **state):
        made = pages.create(Catalogue("thu", "Danh mục thử"), actor="Lan", at=AT, items=items)
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params["c"] = made.id
        app.run()
        for key, value in state.items():
            app.session_state[key] = value
        return app.switch_page(frame.PAGES["checks"]).run()

    return page


def shown(app):
    return " ".join(element.value for element in (*app.markdown, *app.info, *app.success))


def test_an_empty_catalogue_says_what_is_to_be_done(opened):
    app = opened([])
    assert not app.exception
    assert [button.key for button in app.button if button.key == "checks_bring_in"]


@pytest.mark.parametrize("part", ["overview", "findings"])
def test_a_catalogue_that_keeps_every_principle_says_so_and_what_is_next(part, opened):
    app = opened([Item("item-1", SOUND)], checks_part=part)
    assert not app.exception
    assert "rất tốt" in shown(app)
    assert {"checks_next_assign", "checks_next_take_out"} <= {button.key for button in app.button}


@pytest.mark.parametrize("part", ["overview", "findings", "pairs", "decided", "asking"])
@pytest.mark.parametrize("how", [BY_CHECK, BY_UNIT, BY_LINE])
def test_a_thousand_findings_of_two_hundred_units_take_few_widgets(part, how, opened):
    app = opened(lines(1000), checks_part=part, checks_how=how, checks_by_unit=True)
    assert not app.exception
    assert not app.error
    assert len(app.button) + len(app.checkbox) + len(app.text_input) < 80


@pytest.fixture
def view(opened):
    """Ten lines of ten units."""
    opened(lines(10))
    return View(frame.store().reading("thu"))


def test_findings_are_narrowed_by_words_principle_level_and_unit(view):
    everything = choosing.find(view, choosing.Asked())
    assert len(everything) == len(appraising.open_findings(view))
    by_words = choosing.find(view, choosing.Asked(words="cap the dot 3"))
    assert {finding.item_id for finding in by_words} == {"item-3"}
    by_unit = choosing.find(view, choosing.Asked(units=("Đơn vị 4",)))
    assert {finding.item_id for finding in by_unit} == {"item-4"}
    by_principle = choosing.find(view, choosing.Asked(principle="clear-time"))
    assert {finding.check for finding in by_principle} == {"missing-deadline"}
    level = everything[0].level
    assert {finding.level for finding in choosing.find(view, choosing.Asked(levels=(level,)))} == {level}


@pytest.mark.parametrize("how", [BY_CHECK, BY_UNIT, BY_LINE])
def test_no_finding_is_lost_in_the_groups(how, view):
    found = choosing.find(view, choosing.Asked())
    groups = choosing.grouped(view, found, how)
    assert sorted(map(repr, found)) == sorted(repr(finding) for group in groups for finding in group.findings)


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("Báo cáo quý", "Báo cáo tháng", ("Báo cáo :orange-background[quý]", "Báo cáo :orange-background[tháng]")),
        ("Đảng uỷ xã,", "ĐẢNG ỦY xã", ("Đảng uỷ xã,", "ĐẢNG ỦY xã")),
        ("", "Mới", ("", ":orange-background[Mới]")),
        (
            "bàn giao/lưu trữ",
            "bàn giao, lưu trữ / tiêu hủy",
            ("bàn giao/lưu trữ", "bàn giao, lưu trữ :orange-background[/ tiêu hủy]"),
        ),
        ("a [b](c)", "a", (r"a :orange-background[\[b\]\(c\)]", "a")),
    ],
)
def test_the_words_that_only_one_of_two_lines_says_are_marked_and_never_markup(one, other, marked):
    assert differing(one, other) == marked
