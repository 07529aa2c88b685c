"""The versions a catalogue can be held against, and what became of its lines since.

A version is a moment of a catalogue's log, or another catalogue as it stands; whoever has other kinds of it
makes a :class:`Version` of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

import pandas as pd

from kpicat.comparing import Comparison, Pair, State, compare
from kpicat.labels import field_label
from kpicat.language import _, moment, signed
from kpicat.model.approvals import Version as Approved
from kpicat.services import approving
from kpicat.services.catalogues import shelf
from kpicat.services.comparing.drawn import change_words
from kpicat.services.history import gesture_name
from kpicat.services.results import approved_words, stood_at
from kpicat.services.view import View, written
from kpicat.store import Store

MOST_MOMENTS = 300
"""Gestures offered as moments, the last ones."""
_SEQ = re.compile("[0-9]{1,12}")
"""As a link writes it."""


@dataclass(frozen=True, slots=True)
class Version:
    """A state that can be compared.

    Attributes:
        catalogue_id: Of which catalogue.
        seq: After which change of it; None as it stands.
        name: What it is called.
        at: When it was reached; None where it moves on.
        approved: What was approved, where it is that.
    """

    catalogue_id: str
    seq: int | None
    name: str
    at: datetime | None = None
    approved: Approved | None = None

    @property
    def key(self) -> str:
        """What it is called in a link."""
        return f"{self.catalogue_id}:{'' if self.seq is None else self.seq}"


def moment_of(store: Store, view: View, key: str, clock: Callable[[datetime], datetime]) -> Version | None:
    """The moment of the catalogue that a link names, also one too long ago to be offered; None where there is none.

    Raises:
        StoreBusy: The database does not answer.
    """
    own, _colon, seq = key.rpartition(":")
    if own != view.catalogue.id or not _SEQ.fullmatch(seq) or not 0 < int(seq) < view.seq:
        return None
    for version in approving.versions(store, own):
        if version.seq == int(seq):
            return _approved(version)
    change = store.changes(own, int(seq) - 1, limit=1)[0]
    batch = store.batch(own, change.batch)
    return Version(own, int(seq), _after(change.at, change.actor, batch.label, clock), change.at)


def versions(store: Store, view: View, clock: Callable[[datetime], datetime]) -> list[Version]:
    """All there is to compare: the catalogue now, what was approved, its moments, newest first, the other catalogues.

    Args:
        clock: A logged moment in the reader's time zone.
    """
    own = view.catalogue.id
    agreed = {version.seq: _approved(version) for version in reversed(approving.versions(store, own))}
    agreed.pop(view.seq, None)
    found = [Version(own, None, _("As it stands now")), *agreed.values()]
    for batch in view.own.get("batches", lambda: store.batches(own, limit=MOST_MOMENTS)):
        if batch.last_seq != view.seq and batch.last_seq not in agreed:
            found.append(Version(own, batch.last_seq, _after(batch.at, batch.actor, batch.label, clock), batch.at))
    for other in shelf(store):
        if other.id != own:
            called = " · ".join(filter(None, (other.name, other.body, other.period)))
            found.append(Version(other.id, None, _("Catalogue: {name}").format(name=called)))
    return found


def _approved(version: Approved) -> Version:
    words = approved_words(version)
    return Version(version.catalogue_id, version.seq, words[:1].upper() + words[1:], version.approved_at, version)


def _after(at: datetime, actor: str, label: str, clock: Callable[[datetime], datetime]) -> str:
    return _("After {what}").format(what=" · ".join((moment(clock(at)), actor, gesture_name(label))))


def before_today(found: Sequence[Version], zone: tzinfo | None) -> Version:
    """What people mean by "since then": the version approved last, else the end of the last day before the newest
    moment's, else the oldest moment.

    Args:
        found: As :func:`versions` gives.
        zone: In which days begin.
    """
    if agreed := [version for version in found if version.approved]:
        return agreed[0]
    moments = [version for version in found if version.at is not None]
    days = [version.at.astimezone(zone).date() for version in moments if version.at is not None]
    earlier = [version for version, day in zip(moments, days, strict=True) if day < days[0]]
    others = [version for version in found[1:] if version.at is None]
    return next(iter([*earlier, *moments[-1:], *others]), found[0])


def compared(store: Store, view: View, newest: Callable[[str], View], before: Version, after: Version) -> Comparison:
    """What lies between two versions; made once for all who look.

    Args:
        newest: A catalogue as it stands.

    Raises:
        UnknownCatalogue: A version is there no more.
    """

    def read(version: Version) -> View:
        if version.approved:
            return approving.view_of(store, version.approved)
        if version.seq is not None:
            return stood_at(store, version.catalogue_id, version.seq)
        return view if version.catalogue_id == view.catalogue.id else newest(version.catalogue_id)

    def made() -> Comparison:
        old, new = (State(each.items, each.table, each.guidance) for each in (read(before), read(after)))
        return compare(old, new, one_log=before.catalogue_id == after.catalogue_id)

    stood = [
        version.seq if version.seq is not None else str(store.standing(version.catalogue_id))
        for version in (before, after)
    ]
    return view.kept(("compared", before.catalogue_id, after.catalogue_id, *stood), made)


_CELLS = ("tier", "points", "coefficient", "quantity", "converted_quantity")
_TEXTS = ("detail", "product", "position", "department")


def lines(found: Comparison, pairs: Sequence[Pair]) -> pd.DataFrame:
    """Pairs of lines as people read them: what became of it, its words, and each cell that differs as old → new.

    Returns:
        One row per pair, indexed by the line's id after, else before; text columns, of which the numbers stand from
        the fourth to the ninth.
    """
    fields = ("code", "task", *_TEXTS)
    old, new = (state.lines(fields, _CELLS) for state in (found.before, found.after))
    words = change_words()
    rows = []
    for pair in pairs:
        was, now = old.get(pair.before or "", {}), new.get(pair.after or "", {})
        cells = {name: _arrow(was.get(name, ""), now.get(name, "")) for name in fields}
        cells |= {name: _arrow(written(was.get(name)), written(now.get(name))) for name in _CELLS}
        changes = ", ".join(words[change] for change in words if change in pair.changes)
        moved = signed(pair.moved) if pair.moved else ""
        numbers, texts = ([cells[name] for name in names] for names in (_CELLS, _TEXTS))
        rows.append((changes, cells["code"], cells["task"], *numbers, moved, *texts))
    headings = [[field_label(name) for name in names] for names in (("code", "task", *_CELLS), _TEXTS)]
    columns = [_("What became of it"), *headings[0], _("Adds to the total"), *headings[1]]
    return pd.DataFrame(rows, columns=columns, index=[pair.after or pair.before for pair in pairs], dtype="str")


def _arrow(was: str, now: str) -> str:
    return now if was == now else f"{was or '–'} → {now or '–'}"
