"""Every role in every state of a catalogue, as the pages show it: what writes is offered to who may, and then only.

That the store refuses the rest is asked in ``tests/access``; here nobody is led to try.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpicat.doors import cookies
from kpicat.services.access import signing_in
from kpicat.services.access.names import folded
from kpicat.store import open_store
from kpicat.ui import admitted
from tests.access import stage
from tests.app.opening import opened

WRITES = {"edit_undo", "edit_delete", "edit_paste", "edit_add", "assign_undo"}
"""Buttons by which a page writes lines; where it is locked it has none of them."""
STEPS = {"approval_submit", "approval_approve", "approval_return", "approval_new_version", "approval_supplement"}
PREPARING = {"d": {"h": {"approval_submit"}}, "r": {"h": {"approval_submit"}}}
AFTERWARDS = {"h": {"approval_new_version", "approval_supplement"}}
TAKEN = PREPARING | {
    "s": {"a": {"approval_return"}, "p": {"approval_approve", "approval_return"}},
    "a": AFTERWARDS,
    "x": AFTERWARDS,
}
"""State -> letter of who may take a step -> the buttons; as docs/access.md tells people."""


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Letter of a state -> the address of a database with the catalogue in it."""
    return stage.all_states(tmp_path_factory.mktemp("states"))[0]


@pytest.fixture
def sits_down(
    states: dict[str, str], in_english: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], None]]:
    """Signs somebody in where the catalogue is in a state: ``sits_down("e", "s")``."""
    monkeypatch.setenv("KPICAT_ACCESS", "accounts")

    def sit_down(letter: str, state: str) -> None:
        monkeypatch.setenv("KPICAT_DATABASE", states[state])
        st.cache_resource.clear()
        store = open_store(states[state])
        account = store.accounts.by_name(folded(f"Người {letter}"))
        signed = signing_in.let_in(store, account, at=datetime.now(UTC), origin="here")
        store.close()
        monkeypatch.setattr(admitted, "_cookies", lambda: {cookies.SESSION: signed.token})

    yield sit_down
    st.cache_resource.clear()


def buttons(app: AppTest, *, enabled: bool = False) -> set[str]:
    return {str(button.key) for button in app.button if not (enabled and button.disabled)}


@pytest.mark.parametrize("state", stage.STATES)
@pytest.mark.parametrize("letter", stage.PEOPLE)
def test_a_page_offers_what_the_role_may_do_in_that_state(sits_down, letter, state):
    sits_down(letter, state)
    may_write = letter in "eh" and state in "dr"
    for page in ("edit", "assign"):
        assert bool(buttons(opened(page, "xa")) & WRITES) is may_write
    assert buttons(opened("approval", "xa"), enabled=True) & STEPS == TAKEN[state].get(letter, set())


@pytest.mark.parametrize("state", stage.STATES)
def test_who_has_no_role_sees_nothing_of_it_in_any_state(sits_down, state):
    sits_down("o", state)
    for page in ("edit", "approval", "dashboard"):
        assert "Danh mục năm 2026" not in str(opened(page, "xa").main)
