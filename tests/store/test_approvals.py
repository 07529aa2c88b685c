"""What is before the authority, or approved, stands as it is, on either database, whoever tries to change it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from kpicat import approval
from kpicat.approval import MOVES, State, Step
from kpicat.approval.steps import ON_THE_WAY
from kpicat.errors import InputError, Locked, StoreError
from kpicat.guidance import get
from kpicat.model import (
    CATALOGUE,
    CATALOGUE_FIELDS,
    Add,
    Catalogue,
    Comment,
    Decide,
    Decision,
    Delete,
    Edit,
    Item,
    Remark,
    Restore,
    Ruling,
)
from kpicat.model.approvals import Approval, VersionKind
from kpicat.store import backup, examine, open_store, restore

pytestmark = pytest.mark.usefixtures("in_english")

DECISION = Approval("12-QĐ/ĐU", date(2026, 11, 22), date(2026, 12, 1), "Minh")


@pytest.fixture
def desk(store, catalogue, at):
    """The catalogue of three lines, and what people do with it."""
    return Desk(store, at)


class Desk:
    def __init__(self, store, at):
        self.store, self.at = store, at

    def take(self, step, *, seen=None, actor="Minh", number="12-QĐ/ĐU"):
        seen = seen or self.store.standing("xa")
        if step is not Step.APPROVE:
            return self.store.approvals.take("xa", step, seen=seen, remarks="Sửa dòng 2" if step is Step.RETURN else "",
                                             actor=actor, at=self.at)  # fmt: skip
        reading = self.store.reading("xa")
        content = approval.freeze(reading, get(reading.catalogue.guidance))
        decision = Approval(number, DECISION.decided_on, DECISION.effective_on, "Minh")
        return self.store.approvals.approve("xa", decision, content, seen=seen, actor=actor, at=self.at)

    def to(self, state):
        for step in (Step.SUBMIT, Step.APPROVE)[: [*State].index(state)]:
            assert self.take(step).batch

    def commit(self, *writes, **options):
        return self.store.commit("xa", writes, actor="Lan", at=self.at, **options)

    @property
    def status(self):
        return self.store.catalogue("xa").status

    def frozen(self):
        return [(version, self.store.approvals.content(version)) for version in self.store.approvals.of("xa")]


def waiver(item_id, at):
    return Decision(item_id, "k", "vague-task", Ruling.WAIVED, "Có lý do", "Lan", at)


def remark(at):
    return Remark("one", None, Comment("c", "one", "c", "Sao lại thế?", "Lan", at))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_a_step_is_taken_where_the_table_says_so_and_nowhere_else(desk, step, state):
    desk.to(state)
    outcome = desk.take(step, actor="Hoa")
    before, after = MOVES[step]
    if state is before:
        assert outcome.batch and desk.status == after
        assert desk.store.batch("xa", outcome.batch).label == step
    else:
        assert outcome.batch is None and desk.status == state
        assert [met.field for met in outcome.conflicts] == ["status"]


SEEN = {"name": "Danh mục của xã", "guidance": "phu_luc_3", "body": "Đảng ủy xã", "period": "2026"}
OWN = [name for name in CATALOGUE_FIELDS if name not in (*ON_THE_WAY, "removed", "form")]


def writes(at):
    """One of every kind, each of which could be written while the catalogue is a draft."""
    return [
        Edit("one", "note", "", "x"),
        Edit("one", "place", "0000000001", "0000000003V"),
        Edit("one", "criteria", "", '{"progress":2}'),
        Add(Item("four", {"task": "Họp"})),
        Delete("two", 99),
        Restore("three"),
        Decide("one", "k", None, waiver("one", at)),
        Decide(CATALOGUE, "k", None, waiver(CATALOGUE, at)),
        *(Edit(CATALOGUE, name, SEEN.get(name, ""), "khac") for name in OWN),
    ]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_nothing_is_written_while_it_is_locked(desk, state):
    desk.commit(Delete("three", 99))
    desk.to(state)
    head, frozen = desk.store.head("xa"), desk.frozen()
    for write in writes(desk.at):
        for whole in (False, True):
            with pytest.raises(Locked, match="Minh"):
                desk.commit(write, whole=whole)
    with pytest.raises(Locked):
        desk.commit(remark(desk.at), *writes(desk.at))
    assert (desk.store.head("xa"), desk.frozen()) == (head, frozen)


def test_the_same_is_written_into_a_draft(desk):
    desk.commit(Delete("three", 99))
    assert all(desk.commit(write).batch for write in writes(desk.at))


@pytest.mark.parametrize("state", State)
def test_comments_and_the_shelf_are_open_in_every_state(desk, state):
    desk.to(state)
    assert desk.commit(remark(desk.at)).batch
    assert desk.commit(Edit(CATALOGUE, "removed", "", "1")).batch and desk.status == state
    assert list(desk.store.reading("xa").comments)


@pytest.mark.parametrize("field", ["status", "amends", "remarks", "approved"])
@pytest.mark.parametrize("state", State)
def test_nobody_writes_where_it_stands_but_by_a_step(desk, state, field):
    desk.to(state)
    now = getattr(desk.store.catalogue("xa"), field)
    with pytest.raises(InputError, match="not undone"):
        desk.commit(Edit(CATALOGUE, field, now, "draft" if now != "draft" else "approved"))


def test_what_stands_there_already_is_no_change_and_is_not_refused(desk):
    desk.to(State.APPROVED)
    assert desk.commit(Edit("two", "tier", 2, 2), Edit("one", "tier", 5, 1)).batch is None


def test_who_typed_over_an_older_value_is_told_of_the_lock_and_not_asked(desk):
    desk.commit(Edit("two", "tier", 2, 3))
    desk.to(State.SUBMITTED)
    with pytest.raises(Locked):
        desk.commit(Edit("two", "tier", 2, 4))


# -- undo --------------------------------------------------------------------------


def test_nothing_of_what_was_approved_is_undone_later_either(desk):
    done = desk.commit(Edit("one", "note", "", "x"))
    back = desk.store.undo("xa", done.batch, actor="Lan", at=desk.at)
    desk.to(State.APPROVED)
    desk.take(Step.BEGIN_VERSION)
    for batch in (done.batch, back.batch):
        with pytest.raises(InputError, match="approved is not undone"):
            desk.store.undo("xa", batch, actor="Lan", at=desk.at)
    since = desk.commit(Edit("one", "note", "", "y"))
    assert desk.store.undo("xa", since.batch, actor="Lan", at=desk.at).batch


@pytest.mark.parametrize("steps", [[Step.SUBMIT], [Step.SUBMIT, Step.RETURN], [Step.SUBMIT, Step.APPROVE],
                                   [Step.SUBMIT, Step.APPROVE, Step.BEGIN_SUPPLEMENT]])  # fmt: skip
def test_no_step_is_undone(desk, steps):
    *_, last = [desk.take(step) for step in steps]
    with pytest.raises(InputError, match="not undone"):
        desk.store.undo("xa", last.batch, actor="Minh", at=desk.at)
    assert desk.status == MOVES[steps[-1]][1]


# -- who was first -------------------------------------------------------------------


@pytest.mark.parametrize("second", [Step.APPROVE, Step.RETURN])
@pytest.mark.parametrize("first", [Step.APPROVE, Step.RETURN])
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(desk, first, second):
    desk.to(State.SUBMITTED)
    seen, start, said = desk.store.standing("xa"), threading.Barrier(2), {}

    def decide(who, step):
        start.wait()
        said[who] = desk.take(step, seen=seen, actor=who)

    hands = [threading.Thread(target=decide, args=each) for each in (("Minh", first), ("Hoa", second))]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    (winner,) = (who for who, outcome in said.items() if outcome.batch)
    (loser,) = said.keys() - {winner}
    assert [met.by for met in said[loser].conflicts] == [winner]
    assert len(desk.frozen()) == ({"Minh": first, "Hoa": second}[winner] is Step.APPROVE)


def test_who_decides_on_what_was_changed_meanwhile_is_told(desk):
    seen = desk.store.standing("xa")
    desk.commit(Edit("one", "note", "", "x"))
    outcome = desk.take(Step.SUBMIT, seen=seen)
    assert outcome.batch is None and outcome.conflicts[0].by == "Lan" and desk.status == State.DRAFT


def test_who_approves_what_was_returned_and_submitted_anew_is_told(desk):
    desk.to(State.SUBMITTED)
    seen = desk.store.standing("xa")
    desk.take(Step.RETURN, actor="Hoa")
    desk.take(Step.SUBMIT, actor="Hoa")
    assert desk.take(Step.APPROVE, seen=seen).conflicts and not desk.frozen()


def test_a_comment_made_meanwhile_stands_in_nobodys_way(desk):
    desk.to(State.SUBMITTED)
    seen = desk.store.standing("xa")
    desk.commit(remark(desk.at))
    assert desk.take(Step.APPROVE, seen=seen).batch


# -- versions --------------------------------------------------------------------------


def test_versions_follow_each_other_and_a_supplement_names_its_basis(desk, url):
    desk.to(State.APPROVED)
    desk.take(Step.BEGIN_SUPPLEMENT)
    assert desk.store.catalogue("xa").amends == "1"
    desk.commit(Add(Item("four", {"task": "Họp"})))
    desk.take(Step.SUBMIT)
    desk.take(Step.APPROVE, number="13-QĐ/ĐU")
    desk.take(Step.BEGIN_VERSION)
    desk.take(Step.SUBMIT)
    desk.take(Step.APPROVE, number="14-QĐ/ĐU")
    found = desk.store.approvals.of("xa")
    assert [(v.number, v.kind, v.basis) for v in found] == [
        (1, VersionKind.FULL, None), (2, VersionKind.SUPPLEMENT, 1), (3, VersionKind.FULL, None),
    ]  # fmt: skip
    sizes = [len(approval.thaw(content)[0].items) for _version, content in desk.frozen()]
    assert sizes == [3, 4, 4]
    assert list(examine(url)) == []


def test_remarks_are_kept_with_who_gave_them(desk):
    desk.to(State.SUBMITTED)
    desk.take(Step.RETURN, actor="Hoa")
    assert desk.store.catalogue("xa").remarks == "Sửa dòng 2"
    desk.take(Step.SUBMIT)
    assert desk.store.catalogue("xa").remarks == ""
    said = [change for change in desk.store.approvals.steps("xa") if change.field == "remarks" and change.new]
    assert [(change.new, change.actor) for change in said] == [("Sửa dòng 2", "Hoa")]


OTHERS = (
    "kind, basis, seq, hash, content, decision_number, decided_on, effective_on, signatory, approved_by, approved_at"
)
ROW = f"SELECT catalogue_id, {{number}}, '{{id}}', {OTHERS} FROM version"
FORBIDDEN = [
    "UPDATE version SET signatory = 'x'",
    "UPDATE version SET content = content",
    "DELETE FROM version",
    "DELETE FROM version WHERE number = 1",
    *(f"INSERT INTO version {ROW.format(number=number, id='x')}" for number in (0, 1, 3)),
]
ON_POSTGRES = [
    "TRUNCATE version",
    "TRUNCATE version CASCADE",
    "SET session_replication_role = replica; DELETE FROM version",
]
REFUSED = {"TRUNCATE version": "referenced in a foreign key constraint"}  # before any trigger is asked; CASCADE is not
ON_SQLITE = [f"INSERT OR REPLACE INTO version {ROW.format(number=n, id=id)}" for n, id in ((1, "x"), (2, "{id}"))]


def test_the_database_itself_refuses_to_change_a_version(desk, url, kind):
    desk.to(State.APPROVED)
    ((version, content),) = desk.frozen()
    for statement in [*FORBIDDEN, *(ON_SQLITE if kind == "sqlite" else ON_POSTGRES)]:
        with pytest.raises(DBAPIError, match=REFUSED.get(statement, r"never changed|number after the last")):
            run(url, statement.replace("{id}", version.id))
    assert desk.frozen() == [(version, content)]


def test_the_next_number_is_taken_by_plain_sql_too(desk, url):
    desk.to(State.APPROVED)
    run(url, f"INSERT INTO version {ROW.format(number=2, id='x')}")
    assert [version.number for version in desk.store.approvals.of("xa")] == [1, 2]


def run(url, statement):
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            for each in statement.split("; "):
                connection.execute(text(each))
    finally:
        engine.dispose()


# -- backups and proofs -----------------------------------------------------------------


def unguard(url):
    names = {"sqlite": ["version_unchanged", "version_kept", "version_next"],
             "postgresql": ["version_kept", "version_next"]}[make_url(url).get_backend_name()]  # fmt: skip
    for name in names:
        run(url, f"DROP TRIGGER {name}" + (" ON version" if "postgres" in url else ""))


SPOILED = {
    "UPDATE version SET content = replace(content, 'Danh', 'danh')": "the content of version 1 is not that of its hash",
    "UPDATE version SET signatory = 'x'": "version 1 is not what the log says was approved",
    "UPDATE version SET effective_on = '2026-01-01'": "version 1 is not what the log says was approved",
    "UPDATE version SET hash = 'x'": "version 1 is not what the log says was approved",
    "DELETE FROM version": "the version that change 6 approved is missing",
}


@pytest.mark.parametrize("statement", SPOILED)
def test_fsck_finds_what_was_changed_behind_the_triggers(desk, url, statement):
    desk.to(State.APPROVED)
    assert list(examine(url)) == []
    unguard(url)
    run(url, statement)
    found = "\n".join(examine(url))
    assert SPOILED[statement] in found and "which keeps approved versions as they are, is missing" in found


def test_fsck_finds_a_log_that_leads_elsewhere(desk, url):
    desk.to(State.APPROVED)
    run(url, "UPDATE change SET new = replace(new, 'Tiếp', 'Đón') WHERE seq = 1")
    run(url, "UPDATE item SET task = replace(task, 'Tiếp', 'Đón')")
    assert any("the log does not lead to the content of version 1" in sentence for sentence in examine(url))


def test_a_version_that_is_not_that_of_its_hash_is_not_read(desk, url):
    desk.to(State.APPROVED)
    (version,) = desk.store.approvals.of("xa")
    unguard(url)
    run(url, "UPDATE version SET content = replace(content, 'Danh', 'danh')")
    with pytest.raises(StoreError, match="Version 1 is not what was approved"):
        desk.store.approvals.content(version)


def test_versions_go_with_a_backup_into_either_database_and_are_guarded_there(desk, url, new_url, tmp_path, kind):
    desk.to(State.APPROVED)
    before, file = desk.frozen(), tmp_path / "kpicat.db"
    backup(url, file)
    for target in (url, new_url("sqlite"), new_url(kind)):
        open_store(target).close()
        restore(target, file)
        there = open_store(target)
        assert [(version, there.approvals.content(version)) for version in there.approvals.of("xa")] == before
        assert list(examine(target)) == []
        with pytest.raises(DBAPIError, match="never changed"):
            run(target, "DELETE FROM version")
        there.close()


def test_a_backup_whose_version_was_changed_is_refused(desk, url, new_url, tmp_path):
    desk.to(State.APPROVED)
    file, target = tmp_path / "kpicat.db", new_url("sqlite")
    backup(url, file)
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("DROP TRIGGER version_unchanged")
        opened.execute("UPDATE version SET content = replace(content, 'Danh', 'danh')")
    with pytest.raises(InputError, match="not a whole backup"):
        restore(target, file)


def test_a_restore_loses_nothing_that_was_approved_here(desk, url, tmp_path):
    file = tmp_path / "kpicat.db"
    backup(url, file)
    desk.to(State.APPROVED)
    before = desk.frozen()
    with pytest.raises(InputError, match="Version 1 of “Danh mục của xã” was approved here"):
        restore(url, file)
    assert desk.frozen() == before and list(examine(url)) == []


def test_a_catalogue_begins_as_a_draft(store, at):
    with pytest.raises(ValueError, match="begins as a draft"):
        store.create(Catalogue("moi", "Mới", status="approved"), actor="Lan", at=at)
