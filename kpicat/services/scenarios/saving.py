"""Scenarios that are kept: begun, changed by whoever saw the newest, removed; nobody's change is overwritten."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kpicat.errors import InputError
from kpicat.language import _
from kpicat.model.scenarios import SavedScenario, Saving
from kpicat.scenario import Scenario
from kpicat.services.view import View
from kpicat.store import Store
from kpicat.text.normalise import tidy


def saved(store: Store, view: View) -> list[SavedScenario]:
    """The catalogue's scenarios, by name."""
    return store.scenarios.of(view.catalogue.id)


def versions(store: Store, view: View) -> Mapping[str, int]:
    """Id -> version of each, to learn whether any has changed."""
    return store.scenarios.versions(view.catalogue.id)


def begin(
    store: Store, view: View, scenario: Scenario, *, name: str, note: str = "", actor: str, at: datetime
) -> SavedScenario:
    """Keep a scenario that was tried on this view.

    Raises:
        InputError: It has no name.
    """
    wanted = SavedScenario(
        id=uuid.uuid4().hex[:12],
        catalogue_id=view.catalogue.id,
        name=_named(name),
        note=note.strip(),
        body=scenario.encode(),
        author=actor,
        seq=view.seq,
        version=1,
        by=actor,
        at=at,
    )
    stands = store.scenarios.put(wanted).stands
    assert stands is not None  # nobody else knows its id
    return stands


def change(
    store: Store,
    seen: SavedScenario,
    scenario: Scenario,
    *,
    name: str,
    note: str,
    actor: str,
    at: datetime,
    on: View | None = None,
) -> Saving:
    """Change a scenario if it still is what its editor saw; else nothing is written and theirs is told.

    Args:
        seen: As it was when the editor began.
        on: The view it is to stand on from now on, not adopted yet; by default that on which it was begun.

    Raises:
        InputError: It has no name.
    """
    wanted = replace(
        seen, name=_named(name), note=note.strip(), body=scenario.encode(), version=seen.version + 1, by=actor, at=at
    )
    return store.scenarios.put(wanted if on is None else replace(wanted, seq=on.seq, adopted=None))


def remove(store: Store, seen: SavedScenario) -> Saving:
    """Take a scenario out, unless somebody has changed it meanwhile."""
    return store.scenarios.remove(seen.id, seen.version)


def _named(name: str) -> str:
    if not (called := tidy(name)):
        raise InputError(_("Give the scenario a name, so that others can find it."))
    return called
