"""From draft to approved as people do it: what stands against it, what is locked, what is read again, the next year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kpicat import approval, services
from kpicat.approval import Step
from kpicat.errors import InputError, Locked
from kpicat.exchange import Pointed, Read
from kpicat.exchange.clipboard import block
from kpicat.exchange.read_pasted import NO_HEADINGS, read_pasted
from kpicat.model import Add, Catalogue, Decide, Decision, Delete, Edit, Item, ReadReport, Remark, Ruling
from kpicat.model import Comment as Said
from kpicat.model.approvals import Approval
from kpicat.scenario import Scenario
from kpicat.services import (
    View,
    appraising,
    approving,
    balloting,
    bulk,
    capacity,
    pasting,
    removing,
    scenarios,
    tiering,
)

pytestmark = pytest.mark.usefixtures("in_english")

DAY = date(2026, 11, 22)
ROWS = {
    "i1": {"code": "01", "task": "Tiếp công dân định kỳ", "product": "Sổ tiếp công dân", "tier": 1,
           "points": Decimal(100), "quantity": Decimal(24), "standard_unit": True, "rationale": "Lặp lại hằng tháng"},
    "i2": {"code": "02", "task": "Soạn nghị quyết chuyên đề", "product": "Nghị quyết", "tier": 3,
           "points": Decimal(150), "quantity": Decimal(2)},
    "i3": {"code": "03", "task": "Tập huấn nghiệp vụ", "product": "Lớp tập huấn", "tier": 2, "points": Decimal(120)},
}  # fmt: skip


class Desk:
    """The catalogue "xa" of three lines; what still has to be put right is waived."""

    def __init__(self, store, at):
        self.store, self.at = store, at
        about = Catalogue("xa", "Danh mục năm 2026", body="Đảng ủy xã", period="2026")
        store.create(about, actor="Lan", at=at, items=[Item(item_id, row) for item_id, row in ROWS.items()])
        self.waive()

    @property
    def view(self):
        return View(self.store.reading("xa"))

    def do(self, gesture, *args, actor="Lan", **options):
        return gesture(self.store, self.view, *args, actor=actor, at=self.at, **options)

    def waive(self):
        writes = appraising.waive(self.view, self.view.open_findings, "Đã báo cáo", actor="Lan", at=self.at)
        self.do(services.save, writes, label="decide")

    def submit(self):
        return self.do(approving.submit)

    def approve(self, number="12-QĐ/ĐU", on=DAY):
        return self.do(approving.approve, Approval(number, DAY, on, "Minh"), actor="Minh")

    def versions(self):
        return approving.versions(self.store, "xa")


@pytest.fixture
def desk(store, at):
    return Desk(store, at)


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


# -- locked ------------------------------------------------------------------------


def by_typing(desk):
    view = desk.view
    return lambda: services.save_tied(
        desk.store, view, services.row_edits(view, "i2", {"tier": 4}), actor="Hoa", at=desk.at
    )


def by_bulk(planned):
    def prepared(desk):
        view = desk.view
        wanted = planned(view)
        return lambda: bulk.carry_out(desk.store, view, wanted, actor="Hoa", at=desk.at)

    return prepared


def by_undo(desk):
    done = desk.do(services.save, [Edit("i2", "note", "", "x")], actor="Hoa")
    return lambda: services.undo(desk.store, desk.view, done.batch, actor="Hoa", at=desk.at)


def by_scenario(desk):
    kept = scenarios.begin(desk.store, desk.view, Scenario(tiers={"i2": 4}), name="Nặng hơn", actor="Hoa", at=desk.at)
    view = desk.view
    adoption = scenarios.look(desk.store, view, kept)
    return lambda: scenarios.adopt(desk.store, view, adoption, actor="Hoa", at=desk.at)


def by_waiving(desk):
    view, found = desk.view, appraising.waived(desk.view)[0]
    writes = appraising.withdraw([found.decision])
    return lambda: services.save(desk.store, view, writes, actor="Hoa", at=desk.at, label="decide")


def by_adopting_votes(desk):
    opened = desk.store.ballots.open("xa", actor="Khanh", at=desk.at)
    balloting.ask(desk.store, desk.view, opened.key, ["i2"], actor="Khanh", at=desk.at)
    question = desk.store.ballots.board(opened.meeting.id).questions[-1]
    for n in range(3):
        token = balloting.join(desk.store, balloting.Tries(), opened.code, f"Ủy viên {n}", address="họp", at=desk.at)
        balloting.vote(desk.store, desk.view.guidance, token, question, 4, reason="", at=desk.at)
    desk.store.ballots.reveal(opened.key, {question.id: 1})
    view, board, tiers = desk.view, desk.store.ballots.board(opened.meeting.id), {question.id: 4}
    planned = balloting.plan(view, board, tiers)
    return lambda: balloting.adopt(desk.store, view, board, tiers, planned, key=opened.key, actor="Hoa", at=desk.at)


def by_importing(mode):
    def prepared(desk):
        view = desk.view
        read = Read([Item("r1", {"code": "02", "task": "Soạn nghị quyết khác"})], ReadReport("tệp.xlsx"))
        writes = services.plan(view, read, mode).writes
        return lambda: bulk.save_whole(desk.store, view, writes, actor="Hoa", at=desk.at, label="import")

    return prepared


def by_pasting(ids):
    def prepared(desk):
        view = desk.view
        copied = read_pasted(block("Ghi chú mới\n"), view.guidance, pointed=Pointed(NO_HEADINGS, {0: "task"}))
        planned = pasting.lay_over(view, copied, ids) if ids else pasting.append(view, copied)
        assert planned.writes
        return lambda: services.save_tied(desk.store, view, planned.writes, actor="Hoa", at=desk.at, label="paste")

    return prepared


def plain(gesture, *args):
    def prepared(desk):
        view = desk.view
        return lambda: gesture(desk.store, view, *args, actor="Hoa", at=desk.at)

    return prepared


WAYS = {
    "typing": by_typing,
    "adding": plain(services.save, [Add(Item("i9", {"task": "Họp"}))]),
    "deleting": plain(services.save, [Delete("i3", 99)]),
    "many at once": by_bulk(lambda view: bulk.set_field(view, ["i1", "i2"], "note", "x")),
    "another standard unit": by_bulk(lambda view: tiering.choose(view, "i2")),
    "marks by criteria": plain(tiering.mark, "i2", "progress", Decimal(2)),
    "undo": by_undo,
    "a scenario": by_scenario,
    "a decision taken back": by_waiving,
    "adopting votes": by_adopting_votes,
    **{f"a file, {mode}": by_importing(mode) for mode in services.Mode},
    "pasting": by_pasting([]),
    "pasting over lines": by_pasting(["i2", "i3"]),
    "settings": plain(services.change_settings, {"period": "2027"}),
    "capacity": plain(capacity.say, [capacity.Wanted("a_month", "12")]),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_into_what_is_locked_and_the_sentence_is_one(desk, way):
    prepared = WAYS[way](desk)
    desk.submit()
    head, said = desk.store.head("xa"), set()
    for _state in ("submitted", "approved"):
        with pytest.raises(Locked) as refused:
            prepared()
        said.add(str(refused.value))
        assert desk.store.head("xa") == head
        if _state == "submitted":
            desk.approve()
            head, frozen = desk.store.head("xa"), desk.versions()
    assert said == {
        "Lan submitted the catalogue for approval, so nothing can be changed; have it returned first.",
        "The catalogue is approved (Minh), so nothing can be changed; begin a supplement or a new version first.",
    }
    assert desk.versions() == frozen
    assert approval.digest(desk.store.approvals.content(frozen[0])) == frozen[0].hash


def test_what_waits_for_the_lock_is_written_once_it_is_returned(desk):
    prepared = by_typing(desk)
    desk.submit()
    with pytest.raises(Locked):
        prepared()
    desk.do(approving.return_, "Sửa", actor="Minh")
    assert prepared().batch


def test_undo_and_redo_offer_nothing_that_is_locked_or_was_approved(desk):
    done = desk.do(services.save, [Edit("i2", "note", "", "x")], actor="Hoa")
    assert services.steps_back(desk.store, desk.view, "Hoa").undo.id == done.batch
    desk.submit()
    assert services.steps_back(desk.store, desk.view, "Hoa").undo is None
    desk.approve()
    desk.do(approving.begin, Step.BEGIN_VERSION, actor="Hoa")
    assert services.steps_back(desk.store, desk.view, "Hoa").undo is None
    again = desk.do(services.save, [Edit("i2", "note", "x", "y")], actor="Hoa")
    assert services.steps_back(desk.store, desk.view, "Hoa").undo.id == again.batch


def test_an_approved_catalogue_goes_off_the_shelf_and_its_versions_stay(desk):
    desk.submit()
    desk.approve()
    removing.remove(desk.store, desk.view.catalogue, actor="Lan", at=desk.at)
    assert "xa" not in {each.id for each in services.shelf(desk.store)}
    assert approving.version_in_force(desk.store, "xa", DAY).number == 1
    (off,) = removing.removed(desk.store)
    removing.put_back(desk.store, off, actor="Lan", at=desk.at)
    assert desk.view.catalogue.status == "approved" and desk.view.catalogue.removed == ""


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
