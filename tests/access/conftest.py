"""What tests of access share: hashes that cost nothing, and a stage for every state, made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from kpicat.access import Who
from kpicat.model import Catalogue
from kpicat.services import access
from kpicat.services.access import Entry
from kpicat.store import Guarded, Store
from tests.access import stage
from tests.access.stage import Stage
from tests.databases import kind, new_url, postgres, server, template, url

__all__ = ["kind", "new_url", "postgres", "server", "template", "url"]

CHEAP = "1,8,1"
WORDS = "mỗi sáng thứ hai chào cờ"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost nothing to try, and nothing of this machine's settings counts."""
    for name in ("KPICAT_ACCESS", "KPICAT_SESSION_MINUTES", "KPICAT_IDLE_MINUTES", "KPICAT_OIDC_ROLES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KPICAT_HASH_COST", CHEAP)


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Stage]]:
    """State's letter -> the catalogue in it."""
    addresses, there = stage.all_states(tmp_path_factory.mktemp("stages"))
    made = {letter: Stage(address, there) for letter, address in addresses.items()}
    yield made
    for each in made.values():
        each.close()


@pytest.fixture
def as_(store: Store, at: datetime) -> Callable[[str], Who]:
    """Who somebody is as of now, by name; they are given an account when first asked for."""

    def who(name: str) -> Who:
        if store.accounts.by_name(name.casefold()) is None:
            access.add_account(store, access.CONSOLE, name, WORDS, at=at)
        return access.signing_in.who_of(store, store.accounts.by_name(name.casefold()))

    return who


@pytest.fixture
def mine(store: Store, as_: Callable[[str], Who], at: datetime) -> Guarded:
    """An's catalogue "xa"."""
    as_("An")
    guarded = Guarded(store, lambda: as_("An"), now=lambda: at)
    guarded.create(Catalogue("xa", "Danh mục của xã"), actor="x", at=at)
    return guarded


def logged(store: Store, **wanted: object) -> list[Entry]:
    """The lines of the audit log that say this, the newest first."""
    found = access.audit(store, access.CONSOLE, limit=100)
    return [each for each in found if all(getattr(each, name) == value for name, value in wanted.items())]
