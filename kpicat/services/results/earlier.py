"""The catalogue as it stood at an earlier moment, whoever asks what changed since."""

from __future__ import annotations

import weakref
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kpicat.language import _, language, number
from kpicat.model import ChangeKind
from kpicat.model.approvals import Version
from kpicat.services import approving
from kpicat.services.keeping import Kept
from kpicat.services.view import View
from kpicat.store import Store

_MOST = 4
_kept: weakref.WeakKeyDictionary[Store, Kept] = weakref.WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Moment:
    """Something a catalogue can be held against.

    Attributes:
        key: Its name in a link.
        words: For a list.
        seq: The last change that belongs to it.
        approved: The version, where it is one that was approved.
    """

    key: str
    words: str
    seq: int
    approved: Version | None = None


def moments(store: Store, view: View, now: datetime) -> list[Moment]:
    """What there is to hold the catalogue against, the usual one first; nothing where it has no past.

    The version that was approved last comes first.

    Args:
        now: In the reader's own time zone, as days begin there.

    Raises:
        StoreBusy: The database does not answer.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return view.own.get(("moments", midnight, language()), lambda: _moments(store, view, midnight)) if view.seq else []


def _moments(store: Store, view: View, midnight: datetime) -> list[Moment]:
    versions = [version for version in approving.versions(store, view.catalogue.id) if version.seq < view.seq]
    agreed = [Moment(f"version-{each.number}", approved_words(each), each.seq, each) for each in versions[-1:]]
    first = _first_items(store, view)
    days = [
        ("today", _("the start of today"), midnight),
        ("week", _("a week ago"), midnight - timedelta(days=7)),
        ("month", _("30 days ago"), midnight - timedelta(days=30)),
    ]
    found = [Moment(key, words, _before(store, view, at)) for key, words, at in days]
    found = [moment for moment in found if first <= moment.seq < view.seq]
    begun = [Moment("first", _("the first items"), first)] if 0 < first < view.seq else []
    different = {moment.seq: moment for moment in reversed([*agreed, *found, *begun])}
    return sorted(different.values(), key=lambda moment: (moment.approved is None, -moment.seq))


def approved_words(version: Version) -> str:
    """An approved version in a list, and within a sentence."""
    said = _("version {n} approved by {decision} of {day}")
    return said.format(n=number(version.number), decision=version.decision_number, day=f"{version.decided_on:%d/%m/%Y}")


def moment_of(moments: Sequence[Moment], key: str) -> Moment | None:
    """The moment of that name, else the usual one; None where there is none."""
    return next((moment for moment in moments if moment.key == key), moments[0] if moments else None)


def stood(store: Store, view: View, moment: Moment) -> View:
    """The catalogue at a moment, on the scale it had then; the last few are kept, and with a view its own.

    A version is read as it was approved, whatever became of its edition since.

    Raises:
        UnknownCatalogue: The log was put back to before that.
        StoreBusy: The database does not answer.
        StoreError: A version is not what was approved any more.
    """
    if moment.approved:
        return approving.view_of(store, moment.approved)
    return view.own.get(("stood", moment.seq), lambda: stood_at(store, view.catalogue.id, moment.seq))


def stood_at(store: Store, catalogue_id: str, seq: int) -> View:
    """A catalogue after a change of its log; the last few that were asked for are kept, for all who look.

    Raises:
        UnknownCatalogue: It is there no more, or its log was put back to before that.
        StoreBusy: The database does not answer.
    """
    batch = [change.batch for change in store.changes(catalogue_id, seq - 1, limit=1)]
    key: Hashable = (catalogue_id, seq, *batch)  # after a backup was put back other changes may lead to the same seq
    return _kept.setdefault(store, Kept(_MOST)).get(key, lambda: View(store.reading(catalogue_id, seq)))


def _first_items(store: Store, view: View) -> int:
    """The last change of the gesture that brought the first items; 0 where none ever came."""
    came = store.changes(view.catalogue.id, kind=ChangeKind.ADD, limit=1)
    return store.batch(view.catalogue.id, came[0].batch).last_seq if came else 0


def _before(store: Store, view: View, at: datetime) -> int:
    """The last change made before a moment; 0 where there is none."""
    made, later = 0, view.seq + 1  # the log is in the order of its moments, but for clocks of servers that differ
    while later - made > 1:
        middle = (made + later) // 2
        change = store.changes(view.catalogue.id, middle - 1, limit=1)[0]
        made, later = (middle, later) if change.at < at else (made, middle)
    return made
