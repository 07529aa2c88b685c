"""What was submitted or approved is locked: no way that people have leads into it, and it waits for nobody in vain."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat import approval, services
from kpicat.approval import Step
from kpicat.errors import Locked
from kpicat.exchange import Pointed, Read
from kpicat.exchange.clipboard import block
from kpicat.exchange.read_pasted import NO_HEADINGS, read_pasted
from kpicat.model import Add, Delete, Edit, Item, ReadReport
from kpicat.scenario import Scenario
from kpicat.services import (
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
from tests.services.desk import DAY, Desk

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def desk(store, at):
    opened = Desk(store, at)
    opened.waive()
    return opened


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
