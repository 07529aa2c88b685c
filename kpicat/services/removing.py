"""Take a catalogue off the shelf and put it back: a mark on its log, so nothing of it is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.model import CATALOGUE, Catalogue, Change, Edit, Outcome

if TYPE_CHECKING:
    from kpicat.store import Store

REMOVED = "removed"
"""The status of a catalogue that was taken off the shelf."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A catalogue that is off the shelf, and the change of its status that took it off."""

    catalogue: Catalogue
    items: int
    mark: Change | None


def removed(store: Store) -> list[Removed]:
    """The catalogues that were taken off the shelf, the one changed last first."""
    counts = store.counts()
    off = [catalogue for catalogue in store.catalogues() if catalogue.status == REMOVED]
    return [Removed(each, counts.get(each.id, 0), _mark(store, each.id)) for each in off]


def remove(store: Store, catalogue: Catalogue, *, actor: str, at: datetime) -> Outcome:
    """Take it off the shelf; a conflict, and nothing done, where its status is no more what was seen."""
    edit = Edit(CATALOGUE, "status", seen=catalogue.status, new=REMOVED)
    return store.commit(catalogue.id, [edit], actor=actor, at=at, label="remove")


def put_back(store: Store, off: Removed, *, actor: str, at: datetime) -> Outcome:
    """Put it back with the status it had; nothing where somebody has done so meanwhile."""
    before = (off.mark and off.mark.old) or Catalogue("", "").status
    edit = Edit(CATALOGUE, "status", seen=REMOVED, new=before)  # taken back by another: it holds that already
    return store.commit(off.catalogue.id, [edit], actor=actor, at=at, label="put back")


def _mark(store: Store, catalogue_id: str) -> Change | None:
    own = store.changes(catalogue_id, item=CATALOGUE, newest_first=True)
    return next((change for change in own if change.field == "status" and change.new == REMOVED), None)
