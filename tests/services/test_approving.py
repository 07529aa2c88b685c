"""From draft to approved as people do it: what stands against it, what is read again, the next year."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kpicat import approval, services
from kpicat.approval import Step
from kpicat.errors import InputError
from kpicat.model import Add, Decide, Decision, Delete, Edit, Item, Remark, Ruling
from kpicat.model import Comment as Said
from kpicat.services import (
    View,
    appraising,
    approving,
)
from tests.services.desk import DAY, ROWS, Desk

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def desk(store, at):
    opened = Desk(store, at)
    opened.waive()
    return opened


def test_what_must_be_put_right_stands_against_submitting_until_it_is_waived(desk):
    desk.do(services.save, [Add(Item("i4", {"task": "Thực hiện nhiệm vụ khác do lãnh đạo giao"}))])
    entries = approving.checklist(desk.store, desk.view)
    assert entries[0].stands_against and entries[0].page == "checks"
    with pytest.raises(InputError, match="must be put right"):
        desk.submit()
    assert desk.view.catalogue.status == "draft"
    desk.waive()
    assert not any(entry.stands_against for entry in approving.checklist(desk.store, desk.view))
    assert desk.submit().batch and desk.view.catalogue.status == "submitted"


def test_the_checklist_leads_on_and_says_what_is_well(desk):
    desk.store.commit("xa", [Remark("i1", None, Said("c", "i1", "c", "Sao?", "Hoa", desk.at))], actor="Hoa", at=desk.at)
    said = [(entry.words, entry.page, entry.done) for entry in approving.checklist(desk.store, desk.view)]
    assert said[0][2] and said[0][0].startswith("Nothing stands against submitting")
    assert ("1 comment is not resolved yet.", "edit", False) in said
    assert any("stand as they are" in words for words, _page, _done in said)


def test_who_returns_it_says_why_and_everybody_reads_it(desk):
    desk.submit()
    with pytest.raises(InputError, match="Write what is to be changed"):
        desk.do(approving.return_, "  \n")
    desk.do(approving.return_, "Dòng 02 chưa rõ sản phẩm", actor="Minh")
    first, *_rest = approving.taken(desk.store, desk.view)
    assert (first.by, first.remarks, first.after) == ("Minh", "Dòng 02 chưa rõ sản phẩm", "draft")
    assert "Returned on" in approving.banner(desk.store, desk.view, lambda at: at)
    desk.submit()
    assert "submitted for approval on 22/11/2026 07:30 by Lan" in approving.banner(desk.store, desk.view, lambda at: at)


def test_a_decision_that_cannot_be_approves_nothing(desk):
    desk.submit()
    with pytest.raises(InputError, match="on its own date or later"):
        desk.approve(on=DAY - timedelta(1))
    assert not desk.versions() and desk.view.catalogue.status == "submitted"


# -- what was approved ----------------------------------------------------------------


def test_what_was_approved_is_read_again_whatever_came_later(desk):
    desk.submit()
    before = desk.view
    desk.approve()
    desk.do(approving.begin, Step.BEGIN_VERSION)
    desk.do(services.save, [Edit("i2", "task", ROWS["i2"]["task"], "Việc khác"), Delete("i3", 99)])
    then = approving.last_approved(desk.store, "xa")
    assert then.items["task"].tolist() == before.items["task"].tolist()
    assert approving.view_of(desk.store, desk.versions()[0]).table.equals(before.table)


def test_nothing_was_approved_last_before_the_first(desk):
    assert approving.last_approved(desk.store, "xa") is None
    assert approving.version_in_force(desk.store, "xa", DAY) is None


def test_a_supplement_adds_and_changes_and_takes_nothing_out(desk):
    desk.submit()
    desk.approve()
    desk.do(approving.begin, Step.BEGIN_SUPPLEMENT)
    desk.do(services.save, [Delete("i3", 99), Add(Item("i4", ROWS["i3"] | {"code": "04", "task": "Kiểm tra hồ sơ"}))])
    desk.waive()
    with pytest.raises(InputError, match="1 line of the version it rests on is gone: 03;"):
        desk.submit()
    desk.do(services.save, services.restore("i3"), label="restore")
    desk.waive()
    desk.submit()
    desk.approve("13-QĐ/ĐU", DAY + timedelta(30))
    first, second = desk.versions()
    assert (second.basis, second.kind) == (1, "supplement")
    assert len(approving.last_approved(desk.store, "xa").items) == 4
    in_force = [approving.version_in_force(desk.store, "xa", DAY + timedelta(n)) for n in (-1, 0, 29, 30)]
    assert in_force == [None, first, first, second]


def test_a_new_version_may_leave_lines_out(desk):
    desk.submit()
    desk.approve()
    desk.do(approving.begin, Step.BEGIN_VERSION)
    desk.do(services.save, [Delete("i3", 99)])
    assert desk.submit().batch


@pytest.mark.parametrize(("suffix", "begins"), [(".json", b"{"), (".xlsx", b"PK"), (".docx", b"PK")])
def test_a_version_is_exported_as_it_was_approved(desk, suffix, begins):
    desk.submit()
    desk.approve()
    desk.do(approving.begin, Step.BEGIN_VERSION)
    (version,) = desk.versions()
    before = approving.paper(desk.store, version, ".json")
    desk.do(services.save, [Edit("i2", "task", ROWS["i2"]["task"], "Việc khác")])
    assert approving.paper(desk.store, version, suffix).startswith(begins)
    assert approving.paper(desk.store, version, ".json") == before and "Việc khác".encode() not in before
    assert "Soạn nghị quyết chuyên đề".encode() in before and "12-QĐ/ĐU".encode() in before
    assert approving.paper_name(desk.store, version, suffix) == f"danh-muc-nam-2026-version-1-2026{suffix}"
    assert approval.digest(approving.content(desk.store, version).decode()) == version.hash


# -- the next year ----------------------------------------------------------------------


def test_the_next_year_begins_from_the_version_in_force(desk):
    desk.submit()
    desk.approve()
    desk.store.commit("xa", [Remark("i1", None, Said("c", "i1", "c", "Sao?", "Hoa", desk.at))], actor="Hoa", at=desk.at)
    begun = approving.start_next_year(desk.store, "xa", on=DAY, actor="Hoa", at=desk.at)
    assert (begun.name, begun.period, begun.body, begun.status) == ("Danh mục năm 2027", "2027", "Đảng ủy xã", "draft")
    reading = desk.store.reading(begun.id)
    columns = ["code", "task", "product", "tier", "points", "quantity", "standard_unit", "rationale"]
    assert reading.items[columns].to_numpy().tolist() == desk.view.items[columns].to_numpy().tolist()
    assert not set(reading.items.index) & set(ROWS)
    assert not reading.comments and not reading.decisions and not approving.versions(desk.store, begun.id)
    with pytest.raises(InputError, match="No version of this catalogue is in force on 21/11/2026"):
        approving.start_next_year(desk.store, "xa", on=DAY - timedelta(1), actor="Hoa", at=desk.at)


def test_two_works_stay_two_works_in_the_next_year(desk):
    key = appraising.Keys(desk.view.items).of_pair("i1", "i2")[1]
    told = Decision("i1", key, "near-duplicate", Ruling.DIFFERENT, "Hai việc", "Lan", desk.at, other="i2")
    desk.do(services.save, [Decide("i1", key, None, told)], label="decide")
    desk.submit()
    desk.approve()
    begun = approving.start_next_year(desk.store, "xa", on=DAY, actor="Hoa", at=desk.at)
    now = View(desk.store.reading(begun.id))
    assert list(now.told_apart) == [tuple(sorted(now.items.index[:2]))]
