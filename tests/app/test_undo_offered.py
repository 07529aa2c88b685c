"""Undo is offered of what its author may take back still, by the role of now."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kpicat.access import Role
from kpicat.doors import cookies
from kpicat.model import Edit
from kpicat.services import access
from kpicat.ui import admitted
from tests.app.opening import opened


@pytest.fixture
def tu(sample, pages, in_english, monkeypatch) -> str:
    """Tú, an editor who has written a cell."""
    at = datetime.now(UTC)
    monkeypatch.setenv("KPICAT_HASH_COST", "1,8,1")
    for name, role in (("Lan", Role.CHAIR), ("Tú", Role.EDITOR)):
        access.add_account(pages, access.CONSOLE, name, f"a long sentence of {name}", at=at)
        access.grant(pages, access.CONSOLE, sample, name, role, at=at)
    monkeypatch.setenv("KPICAT_ACCESS", "accounts")
    signed = access.sign_in(pages, "Tú", "a long sentence of Tú", at=at, origin="here")
    monkeypatch.setattr(admitted, "_cookies", lambda: {cookies.SESSION: signed.token})
    item, note = next(pages.reading(sample).items["note"].items())
    assert pages.commit(sample, [Edit(item, "note", note or None, "xem lại")], actor="Tú", at=at).batch
    return sample


def undo(catalogue_id: str):
    return opened("checks", catalogue_id, state={"checks_part": "findings"}).button(key="checks_undo")


def test_whose_role_was_taken_is_told_so_and_not_offered_to_take_back(tu, pages):
    assert not undo(tu).disabled
    access.grant(pages, access.CONSOLE, tu, "Tú", Role.VIEWER, at=datetime.now(UTC))
    assert (undo(tu).disabled, "Tú is viewer" in undo(tu).help) == (True, True)
