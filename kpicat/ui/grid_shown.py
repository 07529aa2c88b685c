"""What a live grid shows: its rows, their cells as they stand, and what others did to them meanwhile.

Streamlit keeps a half-typed cell, the scroll and the selection of a data editor
only while key, columns and row labels stay the same. So the grid's rows are fixed
for a *generation*; new rows are typed into reserved blank ones whose ids belong to
this session; others' values flow into the same rows; others' new or deleted rows
wait behind a banner; and a new generation begins only at the person's own gesture.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from kpicat import services
from kpicat.model import FIELDS, Change, ChangeKind, Conflict, Value
from kpicat.office import Pace
from kpicat.services.view import View
from kpicat.store import Store
from kpicat.ui.grid_rows import SELECT, Cell, absent, is_same, painted, shown_in

RESERVED = 10
ON_SCREEN = timedelta(seconds=2)
"""A value of another that came this long ago has reached the screen, where the browser does not say what it shows."""


@dataclass(frozen=True, slots=True)
class Painted:
    """Rows as they were painted, for threads that look while the next ones are under way.

    Attributes:
        like: What the frame shows as everybody sees it who looks at these rows; None where it shows more.
    """

    frame: pd.DataFrame
    listed: tuple[str, ...]
    blank: tuple[str, ...]
    columns: tuple[str, ...]
    like: View | None


@dataclass(frozen=True, slots=True)
class Echo:
    """Since when a cell shows what was typed into it and has been dealt with.

    Attributes:
        raw: What was typed.
        before: What the cell showed before.
        at: When it was painted so, in seconds of the monotonic clock; minus infinity if it was not painted for this.
    """

    raw: Any
    before: Any
    at: float


@dataclass
class Shown:
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
        echoes: Cell that has been dealt with and shows so -> since when.
        came: When the editor's last report came, in seconds of the monotonic clock; infinite where nobody says.
        waiting: Cell -> what is not in the database yet; it is tried again.
        arrived: Cell -> (value before somebody else's arrived, when it did, its seq).
        mine: Batches written from here.
        conflicts, refused: Cells still in question, with what to say of them.
        dropped: Cells refused in an earlier generation, with what to say of them once more: their text is gone.
        authored: Cells written from here in this generation.
        mark: Tells another session which rows these are, see :mod:`kpicat.ui.resuming`.
        others: Changes others made to these, not yet told.
        unanswered_at: When the database last did not answer, in seconds of the monotonic clock.
        resumed: Whether a browser that outlived its session shows these rows already; what it holds is to be taken.
        is_like_others: Whether the frame holds what everybody sees who looks at these rows.
        painted: The frame with all that says what it is.
        told: Fields of whose edits the page shows more than the cells.
        actor: Whose grid it is: what they do in another window can be taken back in this one, too.
        ticked: Ids of the rows ticked.
        carried: Rows that were ticked when the person's own gesture began this generation: ticked until unticked.
        steps_shown: Whether the page offers to undo and to redo something; after an edit it is to offer the first only.
        concerns_page: Whether something was done, here or by others, that shows beside the grid, too.
        guard: Held by whoever changes any of this.
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
    echoes: dict[Cell, Echo] = field(default_factory=dict)
    came: float = math.inf
    waiting: dict[Cell, Any] = field(default_factory=dict)
    arrived: dict[Cell, tuple[Value, datetime, int]] = field(default_factory=dict)
    mine: set[str] = field(default_factory=set)
    conflicts: dict[Cell, Conflict] = field(default_factory=dict)
    refused: dict[Cell, str] = field(default_factory=dict)
    dropped: dict[Cell, str] = field(default_factory=dict)
    authored: set[Cell] = field(default_factory=set)
    others: list[Change] = field(default_factory=list)
    unanswered_at: float = -math.inf
    resumed: bool = False
    is_like_others: bool = False
    painted: Painted | None = None
    told: frozenset[str] = frozenset()
    actor: str = ""
    ticked: list[str] = field(default_factory=list)
    carried: frozenset[str] = frozenset()
    steps_shown: tuple[bool, bool] = (True, False)
    concerns_page: bool = False
    guard: threading.RLock = field(default_factory=threading.RLock, repr=False)
    saved_at: datetime | None = None

    # -- rows ----------------------------------------------------------------

    def begin(self, view: View, shape: Hashable, columns: Sequence[str], ids: Sequence[str], reserve: int) -> None:
        """Start a generation: these rows, these columns, a new widget that holds nothing yet."""
        unsaved = [i for i in dict.fromkeys(item_id for item_id, _name in self.waiting) if i in self.reserved]
        blank = unsaved + [services.new_id() for _n in range(reserve)]
        self.key = services.new_id()
        self.carried = frozenset(self.ticked).intersection(ids) if self.shape is None else frozenset()
        self.shape, self.columns = shape, tuple(columns)
        self.listed, self.blank = tuple(ids), tuple(blank)
        self.reserved |= set(blank)
        self.view = view
        self.dropped |= self.refused
        for per_generation in (self.reported, self.settled, self.echoes, self.arrived, self.refused, self.authored):
            per_generation.clear()
        self.frame = pd.DataFrame()
        self.resumed = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Row labels of this generation, from top to bottom."""
        return self.listed + self.blank

    def ticked_in(self, edited: Mapping[int, Mapping[str, Any]]) -> list[str]:
        """Ids of the rows that are items and ticked, by what the editor holds."""
        ticked = [i for row, i in enumerate(self.ids) if edited.get(row, {}).get(SELECT, i in self.carried)]
        return [i for i in ticked if i not in self.reserved]

    def renew(self) -> None:
        """Let the next run begin a new generation."""
        self.shape, self.concerns_page = None, True

    def gone(self) -> list[str]:
        """Rows on screen whose item somebody deleted."""
        assert self.view is not None
        return [i for i in absent(self.view, self.ids) if i not in self.reserved]

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
        over |= {(item_id, SELECT): True for item_id in self.carried}
        last = self.frame
        self.frame, self.is_like_others = painted(
            self.view, self.columns, listed=self.listed, reserved=self.blank, over=over, last=last
        )
        self.echoes = self._echoed(last)
        like = self.view if self.is_like_others else None
        self.painted = Painted(self.frame, self.listed, self.blank, self.columns, like)

    def _echoed(self, last: pd.DataFrame) -> dict[Cell, Echo]:
        now, echoes = time.monotonic(), {}
        for cell, raw in self.settled.items():
            known = self.echoes.get(cell)
            if known is not None and is_same(known.raw, raw):
                echoes[cell] = known
            elif is_same(shown_in(self.frame, cell), raw):
                before = shown_in(last, cell)
                echoes[cell] = Echo(raw, before, -math.inf if is_same(before, raw) else now)
        return echoes

    # -- others --------------------------------------------------------------

    def follow(self, store: Store, view: View, at: datetime) -> None:
        """Take over what happened in the catalogue since the last look."""
        if self.view is None:
            return
        here, there = self.view.catalogue.standing, view.catalogue.standing
        if there.seq < here.seq or (there.seq == here.seq and there != here):  # a backup was put back
            self.renew()
        elif view.seq > self.view.seq:
            changes = view.changes_since(self.view.seq)
            for change in store.changes(view.catalogue.id, since=self.view.seq) if changes is None else changes:
                self.learn(change, at)
                self.concerns_page |= change.batch not in self.mine and not self._is_of_a_cell(change)
            self.reserved -= set(view.items.index)
            self.view = view

    def keeps_pace(self, view: View, at: datetime) -> Pace:
        """Take over and paint what others did, where that is all there is to it; else nothing is done.

        It is not where rows came, went or moved, a question is open, or the person is to be told.
        """
        if not self.guard.acquire(blocking=False):
            return Pace.LATER
        try:
            if self.view is None or self.conflicts or self.refused or self.others:
                return Pace.RUN
            if self.waiting or view.seq == self.view.seq:
                return Pace.LATER
            changes = view.changes_since(self.view.seq) if view.seq > self.view.seq else None
            if not changes or not all(map(self._is_only_shown, changes)):
                return Pace.RUN
            for change in changes:
                self.learn(change, at)
            self.view = view
            self.paint()
            return Pace.SHOWN
        finally:
            self.guard.release()

    def _is_only_shown(self, change: Change) -> bool:
        return self._is_of_a_cell(change) and (change.item_id, change.field) not in self.authored

    def _is_of_a_cell(self, change: Change) -> bool:
        """Whether it shows in a cell and in what follows edits by itself, and nowhere else on the page."""
        assert self.view is not None
        return (
            change.kind is ChangeKind.EDIT
            and change.field in FIELDS
            and change.field not in self.told
            and change.item_id in self.view.items.index
            and (change.actor != self.actor or change.batch in self.mine)
        )

    def learn(self, change: Change, at: datetime) -> None:
        """Know what another wrote into a cell."""
        if change.batch in self.mine or change.kind is not ChangeKind.EDIT or change.field not in FIELDS:
            return
        cell = (change.item_id, change.field)
        older = self.arrived[cell][0] if cell in self.arrived else FIELDS[change.field].decode(change.old)
        self.arrived[cell] = (older, at, change.seq)
        if asked := self.conflicts.get(cell):  # the question is about what stands there now
            theirs = FIELDS[change.field].decode(change.new)
            self.conflicts[cell] = replace(asked, theirs=theirs, by=change.actor, at=change.at, gone=False)
        elif cell in self.authored:
            self.others.append(change)

    def look(self, at: datetime, shown: int = 0) -> None:
        """The person opened or left a cell then, with the log shown up to a seq (0: it is not known).

        Only one cell can be open, so what came before has been seen in all others. A line may be slow:
        where the browser said what it shows, what came later was not seen, however long ago.
        """
        with self.guard:
            self.arrived = {
                cell: one
                for cell, one in self.arrived.items()
                if (one[2] > shown if shown else at - one[1] < ON_SCREEN)
            }
