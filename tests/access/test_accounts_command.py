"""``accounts``: the first administrator, passwords that stand on no command line; and the settings of access."""

from __future__ import annotations

import io

import pytest

from kpicat import settings
from kpicat.access import Role
from kpicat.errors import InputError
from kpicat.model import Catalogue
from kpicat.services import access
from kpicat.services.access import passwords
from kpicat.store import open_store

WORDS = "mỗi sáng thứ hai chào cờ"


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'kpicat.db'}"


@pytest.fixture
def accounts(run, url, monkeypatch):
    """Runs ``accounts`` with a text on standard input."""

    def accounts(command, *arguments, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run("accounts", command, *arguments, "--database", url)

    return accounts


def test_an_administrator_is_made_listed_disabled_and_given_a_role(accounts, url, at):
    assert accounts("add", "Quản trị", "--admin", typed=WORDS + "\n") == (0, "Quản trị can sign in.\n", "")
    assert accounts("add", "quản trị", typed=WORDS + "\n")[0] == 2
    assert accounts("list")[1].startswith("Quản trị\tadmin\t20")
    store = open_store(url)
    store.create(Catalogue("xa", "Danh mục"), actor="x", at=at)
    assert accounts("grant", "quản trị", "xa", "chair")[0] == 0
    signed = access.sign_in(store, "Quản trị", WORDS, at=at, origin="here")
    assert signed.who.admin and signed.who.roles == {"xa": Role.CHAIR}
    assert accounts("grant", "quản trị", "xa", "none")[2].startswith("The catalogue would be without a chair")
    assert accounts("grant", "quản trị", "nowhere", "chair")[0] == 2
    assert accounts("reset", "quản trị", typed="một câu hoàn toàn khác")[0] == 0
    assert access.whose(store, signed.token, at=at) is None
    assert access.sign_in(store, "Quản trị", "một câu hoàn toàn khác", at=at, origin="here")
    assert accounts("disable", "quản trị")[0] == 0
    assert "admin disabled" in accounts("list")[1]
    assert accounts("enable", "quản trị")[0] == 0
    store.close()


def test_a_password_is_never_an_argument_and_a_short_one_is_not_taken(accounts):
    with pytest.raises(SystemExit):
        accounts("add", "An", WORDS)
    status, _out, err = accounts("add", "An", typed="ngắn\n")
    assert status == 2 and "10 to 200 characters" in err
    assert accounts("list")[1] == ""


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("KPICAT_ACCESS", "everybody", settings.access),
        ("KPICAT_ACCESS", "Solo", settings.access),
        ("KPICAT_SESSION_MINUTES", "0", settings.session_minutes),
        ("KPICAT_IDLE_MINUTES", "two", settings.idle_minutes),
        ("KPICAT_HASH_COST", "2,65536", settings.hash_cost),
        ("KPICAT_SESSION_MINUTES", "9" * 30, settings.session_minutes),
        ("KPICAT_HASH_COST", "2,0,1", settings.hash_cost),
        ("KPICAT_HASH_COST", "1,1,1", settings.hash_cost),
        ("KPICAT_HASH_COST", "1,99999999999,1", settings.hash_cost),
        ("KPICAT_HASH_COST", "2,65536,1,1", settings.hash_cost),
    ],
)
def test_a_setting_that_is_none_is_refused_with_its_name(monkeypatch, in_english, name, value, read):
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=f"{name} is “{value}”; set it to"):
        read()


def test_what_an_installation_has_that_sets_nothing(monkeypatch):
    monkeypatch.delenv("KPICAT_HASH_COST")
    assert (settings.access(), settings.session_minutes(), settings.idle_minutes()) == ("solo", 720, 120)
    assert "$argon2id$v=19$m=65536,t=2,p=1$" in passwords.hashed(WORDS)
