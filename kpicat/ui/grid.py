"""The one live grid: what is typed into its rows, how it is saved, and the questions that may follow.

The editor shows what was typed over whatever the frame says and reports it again
each time, until the frame says the same. Therefore a cell that has been dealt with
is *echoed*: the frame repeats the typed text once, the editor lets go of it, and
from then on the cell shows what the database holds, whoever wrote it.

This module knows no widgets (see :mod:`kpicat.ui.grid_view`), so all of it is
tested without a browser.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpicat import services
from kpicat.errors import InputError
from kpicat.model import FIELDS, PLACE, Conflict, Edit, Outcome, Value, Write
from kpicat.store import Store
from kpicat.ui.grid_rows import Cell, is_same, shown_in
from kpicat.ui.grid_shown import Shown

LETS_GO_SECONDS = 0.14
"""A data editor lets go of a cell this long, at the soonest, before it reports that: it waits 0.15 s for more."""


@dataclass
class Grid(Shown):
    """One grid of one catalogue in one session, typed into."""

    # -- typing --------------------------------------------------------------

    def take(self, edited: Mapping[int, Mapping[str, Any]]) -> bool:
        """Take what the editor holds now; what is new in it waits to be saved. Repeats do nothing.

        Args:
            edited: Row position -> column -> what was typed, as the data editor keeps it.

        Returns:
            Whether something was new.
        """
        reported = self._cells_of(edited)
        typed = {cell: raw for cell, raw in reported.items() if cell not in self.settled or self.settled[cell] != raw}
        for cell in self.reported.keys() - reported.keys():
            typed |= self._let_go(cell)
        self.reported = reported
        self.waiting |= typed
        return bool(typed)

    def lets_go(self, edited: Mapping[int, Mapping[str, Any]]) -> bool:
        """Take a report that says no more than that the editor let go of cells which show what they hold.

        Args:
            edited: As for :meth:`take`.

        Returns:
            Whether it was such a one. If not, nothing was taken: it is a report like any.
        """
        if not self.guard.acquire(blocking=False):
            return False
        try:
            reported = self._cells_of(edited)
            gone = self.reported.keys() - reported.keys()
            is_all = self.is_like_others and not (self.waiting or self.conflicts or self.refused)
            says_more = not reported.items() <= self.reported.items() or self.ticked_in(edited) != self.ticked
            if says_more or not gone or not is_all or not all(map(self._is_echoed, gone)):
                return False
            self.reported = reported
            for cell in gone:
                del self.settled[cell]
            return True
        finally:
            self.guard.release()

    def _cells_of(self, edited: Mapping[int, Mapping[str, Any]]) -> dict[Cell, Any]:
        return {
            (self.ids[row], column): raw
            for row, cells in edited.items()
            if row < len(self.ids)
            for column, raw in cells.items()
            if column in FIELDS
        }

    def _is_echoed(self, cell: Cell) -> bool:
        """Whether a cell that was dealt with shows what was typed, so long that the editor can have let go of it."""
        echo = self.echoes.get(cell)
        is_shown = cell in self.settled and is_same(shown_in(self.frame, cell), self.settled[cell])
        return is_shown and (echo is None or self.came >= echo.at + LETS_GO_SECONDS)

    def _let_go(self, cell: Cell) -> dict[Cell, Any]:
        """The editor holds a cell no more: it is as the frame in the browser has it, echoed or typed back by hand."""
        self.waiting.pop(cell, None)
        self.refused.pop(cell, None)
        if cell not in self.settled or self._is_echoed(cell):
            self.settled.pop(cell, None)
            return {}
        raw, echo = self.settled.pop(cell), self.echoes.pop(cell, None)
        shown = shown_in(self.frame, cell)
        return {cell: echo.before if echo and is_same(shown, raw) else shown}

    def unsaved(self) -> dict[Cell, Any]:
        """Cell -> what was typed into it, is in no database, and would be gone with this session."""
        refused = {cell: self.settled[cell] for cell in self.refused if cell in self.settled}
        asked = {cell: conflict.mine for cell, conflict in self.conflicts.items() if conflict.field}
        return refused | asked | self.waiting

    def forget(self) -> None:
        """Drop what was typed and is not saved; the cells show what stands."""
        self.conflicts = {cell: conflict for cell, conflict in self.conflicts.items() if not conflict.field}
        self.waiting.clear()
        self.refused.clear()
        self.renew()  # the editor holds it still, and would report it again

    def save(self, store: Store, *, actor: str, at: datetime, shown: int = 0) -> Outcome | None:
        """Save what waits.

        Args:
            shown: As in :meth:`look`.

        Raises:
            StoreBusy: Nothing was saved; everything still waits.
        """
        typed = dict(self.waiting)
        if not typed:
            return None
        outcome = self._commit(store, self._writes(typed), typed, actor=actor, at=at)
        self.waiting.clear()
        self.settled |= {cell: raw for cell, raw in typed.items() if cell in self.reported}
        self.authored |= typed.keys()
        self.arrived = {c: o for c, o in self.arrived.items() if c not in typed}
        self.look(at, shown)
        if outcome is not None:
            self.ask(outcome.conflicts)
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

    def _commit(
        self, store: Store, writes: Sequence[Write], typed: Collection[Cell], *, actor: str, at: datetime
    ) -> Outcome | None:
        assert self.view is not None
        if not writes:
            return None
        return self.done(services.save_tied(store, self.view, writes, actor=actor, at=at, typed=typed))

    def done(self, outcome: Outcome) -> Outcome:
        """Know a batch as written from here, and whether it shows beside the grid, too."""
        self.concerns_page |= any(not isinstance(w, Edit) or w.field in self.told for w in outcome.applied)
        if outcome.batch:
            self.concerns_page |= self.steps_shown != (True, False)
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
