"""The page of approval: what is open, submit, return, approve, what comes after; and other pages while it is locked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kpicat.approval import Step
from kpicat.model import Edit
from kpicat.model.approvals import Approval
from kpicat.services import View, appraising, approving
from kpicat.text.numbers import parse_number
from kpicat.ui.approving.locked import _grouped
from tests.app.opening import opened, said
from tests.conftest import AT

ROW = {"code": "01", "task": "Tiếp công dân định kỳ", "product": "Sổ tiếp công dân", "tier": 1, "points": Decimal(100),
       "quantity": Decimal(3000), "standard_unit": True}  # fmt: skip
OTHER = {"code": "02", "task": "Thực hiện nhiệm vụ khác", "product": "Báo cáo", "tier": 2, "points": Decimal(120)}


@pytest.fixture
def store(pages, made):
    made(ROW, OTHER, name="Danh mục năm 2026", body="Đảng ủy xã", period="2026")
    return pages


def waive(store):
    view = View(store.reading("xa"))
    store.commit("xa", appraising.waive(view, view.open_findings, "Có lý do", actor="Lan", at=AT), actor="Lan", at=AT)


def submitted(store):
    waive(store)
    approving.submit(store, View(store.reading("xa")), actor="Lan", at=AT)


def approved(store):
    submitted(store)
    decision = Approval("12-QĐ/ĐU", date(2026, 1, 5), date(2026, 2, 1), "Minh")
    approving.approve(store, View(store.reading("xa")), decision, actor="Minh", at=AT)


def page(**state):
    return opened("approval", "xa", state={"actor": "Lan"} | state)


def keys(app):
    return {button.key for button in app.button}


def test_what_is_open_stands_against_submitting_and_leads_to_where_it_is_put_right(store):
    app = page()
    assert app.button(key="approval_submit").disabled
    assert "must be put right, or waived" in said(app.markdown)
    app.button(key="approval_to_0").click().run()
    assert app.subheader[0].value == "Check the principles"


def test_it_is_submitted_and_returned_with_remarks_that_everybody_reads(store):
    waive(store)
    page().button(key="approval_submit").click().run()
    assert store.catalogue("xa").status == "submitted"
    app = page(actor="Minh")
    assert "submitted for approval on" in said(app.info)
    app.text_area(key="approval_remarks_text").set_value("Dòng 02 chưa rõ")
    app.button(key="approval_return").click().run()
    assert store.catalogue("xa").status == "draft"
    app = page()
    assert "Dòng 02 chưa rõ" in said(app.text) and "Returned on" in said(app.info)


def test_it_is_approved_by_a_decision_and_the_version_is_listed(store):
    submitted(store)
    app = page(actor="Minh")
    for name, text in {"number": "12-QĐ/ĐU", "signatory": "Bí thư", "decided": "5/1/2026"}.items():
        app.text_input(key=f"approval_{name}").set_value(text)
    app.button(key="approval_approve").click().run()
    assert not app.error
    (version,) = approving.versions(store, "xa")
    assert (version.decided_on, version.effective_on) == (date(2026, 1, 5), date(2026, 1, 5))
    app = page()
    table = app.dataframe[0].value
    assert table.loc[0, ["Decision", "Today", "Hash"]].tolist() == ["12-QĐ/ĐU", "in force", version.hash[:12]]
    assert version.hash in said(app.caption)


@pytest.mark.parametrize(
    ("decided", "words"),
    [("hôm qua", "is no date"), ("  ", "Write the date of the decision"), ("1/1/2060", "lies ahead")],
)
def test_a_decision_that_cannot_be_is_refused_in_words(store, decided, words):
    submitted(store)
    app = page()
    for name, text in {"number": "12", "signatory": "Minh", "decided": decided}.items():
        app.text_input(key=f"approval_{name}").set_value(text)
    app.button(key="approval_approve").click().run()
    assert words in said(app.error) and not approving.versions(store, "xa")


@pytest.mark.parametrize("step", [Step.BEGIN_SUPPLEMENT, Step.BEGIN_VERSION])
def test_what_comes_next_is_begun(store, step):
    approved(store)
    page().button(key=f"approval_{step}").click().run()
    about = store.catalogue("xa")
    assert (about.status, about.amends) == ("draft", "1" if step is Step.BEGIN_SUPPLEMENT else "")


def test_a_version_is_compared_with_what_came_since(store):
    approved(store)
    approving.begin(store, View(store.reading("xa")), Step.BEGIN_VERSION, actor="Lan", at=AT)
    store.commit("xa", [Edit("i1", "tier", 2, 3)], actor="Lan", at=AT)
    app = page()
    app.button(key="approval_compare").click().run()
    assert app.subheader[0].value == "Compare"
    assert app.selectbox(key="compare_from").value.seq == approving.versions(store, "xa")[0].seq
    assert app.selectbox(key="compare_to").value.seq is None


def test_the_next_year_is_begun_from_what_is_in_force(store):
    approved(store)
    page().button(key="approval_next_go").click().run()
    (begun,) = [each for each in store.catalogues() if each.id != "xa"]
    assert (begun.name, begun.period) == ("Danh mục năm 2027", "2027")


@pytest.mark.parametrize("state", [submitted, approved])
def test_while_it_is_locked_rows_are_read_and_talked_about_not_typed_into(store, state):
    state(store)
    app = opened("edit", "xa")
    assert "Locked" in said(app.info)
    assert app.dataframe[0].value["Task" if "Task" in app.dataframe[0].value else "task"].tolist()[0] == ROW["task"]
    assert app.dataframe[0].value["quantity"].tolist() == ["3.000", ""], "read by people, not typed into"
    assert "edit_comments" in keys(app) and not {"edit_undo", "edit_delete", "edit_add"} & keys(app)


@pytest.mark.parametrize("text", ["0,5", "-0,5", "999", "3000", "-3000,5", "1234567,125"])
def test_a_number_read_in_a_locked_row_is_the_same_where_it_is_pasted(text):
    assert parse_number(_grouped(text)) == Decimal(text.replace(",", "."))


@pytest.mark.parametrize("name", ["assign", "bring_in", "checks", "history", "standard_unit"])
def test_every_page_says_that_it_is_locked_and_offers_no_typing(store, name):
    approved(store)
    app = opened(name, "xa")
    assert "version 1 was approved" in said(app.info)
    assert not {"assign_undo", "assign_mark_1", "bring_in_file"} & keys(app)
    assert not app.error


def editing(store):
    """Somebody at the grid, and the grid."""
    app = opened("edit", "xa", state={"actor": "Hoa"})
    return app, app.session_state.grids["edit", "xa"]


def test_the_grid_stays_while_a_cell_may_be_open_and_then_gives_place_to_what_was_not_saved(store):
    app, grid = editing(store)
    key = grid.key
    submitted(store)
    app.run()
    assert "submitted for approval" in said(app.info) and (grid.key, len(grid.ids)) == (key, 2 + 10)
    grid.waiting["i0", "task"] = "Tiếp công dân đột xuất"  # as the editor reports a cell that is left
    app.run()
    assert grid.key == key and "Not saved yet" in said(app.caption)
    assert not [each for each in app.warning if "database" in each.value]
    assert [code.value for code in app.code] == ["Tiếp công dân đột xuất"]
    grid.renew()  # the browser: no cell is open
    app.run()
    assert "edit_undo" not in keys(app) and [code.value for code in app.code] == ["Tiếp công dân đột xuất"]
    assert "In row 01" in said(app.markdown)
    assert not app.exception


def test_what_was_not_saved_for_the_lock_is_dismissed_for_good(store):
    app, grid = editing(store)
    submitted(store)
    grid.waiting["i0", "note"] = "Hỏi lại"
    grid.refused["i1", "quantity"], grid.settled["i1", "quantity"] = "“nhiều” is no number.", "nhiều"
    grid.renew()
    app.run()
    assert {code.value for code in app.code} == {"Hỏi lại", "nhiều"}
    app.button(key="edit_held_dismiss").click().run()
    assert not app.code
    approving.return_(store, View(store.reading("xa")), "Sửa", actor="Minh", at=AT)
    app.run()
    assert "edit_undo" in keys(app) and View(store.reading("xa")).value("i0", "note") == ""


def test_what_was_not_saved_for_the_lock_is_saved_once_it_is_returned(store):
    app, grid = editing(store)
    submitted(store)
    grid.waiting["i0", "note"] = "Hỏi lại"
    grid.renew()
    app.run()
    approving.return_(store, View(store.reading("xa")), "Sửa", actor="Minh", at=AT)
    app.run()
    assert View(store.reading("xa")).value("i0", "note") == "Hỏi lại" and not app.code


def test_while_it_is_locked_nobody_can_press_what_would_be_refused(store):
    held = {"standard_held": {"xa": "i1"}}
    assert not opened("standard_unit", "xa", state=held).button(key="standard_make").disabled
    submitted(store)
    assert opened("standard_unit", "xa", state=held).button(key="standard_make").disabled


def test_while_it_is_locked_what_it_says_of_itself_and_what_people_can_carry_is_only_read(store):
    def fields():
        home, load = opened("home", "xa"), opened("load", "xa", query={"show": "say"})
        own = [each for each in (*home.text_input, *home.selectbox) if str(each.key).startswith("home_about_")]
        sentences = [said(app.caption).count("cannot be changed") for app in (home, load)]
        return [*own, home.button(key="home_about_save"), load.text_input(key="load_a_month_")], sentences

    of_draft, unsaid = fields()
    submitted(store)
    of_locked, told = fields()
    assert len(of_draft) == len(of_locked) == 6
    assert not any(each.disabled for each in of_draft) and all(each.disabled for each in of_locked)
    assert (unsaid, told) == ([0, 0], [1, 1])
