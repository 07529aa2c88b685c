"""What was approved, read again: the versions, the one in force on a day, and next year's catalogue from it."""

from __future__ import annotations

import re
import weakref
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpicat import approval
from kpicat.approval import State
from kpicat.errors import InputError
from kpicat.language import _
from kpicat.model import CRITERIA, FIELDS, Catalogue, Decide, Item, Reading, Ruling, Write, values_of
from kpicat.model.approvals import Version
from kpicat.services.editing import new_id
from kpicat.services.keeping import Kept
from kpicat.services.rulings import Keys, applies
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store

_MOST = 6  # versions kept ready
_kept: weakref.WeakKeyDictionary[Store, Kept] = weakref.WeakKeyDictionary()


def versions(store: Store, catalogue_id: str) -> list[Version]:
    """Every version of a catalogue that was approved, in order."""
    return store.approvals.of(catalogue_id)


def version_in_force(store: Store, catalogue_id: str, on: date) -> Version | None:
    """The version that applies on a day; None before the first takes effect."""
    return approval.in_force(versions(store, catalogue_id), on)


def last_approved(store: Store, catalogue_id: str) -> Reading | None:
    """What was approved last, whether it is in force yet or not; None where nothing was."""
    found = versions(store, catalogue_id)
    return view_of(store, found[-1]).reading if found else None


def view_of(store: Store, version: Version) -> View:
    """A version as pages and papers read it, under the scale that was approved with it; the last few are kept.

    Raises:
        StoreError: It is not what was approved any more.
    """
    kept = _kept.setdefault(store, Kept(_MOST))
    return kept.get(version, lambda: _thawed(store.approvals.content(version), version))


def _thawed(content: str, version: Version) -> View:
    reading, scale = approval.thaw(content, status=State.APPROVED, head=version.seq, approved=version.encode())
    view = View(reading)
    view.own.put("guidance", scale)  # as it was approved, whatever became of the edition since
    view.own.put("marks_misfit", False)
    return view


def start_next_year(
    store: Store, catalogue_id: str, *, on: date, name: str = "", period: str = "", actor: str, at: datetime
) -> Catalogue:
    """A new catalogue for the period after, from the version in force on a day.

    Its lines have ids of their own and keep all that was approved of them: codes, tiers with their grounds, points,
    the standard unit. That two lines are two works stays decided, as it holds of the works, not of a year. Comments,
    waived findings and where the other stands on its way are that one's: what was let stand is to be judged anew.

    Args:
        name, period: Of the new one; "" for those of the version with each year in them a year later.

    Raises:
        InputError: No version is in force on that day.
    """
    found = version_in_force(store, catalogue_id, on)
    if found is None:
        words = _("No version of this catalogue is in force on {day}, so there is nothing to begin the next year from.")
        raise InputError(words.format(day=f"{on:%d/%m/%Y}"))
    then = view_of(store, found)
    about = replace(
        then.catalogue,
        id=new_id()[:12],
        name=name.strip() or a_year_on(then.catalogue.name),
        period=period.strip() or a_year_on(then.catalogue.period),
        status=State.DRAFT,
        approved="",
        head=0,
    )
    ids = {item_id: new_id() for item_id in then.items.index.tolist()}
    begun = store.create(about, actor=actor, at=at, items=_items(then.reading, ids))
    if lasting := _told_apart(then, View(store.reading(begun.id)), ids):
        store.commit(begun.id, lasting, actor=actor, at=at, label="decide")
    return store.catalogue(begun.id)


def _items(reading: Reading, ids: Mapping[str, str]) -> list[Item]:
    names = (*FIELDS, CRITERIA.name)
    rows = zip(*(values_of(reading.items[name]) for name in names), strict=True)
    values = ({name: value for name, value in zip(names, row, strict=True) if value not in (None, "", False)}
              for row in rows)  # fmt: skip
    return [Item(ids[old], told) for old, told in zip(reading.items.index.tolist(), values, strict=True)]


def _told_apart(then: View, now: View, ids: Mapping[str, str]) -> list[Write]:
    """The decisions that two lines are two works, about the lines they became."""
    before, after = Keys(then.items), Keys(now.items)
    writes: list[Write] = []
    for each in then.reading.decisions:
        if each.verdict is not Ruling.WAIVED and applies(each, before):
            (first, second), key = after.of_pair(ids[each.item_id], ids[each.other])
            writes.append(Decide(first, key, None, replace(each, item_id=first, other=second, key=key)))
    return writes


def a_year_on(words: str) -> str:
    """The words with each year in them a year later: "Danh mục năm 2026" -> "Danh mục năm 2027"."""
    return re.sub(r"(?<!\d)20\d\d(?!\d)", lambda year: str(int(year[0]) + 1), words)
