"""The one live grid: what its rows are, what was typed, what others did meanwhile.

Streamlit keeps a half-typed cell, the scroll and the selection of a data editor
only while key, columns and row labels stay the same. So the grid's rows are fixed
for a *generation*; new rows are typed into reserved blank ones whose ids belong to
this session; others' values flow into the same rows; others' new or deleted rows
wait behind a banner; and a new generation begins only at the person's own gesture,
or when somebody else's value must win over one typed here.

This module knows no widgets (see :mod:`kpicat.ui.grid_view`), so all of it is
tested without a browser.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from kpicat import services
from kpicat.errors import InputError, StoreBusy
from kpicat.model import FIELDS, Change, ChangeKind, Conflict, Edit, Kind, Outcome, Value, Write
from kpicat.services.view import View
from kpicat.store import Store

RESERVED = 10
STILL_TYPING = timedelta(seconds=120)
"""A value of another that arrived this recently may not have been seen by somebody typing."""

Cell = tuple[str, str]
UNSENT = object()


@dataclass
class Grid:
    """State of one grid in one session.

    Attributes:
        shape: What the person asked to see; another shape begins a new generation.
        ids: Row labels of this generation, the reserved ones last.
        view: What is on screen.
        frame: The cells on screen, one ``str``/``bool`` column per column of the grid.
        sent: Cell -> what was typed there and dealt with; the editor reports it again each time.
        arrived: Cell -> (value before somebody else's arrived, when it did).
        mine: Batches written from here.
        conflicts, refused: Cells still in question, with what to say of them.
        others: Sentences' worth of cells that others set over values typed here.
        unsaved: Something typed is not in the database yet; it is tried again.
    """

    generation: int = 0
    shape: Hashable = None
    columns: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    reserved: frozenset[str] = frozenset()
    view: View | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    sent: dict[Cell, object] = field(default_factory=dict)
    arrived: dict[Cell, tuple[Value, datetime]] = field(default_factory=dict)
    mine: set[str] = field(default_factory=set)
    conflicts: dict[Cell, Conflict] = field(default_factory=dict)
    refused: dict[Cell, str] = field(default_factory=dict)
    others: list[Change] = field(default_factory=list)
    unsaved: bool = False
    saved_at: datetime | None = None

    # -- rows ----------------------------------------------------------------

    def begin(self, view: View, shape: Hashable, columns: Sequence[str], ids: Sequence[str], reserve: int) -> None:
        """Start a generation: these rows, these columns, nothing typed yet."""
        blank = [services.new_id() for _n in range(reserve)]
        self.generation += 1
        self.shape, self.columns = shape, tuple(columns)
        self.ids, self.reserved = (*ids, *blank), frozenset(blank)
        self.view = view
        self.sent.clear()
        self.arrived.clear()
        self.refused.clear()
        self.frame = self._rows(pd.DataFrame())

    def renew(self) -> None:
        """Let the next run begin a new generation."""
        self.shape = None

    def _rows(self, before: pd.DataFrame) -> pd.DataFrame:
        """The rows of this generation as they stand in the view; deleted ones as they last stood."""
        assert self.view is not None
        rows = self.view.cells.reindex(index=list(self.ids), columns=list(self.columns))
        gone = [i for i in self.gone() if i in before.index]
        for name in self.columns:
            kind = FIELDS[name].kind if name in FIELDS else Kind.TEXT
            filled = rows[name].astype("object")
            filled = filled.where(filled.notna(), False if kind is Kind.FLAG else "")
            if gone:
                filled.loc[gone] = before.loc[gone, name].astype("object")
            rows[name] = filled.astype("bool" if kind is Kind.FLAG else "str")
        return rows

    def gone(self) -> list[str]:
        """Rows on screen whose item somebody deleted."""
        assert self.view is not None
        here = self.view.items.index
        return [i for i in self.ids if i not in self.reserved and i not in here]

    def born(self, wanted: Sequence[str]) -> list[str]:
        """Items that belong to what is shown but are not on screen."""
        shown = set(self.ids)
        return [i for i in wanted if i not in shown]

    # -- others --------------------------------------------------------------

    def follow(self, store: Store, view: View, at: datetime) -> None:
        """Take over what happened in the catalogue since the last look."""
        if self.view is None or view.seq <= self.view.seq or view.catalogue.id != self.view.catalogue.id:
            return
        changes = store.changes(view.catalogue.id, since=self.view.seq)
        for change in changes:
            if change.batch not in self.mine and change.kind is ChangeKind.EDIT and change.field in FIELDS:
                self._follow_cell(change, at)
        self.reserved -= set(view.items.index)
        before, self.view = self.frame, view
        self.frame = self._rows(before)

    def _follow_cell(self, change: Change, at: datetime) -> None:
        assert self.view is not None
        cell = (change.item_id, change.field)
        if cell not in self.sent or cell in self.conflicts:
            older = self.arrived.get(cell, (FIELDS[change.field].decode(change.old), at))[0]
            self.arrived[cell] = (older, at)
            return
        if FIELDS[change.field].decode(change.new) != self._typed(cell):
            self.others.append(change)
            self.renew()

    def _typed(self, cell: Cell) -> Value:
        assert self.view is not None
        try:
            return services.typed(cell[1], self.sent[cell], self.view.guidance)
        except InputError:
            return None

    # -- typing --------------------------------------------------------------

    def commit(self, store: Store, edited: Mapping[int, Mapping[str, Any]], *, actor: str, at: datetime) -> None:
        """Save what was typed and not dealt with yet. The editor reports every edit since it was born.

        Args:
            edited: Row position -> column -> what was typed, as the data editor keeps it.
        """
        typed = {
            (self.ids[row], column): raw
            for row, cells in edited.items()
            if row < len(self.ids)
            for column, raw in cells.items()
            if column in FIELDS and self.sent.get((self.ids[row], column), UNSENT) != raw
        }
        if not typed:
            self.unsaved = False
            return
        writes = self._writes(typed, at)
        try:
            outcome = self._save(store, writes, actor=actor, at=at)
        except StoreBusy:
            self.unsaved = True
            return
        self.unsaved = False
        self.sent |= typed
        for cell in typed:
            self.conflicts.pop(cell, None)
        self._ask(outcome, typed)

    def _writes(self, typed: Mapping[Cell, object], at: datetime) -> list[Write]:
        assert self.view is not None
        rows: dict[str, list[Edit]] = {}
        for (item_id, name), raw in typed.items():
            self.refused.pop((item_id, name), None)
            try:
                value = services.typed(name, raw, self.view.guidance)
            except InputError as error:
                self.refused[item_id, name] = str(error)
                continue
            edits = services.cell_edits(self.view, item_id, name, value)
            rows.setdefault(item_id, []).extend(self._as_seen(edit, at) for edit in edits)
        return [w for item_id, edits in rows.items() for w in self._row_writes(item_id, edits)]

    def _row_writes(self, item_id: str, edits: Sequence[Edit]) -> list[Write]:
        assert self.view is not None
        return list(edits) if item_id not in self.reserved else services.row_writes(self.view, item_id, edits)

    def _as_seen(self, edit: Edit, at: datetime) -> Edit:
        """The edit against what its author had on screen when the cell was opened, as far as one can know."""
        older = self.arrived.get((edit.item_id, edit.field))
        if older is None or at - older[1] > STILL_TYPING:
            return edit
        return dataclasses.replace(edit, seen=older[0])

    def _save(self, store: Store, writes: Sequence[Write], *, actor: str, at: datetime) -> Outcome | None:
        assert self.view is not None
        if not writes:
            return None
        outcome = services.save(store, self.view, writes, actor=actor, at=at)
        if outcome.batch:
            self.mine.add(outcome.batch)
            self.saved_at = outcome.at
        return outcome

    def _ask(self, outcome: Outcome | None, typed: Mapping[Cell, object]) -> None:
        """Put what was refused for somebody else's sake before its author."""
        asked = {c.item_id for c in outcome.conflicts if (c.item_id, c.field) in typed} if outcome else set()
        for conflict in outcome.conflicts if outcome else ():
            cell = (conflict.item_id, conflict.field)
            if cell in typed or conflict.item_id not in asked:
                self.conflicts[cell] = conflict

    # -- answers -------------------------------------------------------------

    def keep_mine(self, store: Store, conflict: Conflict, *, actor: str, at: datetime) -> None:
        """Put mine over theirs, or into the row put back; asked again if it changed once more."""
        assert self.view is not None
        writes = services.keep_mine(self.view, conflict)
        self.conflicts.pop((conflict.item_id, conflict.field), None)
        self.arrived.pop((conflict.item_id, conflict.field), None)
        outcome = self._save(store, writes, actor=actor, at=at)
        for again in outcome.conflicts if outcome else ():
            self.conflicts[again.item_id, again.field] = again
        if conflict.gone:
            self.renew()

    def take_theirs(self, conflict: Conflict) -> None:
        """Drop what was typed here; the next generation shows what stands."""
        self.conflicts.pop((conflict.item_id, conflict.field), None)
        self.renew()
