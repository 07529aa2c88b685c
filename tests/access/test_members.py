"""Who is what in a catalogue, invitations, and the log of all that, on both databases."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy.exc import DBAPIError

from kpicat.access import Forbidden, Role, Who
from kpicat.errors import InputError, UnknownCatalogue
from kpicat.model import Catalogue
from kpicat.services import access
from kpicat.services.access import Entry
from kpicat.store import Guarded, backup, examine, open_store, restore
from tests.access.conftest import WORDS, logged

pytestmark = pytest.mark.usefixtures("in_english")


def roles(store, id="xa"):
    return {each.name: each.role for each in store.accounts.members(id)}


def test_whoever_begins_a_catalogue_is_its_chair_and_works_on_within_the_same_gesture(store, mine, as_):
    assert roles(store) == {"An": Role.CHAIR}
    assert mine.reading("xa").catalogue.name == "Danh mục của xã"
    assert [(each.who, each.act) for each in logged(store, catalogue_id="xa")] == [("An", "grant")]


def test_the_last_chair_stays_until_there_is_another(store, mine, as_, at):
    as_("Bình")
    for take in (
        lambda: access.revoke(store, as_("An"), "xa", "An", at=at),
        lambda: access.grant(store, as_("An"), "xa", "An", Role.EDITOR, at=at),
        lambda: access.grant(store, access.CONSOLE, "xa", "An", Role.VIEWER, at=at),
    ):
        with pytest.raises(InputError, match="without a chair"):
            take()
    assert roles(store) == {"An": Role.CHAIR}
    access.grant(store, as_("An"), "xa", "Bình", Role.CHAIR, at=at)
    access.revoke(store, as_("Bình"), "xa", "An", at=at)
    assert roles(store) == {"Bình": Role.CHAIR}
    with pytest.raises(Forbidden):
        mine.reading("xa")


def test_of_two_chairs_who_take_each_others_role_away_at_once_one_stays(store, mine, as_, at):
    as_("Bình")
    access.grant(store, as_("An"), "xa", "Bình", Role.CHAIR, at=at)
    both = Barrier(2)

    def take(mine, other):
        who = as_(mine)
        both.wait(10)
        with suppress(InputError):
            access.revoke(store, who, "xa", other, at=at)

    with ThreadPoolExecutor(2) as two:
        list(two.map(take, ("An", "Bình"), ("Bình", "An")))
    assert list(roles(store).values()) == [Role.CHAIR]


def test_nobody_is_given_a_role_who_has_no_account_and_in_no_catalogue_that_is_none(store, mine, as_, at):
    with pytest.raises(InputError, match="Nobody has an account called Hoa"):
        access.grant(store, as_("An"), "xa", "Hoa", Role.EDITOR, at=at)
    with pytest.raises(UnknownCatalogue):
        access.grant(store, access.CONSOLE, "nowhere", "An", Role.EDITOR, at=at)
    with pytest.raises(Forbidden):
        access.grant(store, as_("An"), "nowhere", "An", Role.EDITOR, at=at)


def test_an_invitation_makes_one_account_with_its_roles_once(store, mine, as_, at):
    token = access.invite(store, as_("An"), {"xa": Role.EDITOR}, at=at)
    assert access.invitation(store, token, at=at).roles == {"xa": Role.EDITOR}
    with pytest.raises(InputError, match="Somebody called an"):
        access.accept(store, token, "an", WORDS, at=at, origin="here")
    signed = access.accept(store, token, "Bình", WORDS, at=at, origin="here")
    assert access.whose(store, signed.token, at=at).roles == {"xa": Role.EDITOR}
    assert access.invitation(store, token, at=at) is None
    with pytest.raises(InputError, match="was used"):
        access.accept(store, token, "Chi", WORDS, at=at, origin="here")
    assert store.accounts.by_name("chi") is None
    assert roles(store) == {"An": Role.CHAIR, "Bình": Role.EDITOR}


def test_an_invitation_runs_out_and_ends_with_the_right_of_whoever_wrote_it(store, mine, as_, at):
    as_("Bình")
    access.grant(store, as_("An"), "xa", "Bình", Role.CHAIR, at=at)
    Guarded(store, lambda: as_("Bình"), now=lambda: at).create(Catalogue("yb", "Khác"), actor="x", at=at)
    token = access.invite(store, as_("Bình"), {"xa": Role.CHAIR, "yb": Role.EDITOR}, at=at)
    assert access.invitation(store, token, at=at + timedelta(days=6))
    assert access.invitation(store, token, at=at + timedelta(days=7)) is None
    assert access.invitation(store, token + "x", at=at) is None
    access.grant(store, as_("An"), "xa", "Bình", Role.EDITOR, at=at)
    with pytest.raises(InputError, match="taken back"):
        access.accept(store, token, "Chi", WORDS, at=at, origin="here")


def test_who_has_an_account_takes_an_invitation_with_it_and_becomes_nothing_less(store, mine, as_, at):
    as_("Bình")
    access.accept_as(store, as_("Bình"), access.invite(store, as_("An"), {"xa": Role.VIEWER}, at=at), at=at)
    assert as_("Bình").roles == {"xa": Role.VIEWER}
    again = access.invite(store, as_("An"), {"xa": Role.COMMENTER}, at=at)
    for who in (as_("Bình"), as_("An")):
        with pytest.raises(InputError, match="another role there already"):
            access.accept_as(store, who, again, at=at)
    with pytest.raises(InputError, match="Sign in first"):
        access.accept_as(store, Who.nobody(), again, at=at)


def test_a_chair_names_no_judge_of_their_own(store, mine, as_, at):
    as_("Bình")
    for role in (Role.APPRAISER, Role.APPROVER):
        with pytest.raises(Forbidden, match="administrator of the installation"):
            access.grant(store, as_("An"), "xa", "Bình", role, at=at)
        with pytest.raises(Forbidden):
            access.invite(store, as_("An"), {"xa": role}, at=at)
    with pytest.raises(Forbidden):
        access.invite(store, as_("An"), {"xa": Role.VIEWER}, at=at, admin=True)


def test_an_administrator_reads_no_catalogue_by_that(store, mine, as_, at):
    access.add_account(store, access.CONSOLE, "Quản trị", WORDS, admin=True, at=at)
    guarded = Guarded(store, lambda: as_("Quản trị"), now=lambda: at)
    assert guarded.catalogues() == []
    with pytest.raises(Forbidden):
        guarded.reading("xa")
    assert access.every_catalogue(store, as_("Quản trị")) == {"xa": "Danh mục của xã"}


# -- the audit log, backups, fsck --------------------------------------------


def test_no_statement_changes_the_audit_log(store, mine):
    before = logged(store)
    statements = ["UPDATE audit SET who = 'x'", "DELETE FROM audit"]
    if store._database.is_sqlite:
        statements.append("INSERT OR REPLACE INTO audit SELECT id, at, 'x', act, catalogue_id, detail, ok FROM audit")
    else:
        statements.append("TRUNCATE audit")
    for statement in statements:
        with pytest.raises(DBAPIError, match="the audit log is never changed"), store._database.write() as connection:
            connection.exec_driver_sql(statement)
    assert logged(store) == before != []


def test_pages_of_the_audit_log_leave_no_line_out_and_show_none_twice_also_of_one_moment(store, at):
    for n in range(7):
        store.accounts.note(Entry(at, "An", "export", detail=str(n)))
    read, last = [], None
    while page := access.audit(store, access.CONSOLE, limit=3, before=last):
        read += [entry.detail for entry in page]
        last = page[-1]
        store.accounts.note(Entry(at + timedelta(hours=1), "An", "export", detail="later"))
    assert read == list("6543210")


def test_a_text_that_is_cut_in_the_audit_log_says_so(store, at):
    for n in (200, 201):
        store.accounts.note(Entry(at, "An", "export", detail="x" * n))
    cut, whole = (entry.detail for entry in access.audit(store, access.CONSOLE, limit=2))
    assert (cut, whole) == ("x" * 199 + "…", "x" * 200)


def test_fsck_tells_of_a_lost_trigger_and_a_role_that_is_none(store, mine, url):
    assert list(examine(url)) == []
    drop = "DROP TRIGGER audit_kept" + ("" if store._database.is_sqlite else " ON audit")
    with store._database.write() as connection:
        connection.exec_driver_sql(drop)
        connection.exec_driver_sql("UPDATE membership SET role = 'boss'")
    found = list(examine(url))
    assert len(found) == 2
    assert "“boss” in catalogue xa" in found[0]
    assert "“audit_kept”, which keeps the audit log" in found[1]


def test_a_backup_brings_back_accounts_and_roles_but_no_session_and_no_line_of_the_audit_log_is_lost(
    store, mine, as_, url, at, tmp_path
):
    token = access.sign_in(store, "An", WORDS, at=at, origin="here").token
    invited = access.invite(store, as_("An"), {"xa": Role.EDITOR}, at=at)
    backup(url, tmp_path / "b.db")
    with closing(sqlite3.connect(tmp_path / "b.db")) as file:
        counts = [
            file.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("session", "invitation", "attempt")
        ]
        assert counts == [(0,)] * 3
    access.accept(store, invited, "Bình", WORDS, at=at, origin="here")
    there = logged(store)
    for _twice in range(2):
        restore(url, tmp_path / "b.db")
    again = open_store(url)
    assert roles(again) == {"An": Role.CHAIR}
    assert access.whose(again, token, at=at) is None
    assert access.invitation(again, invited, at=at) is None
    assert sorted(logged(again), key=str) == sorted(there, key=str)
    assert access.sign_in(again, "An", WORDS, at=at, origin="here").who.roles == {"xa": Role.CHAIR}
    assert list(examine(url)) == []
    again.close()


def test_a_restore_into_a_new_database_brings_the_audit_log(store, mine, url, kind, new_url, tmp_path):
    backup(url, tmp_path / "b.db")
    there = new_url(kind)
    restore(there, tmp_path / "b.db")
    again = open_store(there)
    assert logged(again) == logged(store) != []
    assert roles(again) == {"An": Role.CHAIR}
    again.close()
