"""Take a catalogue off the shelf and put it back: a mark on its log, so nothing of it is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.model import CATALOGUE, Catalogue, Change, Edit, Outcome
from kpicat.services.catalogues import entries, on_and_off

if TYPE_CHECKING:
    from kpicat.store import Store


@dataclass(frozen=True, slots=True)
class Removed:
    """A catalogue that is off the shelf, and the change that took it off."""

    catalogue: Catalogue
    items: int
    mark: Change | None


def removed(store: Store) -> list[Removed]:
    """The catalogues that were taken off the shelf, the one changed last first."""
    return told(store, on_and_off(store)[1])


def told(store: Store, off: Sequence[Catalogue]) -> list[Removed]:
    """These that are off the shelf, and what took each off: a query for each, so only of those that are shown."""
    return [Removed(each.catalogue, each.items, _mark(store, each.catalogue.id)) for each in entries(store, off)]


def remove(store: Store, catalogue: Catalogue, *, actor: str, at: datetime) -> Outcome:
    """Take it off the shelf; a conflict, and nothing done, where its status is no more what was seen."""
    stands = Edit(CATALOGUE, "status", seen=catalogue.status, new=catalogue.status)
    off = Edit(CATALOGUE, "removed", seen="", new="1")
    return store.commit(catalogue.id, [stands, off], actor=actor, at=at, label="remove", whole=True)


def put_back(store: Store, off: Removed, *, actor: str, at: datetime) -> Outcome:
    """Put it back, wherever it stands; nothing where somebody has done so meanwhile."""
    back = Edit(CATALOGUE, "removed", seen="1", new="")
    return store.commit(off.catalogue.id, [back], actor=actor, at=at, label="put back")


def _mark(store: Store, catalogue_id: str) -> Change | None:
    own = store.changes(catalogue_id, item=CATALOGUE, newest_first=True)
    return next((change for change in own if change.field == "removed" and change.new), None)
