"""The store as it is handed to somebody: nothing without a rule, nothing of another catalogue, nothing silent."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from kpicat.access import TABLE, Act, Forbidden, Role, Who, act_words, allowed, require, role_words
from kpicat.approval import Step
from kpicat.errors import Locked
from kpicat.model import CATALOGUE, Catalogue, Edit, Present, Standing
from kpicat.model.approvals import Approval, Version, VersionKind
from kpicat.model.scenarios import SavedScenario
from kpicat.services import access
from kpicat.store import Guarded, Store, needs
from kpicat.store.accounts import Accounts
from kpicat.store.approvals import Approvals
from kpicat.store.ballots import Ballots
from kpicat.store.guarded import public_methods
from kpicat.store.published import Published
from kpicat.store.scenarios import Scenarios
from kpicat.store.tokens import Tokens
from tests.access.stage import AT, DAY

pytestmark = pytest.mark.usefixtures("in_english")

FACES = {
    Store: needs.STORE,
    Accounts: needs.ACCOUNTS,
    Approvals: needs.APPROVALS,
    Ballots: needs.BALLOTS,
    Scenarios: needs.SCENARIOS,
    Published: needs.PUBLISHED,
    Tokens: needs.TOKENS,
}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.__name__)
def test_every_public_method_of_the_store_says_what_it_needs(face):
    """Whoever adds a method adds its rule to kpicat/store/needs.py; until then it is refused to everybody."""
    assert set(public_methods(face)) == set(FACES[face])


def test_a_store_has_no_other_face():
    guarded, plain = Guarded.__dict__, vars(Store)
    assert {name for name in plain if inspect.isfunction(plain[name]) and not name.startswith("_")} <= set(guarded)
    assert not [name for name, value in inspect.getmembers(Store) if isinstance(value, property)]


def test_a_method_without_a_rule_is_refused_to_everybody(stages, monkeypatch):
    class Wider(Ballots):
        def everything(self) -> str:
            return "all votes"

    from kpicat.store.guarded import _guarding

    @_guarding(needs.BALLOTS)
    class Guarded(Wider):
        def __init__(self, database, door):
            super().__init__(database)
            self._door = door

    on = stages["d"]
    wider = Guarded(on.database, on.as_("h").store._door)
    with on.database.trying(), pytest.raises(Forbidden):
        wider.everything()


# -- the table ---------------------------------------------------------------


def test_every_act_has_a_row_with_its_reason_and_words():
    assert set(TABLE) == set(Act)
    assert all(row.why.endswith(".") and len(row.why) > 30 for row in TABLE.values())
    assert len({act_words(act) for act in Act} | {role_words(role) for role in Role}) == len(Act) + len(Role)


def test_the_documentation_has_the_table_as_it_is():
    text = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", text.split("| act | who | why |")[1], re.MULTILINE))
    assert rows == {act.value: holders(act) for act in Act}


def holders(act: Act) -> str:
    row = TABLE[act]
    who = ["everybody with an account"] if row.account else ["every role"] if row.roles == set(Role) else []
    return ", ".join([*(who or [role.value for role in Role if role in row.roles]), *["admin"] * row.admin])


def test_a_refusal_says_which_role_it_takes():
    who = Who("An", "1", roles={"xa": Role.EDITOR})
    with pytest.raises(Forbidden) as refused:
        require(who, Act.APPROVE, "xa")
    assert str(refused.value) == "To approve this catalogue one must be approver; An is editor."
    with pytest.raises(Forbidden, match=r"one must be chair or administrator of the installation; An is without"):
        require(who, Act.MANAGE_MEMBERS, "other")
    with pytest.raises(Forbidden, match="one must sign in first"):
        require(Who.nobody(), Act.READ, "xa")


def test_a_role_in_one_catalogue_or_a_code_is_nothing_anywhere_else():
    chair, voter = Who("An", "1", roles={"xa": Role.CHAIR}), Who.voter("Hoa", "m1")
    assert not any(allowed(chair, act, "other") for act in Act if not TABLE[act].account)
    assert not any(allowed(voter, act, id) for act in Act for id in ("xa", "m1", None))
    assert not any(allowed(Who("a", admin=True), act, "xa") for act in Act), "an admin is one by an account"
    assert [act for act in Act if not allowed(Who.anybody("Khách"), act, "xa")] == [Act.MANAGE_INSTALLATION]


# -- another catalogue's id in every method ----------------------------------

VERSION = Version("v", "xa", 1, VersionKind.FULL, None, 3, "0" * 64, "12", DAY, DAY, "Minh", "Minh", AT)
SCENARIO = SavedScenario("new", "xa", "Tên", "", "{}", "Người o", 0, 1, "Người o", AT)
GIVEN = {
    "id": "xa", "catalogue_id": "xa", "item_id": "i1", "at": AT, "actor": "Người o", "batch": "b", "label": "edit",
    "writes": [Edit("i3", "note", "xem lại", "x")], "step": Step.SUBMIT, "seen": Standing(0, ""), "version": VERSION,
    "approval": Approval("1", DAY, DAY, "M"), "content": "{}", "wanted": SCENARIO, "person": "Người o",
    "comment_ids": ["s1"], "fields": ["tier"], "until": 9, "items": {}, "rounds": {}, "tiers": {}, "question_id": "q",
    "round": 1, "voter_id": "v", "here": [Present("p", "xa", "Người o", "edit", "", AT, "s")], "gone": [],
    "forget": AT, "name": "tickets",
}  # fmt: skip
BY_FILTER = {"catalogues", "counts", "heads", "presence", "chaired"}
BY_SECRET = {"join", "cast", "seat", "own"}  # tried below, and in tests of ballots
OF_NO_CATALOGUE = {"remembered", "remember", "create"}


def faces(store):
    return {Store: store, Approvals: store.approvals, Ballots: store.ballots, Scenarios: store.scenarios}


def given(method, there):
    mine = GIVEN | {"key": there.key, "meeting_id": there.meeting, "batch": there.batch}
    if "scenario" in method.__qualname__.lower():
        mine |= {"id": there.scenario.id, "version": 1}
    asked = inspect.signature(method).parameters.values()
    return {each.name: mine[each.name] for each in asked if each.default is each.empty and each.name != "self"}


@pytest.mark.parametrize("letter", "odmn")
def test_every_method_refuses_a_catalogue_in_which_somebody_has_no_role(stages, letter):
    on = stages["d"]
    my = on.as_(letter)
    for face, methods in faces(my.store).items():
        for name, method in public_methods(face).items():
            if name in BY_FILTER | BY_SECRET | OF_NO_CATALOGUE or (letter == "m" and name in ("pulse", "board")):
                continue
            call = given(method, my)
            if (face, name) == (Scenarios, "versions"):
                call = {"catalogue_id": "xa"}
            if (face, name) == (Scenarios, "of"):
                call = {"catalogue_id": "xa"}
            with on.database.trying(), pytest.raises(Forbidden):
                getattr(methods, name)(**call)


def test_lists_hold_what_somebody_may_read_and_nothing_else(stages):
    on = stages["d"]
    seen = {}
    with on.database.trying():
        for letter in "vodmnt":
            my = on.as_(letter)
            ids = {each.id for each in my.store.catalogues()}
            assert set(my.store.counts()) == set(my.store.heads(["xa", "other"])) == ids
            seen[letter] = ids
    none = set()
    assert seen == {"v": {"xa"}, "o": {"other"}, "d": none, "m": none, "n": none, "t": {"xa", "other"}}


def test_presence_is_told_of_catalogues_one_may_read(stages):
    on = stages["d"]
    with on.database.trying():
        on.plain.present([GIVEN["here"][0]], [], forget=AT)
        found = {letter: len(on.as_(letter).store.presence(["xa", "other"], since=AT)) for letter in "vo"}
    assert found == {"v": 1, "o": 0}


def test_a_scenario_is_not_overwritten_by_one_of_another_catalogue_under_its_id(stages):
    on = stages["d"]
    my = on.as_("o")
    theirs = SavedScenario(my.scenario.id, "other", "Của tôi", "", "{}", "Người o", 0, 2, "Người o", AT)
    with on.database.trying():
        with pytest.raises(Forbidden):
            my.store.scenarios.put(theirs)
        assert on.plain.scenarios.one(my.scenario.id) == my.scenario


def test_a_new_catalogue_under_the_id_of_anothers_makes_nobody_its_chair(stages):
    on = stages["d"]
    my = on.as_("o")
    with on.database.trying():
        with pytest.raises(Forbidden):
            my.store.create(Catalogue("xa", "Của tôi"), actor="x", at=AT)
        assert on.plain.accounts.roles(my.who.account) == {"other": Role.CHAIR}
        assert on.plain.catalogue("xa").name == "Danh mục năm 2026"


def test_a_key_chairs_nothing_for_who_lost_the_role(stages):
    on = stages["d"]
    with on.database.trying():
        assert on.as_("h").store.ballots.chaired(on.there.key).catalogue_id == "xa"
        assert on.as_("e").store.ballots.chaired(on.there.key) is None
        assert on.as_("n").store.ballots.seat(on.there.token)[1].name == "Hoa"


def test_a_code_votes_in_its_meeting_and_sees_no_other(stages):
    on = stages["d"]
    who = Who.voter("Hoa", "another meeting")
    store = Guarded(on.plain, lambda: who, now=lambda: AT)
    with on.database.trying(), pytest.raises(Forbidden, match="the code of this very meeting"):
        store.ballots.board(on.there.meeting)


def test_a_token_seats_while_the_meeting_lasts(stages):
    on = stages["d"]
    with on.database.trying():
        assert access.seated(on.plain, on.there.token) == Who.voter("Hoa", on.there.meeting)
        assert access.seated(on.plain, "forged") == Who.nobody()
        on.plain.ballots.end(on.there.meeting, at=AT)
        assert access.seated(on.plain, on.there.token) == Who.nobody()


# -- what the logs say -------------------------------------------------------


def test_the_log_names_who_is_signed_in_whatever_a_page_says(stages):
    on = stages["d"]
    with on.database.trying():
        on.as_("e").store.commit("xa", [Edit("i3", "note", "xem lại", "x")], actor="Người h", at=AT)
        assert on.plain.batches("xa", limit=1)[0].actor == "Người e"


def test_refusals_are_logged_once_a_minute_each(stages):
    on = stages["d"]
    with on.database.trying():
        my = on.as_("o")
        for _n in range(5):
            for gesture in (my.store.reading, my.store.head):
                with pytest.raises(Forbidden):
                    gesture("xa")
        with pytest.raises(Forbidden):
            my.store.approvals.take("xa", Step.SUBMIT, seen=Standing(0, ""), actor="x", at=AT)
        logged = on.plain.accounts.entries("xa", limit=10, before=None)
        told = sorted((each.who, each.detail) for each in logged if not each.ok)
    assert told == [("Người o", "read"), ("Người o", "submit")]


def test_a_role_is_asked_for_at_every_call(stages):
    on = stages["d"]
    now = [on.people["e"]]
    store = Guarded(on.plain, lambda: now[0], now=lambda: AT)
    edit = [Edit("i3", "note", "xem lại", "x")]
    with on.database.trying():
        assert store.commit("xa", edit, actor="x", at=AT).batch
        now[0] = on.people["v"]
        with pytest.raises(Forbidden):
            store.commit("xa", edit, actor="x", at=AT)
        assert store.reading("xa")


def test_what_is_locked_is_locked_for_who_may_and_refused_to_who_may_not(stages):
    on = stages["s"]
    edit = [Edit("i3", "note", "xem lại", "x")]
    with on.database.trying():
        with pytest.raises(Locked):
            on.as_("e").store.commit("xa", edit, actor="x", at=AT)
        with pytest.raises(Forbidden):
            on.as_("p").store.commit("xa", edit, actor="x", at=AT)


@pytest.mark.parametrize("name", ["status", "approved", "amends", "remarks"])
def test_nobody_writes_a_step_as_an_edit(stages, name):
    on = stages["d"]
    for letter in "vceap":
        with on.database.trying(), pytest.raises(Forbidden):
            on.as_(letter).store.commit("xa", [Edit(CATALOGUE, name, "", "approved")], actor="x", at=AT)
