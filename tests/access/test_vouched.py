"""People whom an identity provider signs in: who they are, what they may, and how a session of theirs ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from kpicat.access import EVERY, Act, Role, allowed
from kpicat.errors import SignInRefused
from kpicat.services import access
from tests.access.conftest import WORDS, logged

pytestmark = pytest.mark.usefixtures("in_english")

CLAIMS = {"iss": "https://id.tinh.gov.vn", "sub": "7", "name": "An", "email": "an@tinh.gov.vn"}


def came(store, claims, *, at, **how):
    return access.who_of_claims(store, claims, at=at, **{"origin": "10.0.0.9", **how})


def test_the_same_issuer_and_subject_are_the_same_person_and_nothing_else_is(store, as_, at):
    as_("An")
    first = came(store, CLAIMS, at=at)
    assert (first.name, first.roles, first.admin) == ("An (2)", {}, False)
    assert came(store, CLAIMS | {"name": "Khác", "email": "x"}, at=at) == first
    other = came(store, CLAIMS | {"sub": "8"}, at=at)
    assert other.name == "An (3)"
    assert came(store, CLAIMS | {"iss": "https://other"}, at=at).account not in (
        first.account, other.account,
    )  # fmt: skip
    for nobody in ({}, {"iss": "https://id", "sub": ""}, {"sub": "7"}, {"iss": 3, "sub": ["7"]}):
        with pytest.raises(SignInRefused):
            came(store, nobody, at=at)


def test_a_sign_in_by_another_is_noted_once_for_each_word_of_the_provider(store, at):
    for issued in (1, 1, 1, 2):
        came(store, CLAIMS | {"iat": issued}, at=at)
    assert [(each.who, each.detail) for each in logged(store, act="sign_in")] == [("An", "10.0.0.9")] * 2


def test_what_a_provider_said_is_one_session_that_ends_as_others_do_and_never_comes_back(store, at):
    first, second = CLAIMS | {"nonce": "a"}, CLAIMS | {"nonce": "b"}
    who = came(store, first, at=at)
    assert came(store, second, at=at) == who
    access.sign_out(store, access.word(first), at=at)
    assert came(store, first, at=at) is None and came(store, second, at=at) == who
    access.sign_out_everywhere(store, who, at=at)
    assert came(store, first, at=at) is None and came(store, second, at=at) is None
    later = at + timedelta(hours=1)
    assert came(store, CLAIMS | {"nonce": "c"}, at=later) == who
    assert came(store, CLAIMS | {"nonce": "c"}, at=later + timedelta(hours=3)) is None  # no gesture for so long
    assert came(store, CLAIMS | {"nonce": "d"}, at=later, origin=None) is None  # only at the door
    assert [each.detail for each in logged(store, act="sign_out")] == ["everywhere", ""]


def test_two_pages_of_who_comes_from_a_provider_begin_one_session(store, at):
    together = Barrier(2)

    def page(_n):
        together.wait()
        return came(store, CLAIMS, at=at)

    with ThreadPoolExecutor(2) as pages:
        one, other = pages.map(page, range(2))
    assert one == other and one is not None and len(logged(store, act="sign_in")) == 1


def test_nobody_signs_in_by_password_as_one_whom_another_signs_in(store, at):
    came(store, CLAIMS, at=at)
    for password in ("", WORDS):
        with pytest.raises(SignInRefused):
            access.sign_in(store, "An", password, at=at, origin=password or "x")


def test_roles_come_from_the_table_and_where_it_says_so_from_the_claim(store, mine, at, monkeypatch):
    name = came(store, CLAIMS, at=at).name
    access.grant(store, access.CONSOLE, "xa", name, Role.VIEWER, at=at)
    told = CLAIMS | {"roles": ["admin", "editor", "xa:chair", "yb:none", "", 3], "groups": "commenter"}
    assert came(store, told, at=at).roles == {"xa": Role.VIEWER}
    monkeypatch.setenv("KPICAT_OIDC_ROLES", "roles")
    who = came(store, told, at=at)
    assert (who.admin, who.roles) == (True, {EVERY: Role.EDITOR, "xa": Role.CHAIR})
    assert allowed(who, Act.EDIT, "any") and not allowed(who, Act.SUBMIT, "any")
    monkeypatch.setenv("KPICAT_OIDC_ROLES", "groups")
    assert came(store, told, at=at).roles == {EVERY: Role.COMMENTER, "xa": Role.VIEWER}


def test_who_is_disabled_is_nobody_whatever_the_provider_says(store, at):
    name = came(store, CLAIMS, at=at).name
    access.set_disabled(store, access.CONSOLE, name, True, at=at)
    assert came(store, CLAIMS, at=at) is None
