"""Undo and redo of one person: what they did last and take back, without touching what others did."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.approval import Step, is_locked
from kpicat.model import Batch, Outcome
from kpicat.services.tying import commit_tied
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store

_WHOLE = ("merge", "split")
_LOOKED_AT = 200  # gestures of a person; who wants to go further back uses the history


@dataclass(frozen=True)
class Steps:
    """The gestures of a person that the next undo and the next redo take back; None where there is none."""

    undo: Batch | None
    redo: Batch | None


def undo(store: Store, view: View, batch: str, *, actor: str, at: datetime) -> Outcome:
    """Take a batch back; cells that others changed since stay, with what is tied to them, and are reported.

    Of a merge or a split nothing is taken back then: half of that would leave a line
    beside the one that already counts it.

    Raises:
        UnknownCatalogue: The catalogue has no such batch.
        StoreBusy: Nothing was written; the same call may be repeated.
    """
    first = store.batch(view.catalogue.id, batch)
    while first.undoes:  # an undo or a redo of something
        first = store.batch(view.catalogue.id, first.undoes)
    if first.label in _WHOLE:
        return store.undo(view.catalogue.id, batch, actor=actor, at=at, whole=True)
    back = store.inverse(view.catalogue.id, batch)
    outcome, left = commit_tied(store, view, back, actor=actor, at=at, label="undo", undoes=batch)
    return replace(outcome, conflicts=[conflict for met in left.values() for conflict in met])


def undoable(store: Store, view: View) -> Callable[[Batch], bool]:
    """Whether a batch may be taken back, where the catalogue stands now: no step, and nothing that was approved."""
    about = view.catalogue
    until = store.approvals.of(about.id)[-1].seq if about.approved else 0
    locked = is_locked(about.status)
    return lambda batch: not locked and batch.first_seq > until and batch.label not in {*Step}


def steps_back(store: Store, view: View, actor: str, refused: Collection[str] = ()) -> Steps:
    """What ``actor`` can undo and redo.

    As in an editor: a new gesture ends what could be redone. What somebody else has
    taken back already is no step of its author's any more.

    Args:
        refused: Batches left out, as others have since changed all they touched.
    """
    own = list(filter(undoable(store, view), store.batches(view.catalogue.id, limit=_LOOKED_AT, actor=actor)))
    depths: dict[str, int] = {}
    undos: dict[str, Batch] = {}
    redos: dict[str, Batch] = {}
    for batch in reversed(own):
        depth = depths[batch.id] = _depth(store, view, batch, depths)
        for steps in (undos, redos):
            steps.pop(batch.undoes or "", None)
        (redos if depth % 2 else undos)[batch.id] = batch
        if depth == 0:
            redos.clear()
    return Steps(_last(undos, depths, refused), _last(redos, depths, refused))


def _depth(store: Store, view: View, batch: Batch, known: Mapping[str, int]) -> int:
    """0 for a gesture, 1 for its undo, 2 for the redo …; taking back another's is a gesture of one's own."""
    depth = 0
    while batch.undoes:
        if batch.undoes in known:
            return depth + known[batch.undoes] + 1
        before = store.batch(view.catalogue.id, batch.undoes)
        if before.actor != batch.actor:
            break
        batch, depth = before, depth + 1
    return depth


def _last(steps: dict[str, Batch], own: Collection[str], refused: Collection[str]) -> Batch | None:
    for batch in reversed(steps.values()):
        if batch.id not in refused and (batch.undone_by is None or batch.undone_by in own):
            return batch
    return None
