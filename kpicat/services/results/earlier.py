"""The catalogue as it stood at an earlier moment, to say what changed since."""

from __future__ import annotations

import weakref
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kpicat.language import _, language
from kpicat.model import ChangeKind
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
    """

    key: str
    words: str
    seq: int


def moments(store: Store, view: View, now: datetime) -> list[Moment]:
    """What there is to hold the catalogue against, the usual one first; nothing where it has no past.

    Once versions are approved, the last of them comes first.

    Args:
        now: In the reader's own time zone, as days begin there.

    Raises:
        StoreBusy: The database does not answer.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return view.own.get(("moments", midnight, language()), lambda: _moments(store, view, midnight)) if view.seq else []


def _moments(store: Store, view: View, midnight: datetime) -> list[Moment]:
    first = _first_items(store, view)
    days = [
        ("today", _("the start of today"), midnight),
        ("week", _("a week ago"), midnight - timedelta(days=7)),
        ("month", _("30 days ago"), midnight - timedelta(days=30)),
    ]
    found = [Moment(key, words, _before(store, view, at)) for key, words, at in days]
    found = [moment for moment in found if first <= moment.seq < view.seq]
    begun = [Moment("first", _("the first items"), first)] if 0 < first < view.seq else []
    different = {moment.seq: moment for moment in reversed([*found, *begun])}
    return sorted(different.values(), key=lambda moment: -moment.seq)


def stood(store: Store, view: View, moment: Moment) -> View:
    """The catalogue at a moment, on the scale it had then; the last few are kept, and with a view its own.

    Raises:
        UnknownCatalogue: The log was put back to before that.
        StoreBusy: The database does not answer.
    """

    def read() -> View:
        batch = store.changes(view.catalogue.id, moment.seq - 1, limit=1)[0].batch
        of_store = _kept.setdefault(store, Kept(_MOST))
        key: Hashable = (view.catalogue.id, moment.seq, batch)
        return of_store.get(key, lambda: View(store.reading(view.catalogue.id, moment.seq)))

    return view.own.get(("stood", moment.seq), read)


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
