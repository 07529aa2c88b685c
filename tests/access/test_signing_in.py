"""Name and password: what lets in, for how long, and what a thousand wrong ones cost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import argon2
import pytest

from kpicat.access import Role, SignInRefused
from kpicat.errors import InputError
from kpicat.model import Catalogue
from kpicat.services import access
from kpicat.services.access import passwords

pytestmark = pytest.mark.usefixtures("in_english")

WORDS = "mỗi sáng thứ hai chào cờ"
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def people(store, at):
    """An and Bình, who can sign in."""
    return {name: access.add_account(store, access.CONSOLE, name, WORDS, at=at) for name in ("An", "Bình")}


@pytest.fixture
def sign_in(store, people, at):
    """Signs somebody in, by default rightly, now and from here."""
    return lambda name="An", password=WORDS, after=0, origin=HERE: access.sign_in(
        store, name, password, at=at + timedelta(seconds=after), origin=origin
    )


@pytest.fixture
def hashes(monkeypatch):
    """How many hashes were tried."""
    tried: list[str] = []
    fits = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda *given: tried.append(given[1]) or fits(*given))
    return tried


def told(store, act):
    return [entry for entry in access.audit(store, access.CONSOLE, limit=500) if entry.act == act]


def test_who_signs_in_is_who_they_are_until_they_sign_out(store, sign_in, at):
    signed = sign_in("  aN ")
    assert access.whose(store, signed.token, at=at) == signed.who
    assert (signed.who.name, signed.who.roles) == ("An", {})
    access.sign_out(store, signed.token, at=at)
    assert access.whose(store, signed.token, at=at) is None
    assert [entry.who for entry in (*told(store, "sign_in"), *told(store, "sign_out"))] == ["An", "An"]


def test_letters_composed_otherwise_are_the_same_name_and_password(sign_in):
    decomposed = "Bi\u0300nh", "m\u00f4\u0303i sáng thứ hai chào cờ"
    assert sign_in(*decomposed).who.name == "Bình"


def test_a_wrong_name_and_a_wrong_password_are_told_alike_and_cost_alike(sign_in, monkeypatch):
    said, against = [], []
    verify = argon2.PasswordHasher.verify
    monkeypatch.setattr(
        argon2.PasswordHasher, "verify", lambda self, kept, typed: against.append(kept) or verify(self, kept, typed)
    )
    for name, password in (("Nobody", WORDS), ("An", "sai rồi sai rồi")):
        with pytest.raises(SignInRefused) as refused:
            sign_in(name, password)
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert len(against) == 2 and len({kept.rsplit("$", 2)[0] for kept in against}) == 1


def test_what_was_typed_as_a_name_nobody_has_is_not_kept(store, sign_in):
    with pytest.raises(SignInRefused):
        sign_in("mật khẩu gõ nhầm chỗ", "x")
    assert [(entry.who, entry.ok) for entry in told(store, "sign_in")] == [("", False)]


def test_the_database_holds_neither_password_nor_token(store, sign_in, url):
    signed = sign_in()
    with store._database.read() as connection:
        held = [
            str(tuple(row))
            for table in ("account", "session", "audit", "attempt", "setting")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert any("$argon2id$" in row for row in held)
    assert not [row for row in held if WORDS in row or signed.token in row]
    assert signed.token not in repr(signed)


def test_a_session_ends_by_its_age_and_by_idleness(store, sign_in, at, monkeypatch):
    monkeypatch.setenv("KPICAT_SESSION_MINUTES", "600")
    monkeypatch.setenv("KPICAT_IDLE_MINUTES", "60")
    used, idle = sign_in().token, sign_in("Bình").token
    for minutes in range(50, 600, 50):  # somebody at work
        assert access.whose(store, used, at=at + timedelta(minutes=minutes)), minutes
    assert access.whose(store, used, at=at + timedelta(minutes=600)) is None
    assert access.whose(store, idle, at=at + timedelta(minutes=59)) is not None
    assert access.whose(store, idle, at=at + timedelta(minutes=59 + 60)) is None


def test_forged_and_stolen_tokens_let_nobody_in(store, sign_in, at):
    token = sign_in().token
    with store._database.read() as connection:
        (digest,) = connection.exec_driver_sql("SELECT digest FROM session").scalars()
    for forged in ("", token[:-1], token + "A", token.swapcase(), digest, "' OR 1=1 --", "\ud800", "An"):
        assert access.whose(store, forged, at=at) is None, forged


def test_signing_out_everywhere_ends_all_ones_sessions_and_nobody_elses(store, sign_in, at):
    mine, also_mine, other = sign_in(), sign_in(origin=ELSEWHERE), sign_in("Bình")
    access.sign_out_everywhere(store, mine.who, at=at)
    found = [access.whose(store, each.token, at=at) for each in (mine, also_mine, other)]
    assert [who and who.name for who in found] == [None, None, "Bình"]


def test_another_password_ends_the_other_sessions(store, sign_in, at):
    mine, stolen = sign_in(), sign_in(origin=ELSEWHERE)
    change = {"token": mine.token, "at": at, "origin": HERE}
    with pytest.raises(SignInRefused):
        access.change_password(store, mine.who, "không phải", "một câu hoàn toàn khác", **change)
    assert access.whose(store, stolen.token, at=at)
    access.change_password(store, mine.who, WORDS, "một câu hoàn toàn khác", **change)
    assert access.whose(store, mine.token, at=at)
    assert access.whose(store, stolen.token, at=at) is None
    assert sign_in(password="một câu hoàn toàn khác")
    with pytest.raises(SignInRefused):
        sign_in()


@pytest.mark.parametrize("password", ["ngắn quá", "aaaaaaaaaaaaaaaa", "Nguyễn Văn An", "x" * 201])
def test_a_password_that_is_soon_guessed_is_not_taken(store, at, password):
    with pytest.raises(InputError):
        access.add_account(store, access.CONSOLE, "Nguyễn Văn An", password, at=at)


@pytest.mark.parametrize("name", ["", "   ", "An\u200b", "A\x00B", "\u202enA", "12345", "n" * 61, "AN", "\uff21n"])
def test_a_name_that_is_none_or_looks_like_anothers_is_not_taken(store, people, at, name):
    with pytest.raises(InputError):
        access.add_account(store, access.CONSOLE, name, WORDS, at=at)


def test_a_hash_of_another_cost_is_made_anew_when_the_password_is_known(store, sign_in, monkeypatch):
    before = store.accounts.by_name("an").password
    monkeypatch.setenv("KPICAT_HASH_COST", "2,16,1")
    assert sign_in()
    after = store.accounts.by_name("an").password
    assert "m=16,t=2,p=1" in after and after != before
    assert sign_in()
    assert store.accounts.by_name("an").password == after


# -- a thousand wrong passwords ----------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # many tries: once is enough
def test_a_thousand_wrong_passwords_cost_ten_hashes_and_lock_out_that_name_from_there_alone(store, sign_in, hashes):
    sentences = set()
    for n in range(1000):
        with pytest.raises(SignInRefused) as refused:
            sign_in(password=f"sai {n}", after=n * 0.9)  # fifteen minutes of them
        sentences.add(str(refused.value).split("; wait")[0])
    assert len(hashes) == 10
    assert len(sentences) == 2
    with pytest.raises(SignInRefused, match="wait 14 minutes"):
        sign_in(after=200)  # the right one, too
    assert len(told(store, "lock_out")) == 1
    assert [entry.ok for entry in told(store, "sign_in")] == [False] * 10
    assert sign_in("Bình", after=900).who.name == "Bình"
    assert sign_in(origin=ELSEWHERE, after=900).who.name == "An"


def test_wrong_passwords_that_come_at_once_cost_no_more_hashes_than_one_after_the_other(sign_in, hashes):
    def refused(n):
        with pytest.raises(SignInRefused):
            sign_in(password=f"sai {n}")

    with ThreadPoolExecutor(8) as many:
        list(many.map(refused, range(24)))
    assert len(hashes) == 3


def test_a_lock_out_is_over_after_a_quarter_of_an_hour(sign_in):
    for n in range(10):
        with pytest.raises(SignInRefused):
            sign_in(password="sai", after=n * 70)
    with pytest.raises(SignInRefused, match="wait"):
        sign_in(after=9 * 70 + 899)
    assert sign_in(after=9 * 70 + 901)


def test_who_mistypes_a_few_times_waits_ever_longer_and_starts_afresh_once_in(sign_in):
    for _n in range(3):
        with pytest.raises(SignInRefused, match="wrong;"):
            sign_in(password="sai")
    with pytest.raises(SignInRefused, match="wait 1 second,"):
        sign_in()
    with pytest.raises(SignInRefused, match="wrong;"):
        sign_in(password="sai", after=1)
    with pytest.raises(SignInRefused, match="wait 2 seconds"):
        sign_in(after=1)
    assert sign_in(after=3)
    with pytest.raises(SignInRefused, match="wrong;"):
        sign_in(password="sai", after=3)
    assert sign_in(after=3)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # many tries: once is enough
def test_many_names_from_one_origin_and_many_origins_for_one_name_are_slowed(sign_in, hashes):
    for n in range(200):
        with pytest.raises(SignInRefused):
            sign_in(f"Tên {n}", "sai", origin="10.9.9.9", after=n / 100)
    assert len(hashes) < 55
    hashes.clear()
    for n in range(200):
        with pytest.raises(SignInRefused):
            sign_in("An", "sai", origin=f"10.8.0.{n}", after=10 + n / 100)
    assert len(hashes) < 25


def test_where_somebody_has_signed_in_before_strangers_elsewhere_do_not_keep_them_waiting(sign_in):
    sign_in()
    for n in range(40):
        with pytest.raises(SignInRefused):
            sign_in(password="sai", origin=f"10.8.0.{n}", after=n / 100)
    assert sign_in(after=0.4)


# -- what is taken away ------------------------------------------------------


def test_a_role_that_is_given_or_taken_away_holds_at_the_next_gesture(store, people, sign_in, at):
    for id in ("xa", "other"):
        store.create(Catalogue(id, id), actor="x", at=at)
    token = sign_in().token

    def as_of_now():
        return dict(access.whose(store, token, at=at).roles)

    access.grant(store, access.CONSOLE, "other", "An", Role.CHAIR, at=at)
    access.grant(store, access.CONSOLE, "xa", "An", Role.EDITOR, at=at)
    assert as_of_now() == {"xa": Role.EDITOR, "other": Role.CHAIR}
    access.grant(store, access.CONSOLE, "xa", "An", Role.VIEWER, at=at)
    assert as_of_now()["xa"] is Role.VIEWER
    access.revoke(store, access.CONSOLE, "xa", "An", at=at)
    assert as_of_now() == {"other": Role.CHAIR}
    access.set_disabled(store, access.CONSOLE, "An", True, at=at)
    assert access.whose(store, token, at=at) is None
    with pytest.raises(SignInRefused, match="wrong;"):
        sign_in()
    access.set_disabled(store, access.CONSOLE, "An", False, at=at)
    assert access.whose(store, token, at=at) is None
    assert sign_in()
