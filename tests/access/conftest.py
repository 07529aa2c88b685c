"""What tests of access share: hashes that cost nothing, and a stage for every state, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access import stage
from tests.access.stage import Stage
from tests.databases import kind, new_url, postgres, server, template, url

__all__ = ["kind", "new_url", "postgres", "server", "template", "url"]

CHEAP = "1,8,1"


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
