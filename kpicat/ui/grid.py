"""The one live grid: what its rows are, what was typed, what others did meanwhile.

Streamlit keeps a half-typed cell, the scroll and the selection of a data editor
only while key, columns and row labels stay the same. So the grid's rows are fixed
for a *generation*; new rows are typed into reserved blank ones whose ids belong to
this session; others' values flow into the same rows; others' new or deleted rows
wait behind a banner; and a new generation begins only at the person's own gesture.

The editor shows what was typed over whatever the frame says and reports it again
each time, until the frame says the same. Therefore a cell that has been dealt with
is *echoed*: the frame repeats the typed text once, the editor lets go of it, and
from then on the cell shows what the database holds, whoever wrote it.

This module knows no widgets (see :mod:`kpicat.ui.grid_view`), so all of it is
tested without a browser.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

import pandas as pd

from kpicat import services
from kpicat.errors import InputError
from kpicat.model import FIELDS, PLACE, Change, ChangeKind, Conflict, Edit, Outcome, Value, Write
from kpicat.services.view import View
from kpicat.store import Store
from kpicat.ui.grid_rows import Cell, painted

RESERVED = 10
ON_SCREEN = timedelta(seconds=2)
"""A value of another that came this long ago has reached the screen."""


@dataclass
class Grid:
    """State of one grid of one catalogue in one session.

    Attributes:
        key: Names the generation; never the same twice, also after a restart of the server,
            so that a browser that comes back cannot report old positions against new rows.
        shape: What the person asked to see; another shape begins a new generation.
        listed, blank: Row labels of this generation: what were items when it began, then the reserved ones.
        reserved: Ids of rows given out here that are no items yet.
        view: What is on screen.
        frame: The cells last sent to the screen, one ``str``/``bool`` column per column of the grid.
        reported: Cell -> what the editor holds of it now.
        settled: Cell -> what the editor holds of it and has been dealt with.
        waiting: Cell -> what is not in the database yet; it is tried again.
        arrived: Cell -> (value before somebody else's arrived, when it did, its seq).
        mine: Batches written from here.
        conflicts, refused: Cells still in question, with what to say of them.
        authored: Cells written from here in this generation.
        mark: Tells another session which rows these are, see :mod:`kpicat.ui.resuming`.
        others: Changes others made to these, not yet told.
    """

    key: str = ""
    mark: str = ""
    shape: Hashable = None
    columns: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    reserved: set[str] = field(default_factory=set)
    view: View | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    reported: dict[Cell, Any] = field(default_factory=dict)
    settled: dict[Cell, Any] = field(default_factory=dict)
    waiting: dict[Cell, Any] = field(default_factory=dict)
    arrived: dict[Cell, tuple[Value, datetime, int]] = field(default_factory=dict)
    mine: set[str] = field(default_factory=set)
    conflicts: dict[Cell, Conflict] = field(default_factory=dict)
    refused: dict[Cell, str] = field(default_factory=dict)
    authored: set[Cell] = field(default_factory=set)
    others: list[Change] = field(default_factory=list)
    saved_at: datetime | None = None

    # -- rows ----------------------------------------------------------------

    def begin(self, view: View, shape: Hashable, columns: Sequence[str], ids: Sequence[str], reserve: int) -> None:
        """Start a generation: these rows, these columns, a new widget that holds nothing yet."""
        unsaved = [i for i in dict.fromkeys(item_id for item_id, _name in self.waiting) if i in self.reserved]
        blank = unsaved + [services.new_id() for _n in range(reserve)]
        self.key = services.new_id()
        self.shape, self.columns = shape, tuple(columns)
        self.listed, self.blank = tuple(ids), tuple(blank)
        self.reserved |= set(blank)
        self.view = view
        for per_generation in (self.reported, self.settled, self.arrived, self.refused, self.authored):
            per_generation.clear()
        self.frame = pd.DataFrame()

    @property
    def ids(self) -> tuple[str, ...]:
        """Row labels of this generation, from top to bottom."""
        return self.listed + self.blank

    def renew(self) -> None:
        """Let the next run begin a new generation."""
        self.shape = None

    def gone(self) -> list[str]:
        """Rows on screen whose item somebody deleted."""
        assert self.view is not None
        here = self.view.items.index
        return [i for i in self.ids if i not in self.reserved and i not in here]

    def born(self, wanted: Sequence[str]) -> list[str]:
        """Items that belong to what is shown but are not on screen."""
        shown = set(self.ids)
        return [i for i in wanted if i not in shown]

    def reordered(self) -> bool:
        """Whether somebody moved rows that are on screen."""
        assert self.view is not None
        places = self.view.items.index.get_indexer(pd.Index(self.ids))
        places = places[places >= 0]
        return bool((places[1:] < places[:-1]).any())

    def paint(self) -> None:
        """Make the frame to be shown now: echoes, and what waits from an earlier generation, over what stands."""
        assert self.view is not None
        over = {c: raw for c, raw in self.settled.items() if c not in self.conflicts and c not in self.refused}
        over |= {c: raw for c, raw in self.waiting.items() if c not in self.reported}
        self.frame = painted(
            self.view, self.columns, listed=self.listed, reserved=self.blank, over=over, last=self.frame
        )

    # -- others --------------------------------------------------------------

    def follow(self, store: Store, view: View, at: datetime) -> None:
        """Take over what happened in the catalogue since the last look."""
        if self.view is None:
            return
        if view.seq < self.view.seq:  # a backup was put back
            self.renew()
        elif view.seq > self.view.seq:
            changes = view.changes_since(self.view.seq)
            for change in store.changes(view.catalogue.id, since=self.view.seq) if changes is None else changes:
                self.learn(change, at)
            self.reserved -= set(view.items.index)
            self.view = view

    def learn(self, change: Change, at: datetime) -> None:
        """Know what another wrote into a cell."""
        if change.batch in self.mine or change.kind is not ChangeKind.EDIT or change.field not in FIELDS:
            return
        cell = (change.item_id, change.field)
        older = self.arrived[cell][0] if cell in self.arrived else FIELDS[change.field].decode(change.old)
        self.arrived[cell] = (older, at, change.seq)
        if cell in self.authored:
            self.others.append(change)

    def look(self, at: datetime, shown: int = 0) -> None:
        """The person opened or left a cell then, with the log shown up to a seq (0: it is not known).

        Only one cell can be open, so what came before has been seen in all others.
        """
        self.arrived = {c: o for c, o in self.arrived.items() if at - o[1] < ON_SCREEN and o[2] > shown}

    # -- typing --------------------------------------------------------------

    def take(self, edited: Mapping[int, Mapping[str, Any]]) -> None:
        """Take what the editor holds now; what is new in it waits to be saved. Repeats do nothing.

        Args:
            edited: Row position -> column -> what was typed, as the data editor keeps it.
        """
        reported = {
            (self.ids[row], column): raw
            for row, cells in edited.items()
            if row < len(self.ids)
            for column, raw in cells.items()
            if column in FIELDS
        }
        typed = {cell: raw for cell, raw in reported.items() if cell not in self.settled or self.settled[cell] != raw}
        for cell in self.reported.keys() - reported.keys():
            typed |= self._let_go(cell)
        self.reported = reported
        self.waiting |= typed

    def _let_go(self, cell: Cell) -> dict[Cell, Any]:
        """The editor holds a cell no more: it is as the frame has it, echoed or typed back by hand."""
        self.waiting.pop(cell, None)
        self.refused.pop(cell, None)
        if cell not in self.settled:
            return {}
        was, shown = self.settled.pop(cell), cast(Any, self.frame.at[cell])
        shown = None if pd.isna(shown) else shown
        return {} if (shown or None) == (was or None) else {cell: shown}

    def save(self, store: Store, *, actor: str, at: datetime) -> Outcome | None:
        """Save what waits.

        Raises:
            StoreBusy: Nothing was saved; everything still waits.
        """
        typed = dict(self.waiting)
        if not typed:
            return None
        outcome = self._commit(store, self._writes(typed), actor=actor, at=at)
        self.waiting.clear()
        self.settled |= {cell: raw for cell, raw in typed.items() if cell in self.reported}
        self.authored |= typed.keys()
        self.arrived = {c: o for c, o in self.arrived.items() if c not in typed}
        self.look(at)
        if outcome is not None:
            self._ask(store, outcome, typed, actor=actor, at=at)
        return outcome

    def _writes(self, typed: Mapping[Cell, Any]) -> list[Write]:
        assert self.view is not None
        rows: dict[str, dict[str, Value]] = {}
        for cell, raw in typed.items():
            self.refused.pop(cell, None)
            try:
                value = services.typed(cell[1], raw, self.view.guidance)
            except InputError as error:
                self.refused[cell] = str(error)
                continue
            if not self._asked_already(cell, value):
                rows.setdefault(cell[0], {})[cell[1]] = value
        return [write for item_id, values in rows.items() for write in self._row_writes(item_id, values)]

    def _row_writes(self, item_id: str, values: Mapping[str, Value]) -> Sequence[Write]:
        assert self.view is not None
        edits = [self._as_seen(edit) for edit in services.row_edits(self.view, item_id, values)]
        return services.row_writes(self.view, item_id, edits) if item_id in self.reserved else edits

    def _asked_already(self, cell: Cell, value: Value) -> bool:
        """Typed again while the question is open: it stays open, about the new value."""
        conflict = self.conflicts.get(cell)
        if conflict is None:
            return False
        encode = FIELDS[cell[1]].encode
        if encode(value) == encode(conflict.theirs) and not conflict.gone:
            del self.conflicts[cell]
        else:
            self.conflicts[cell] = dataclasses.replace(conflict, mine=value)
        return True

    def _as_seen(self, edit: Edit) -> Edit:
        """The edit against what its author had on screen when the cell was opened, as far as one can know."""
        older = self.arrived.get((edit.item_id, edit.field))
        return edit if older is None else dataclasses.replace(edit, seen=older[0])

    def _commit(self, store: Store, writes: Sequence[Write], *, actor: str, at: datetime) -> Outcome | None:
        assert self.view is not None
        return self.done(services.save(store, self.view, writes, actor=actor, at=at)) if writes else None

    def done(self, outcome: Outcome) -> Outcome:
        """Know a batch as written from here."""
        if outcome.batch:
            self.mine.add(outcome.batch)
            self.saved_at = outcome.at
        return outcome

    def took(self, outcome: Outcome) -> Outcome:
        """Know a gesture made outside the cells: where rows came, went or moved, the rows are shown anew."""
        if any(not isinstance(write, Edit) or write.field == PLACE.name for write in outcome.applied):
            self.renew()
        return self.done(outcome)

    def ask(self, conflicts: Iterable[Conflict]) -> None:
        """Put what met others before its author."""
        for conflict in conflicts:
            self.conflicts[conflict.item_id, conflict.field] = conflict

    # -- questions -----------------------------------------------------------

    def _ask(self, store: Store, outcome: Outcome, typed: Mapping[Cell, Any], *, actor: str, at: datetime) -> None:
        """Put what was refused for somebody else's sake before its author, and take back what followed from it."""
        asked = {c.item_id for c in outcome.conflicts if (c.item_id, c.field) in typed}
        self.ask(c for c in outcome.conflicts if (c.item_id, c.field) in typed or c.item_id not in asked)
        followed = [
            Edit(w.item_id, w.field, seen=w.new, new=w.seen)
            for w in outcome.applied
            if isinstance(w, Edit) and w.item_id in asked and (w.item_id, w.field) not in typed
        ]
        self._commit(store, followed, actor=actor, at=at)

    def keep_mine(self, store: Store, conflict: Conflict, *, actor: str, at: datetime) -> None:
        """Put mine over theirs, or into the row put back; asked again if it changed once more."""
        assert self.view is not None
        outcome = self.done(services.keep_mine(store, self.view, conflict, actor=actor, at=at))
        self._answered(conflict)
        self.ask(outcome.conflicts)

    def take_theirs(self, conflict: Conflict) -> None:
        """Drop what was typed here; the cell shows what stands."""
        self._answered(conflict)

    def _answered(self, conflict: Conflict) -> None:
        self.conflicts.pop((conflict.item_id, conflict.field), None)
        self.arrived.pop((conflict.item_id, conflict.field), None)
