"""People at the edit page: everybody looks, some type.

What a data editor of Streamlit 1.67 does between a person and the server is done here too:
it waits 150 ms after the last keystroke that changed a cell, then reports all its edits; and
when a new frame holds what was typed, it lets go of that edit and reports again.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from tests.load.accounts import Accounts, Typed
from tests.load.components import Hand, Listener
from tests.load.protocol import Element, Session, now

DEBOUNCE = 0.15
"""Seconds a data editor waits before it reports."""
TYPING = 0.4
"""Seconds from opening a cell to Enter."""


class Frame:
    """The cells of a grid as they came over the wire."""

    def __init__(self, arrow: bytes) -> None:
        table = pa.ipc.open_stream(arrow).read_all()
        labels = (table.schema.pandas_metadata or {}).get("index_columns", [])
        self._table = table.select([name for name in table.column_names if name not in labels])
        label = next((name for name in labels if isinstance(name, str)), None)
        self.rows: list[str] = table.column(label).to_pylist() if label else [str(n) for n in range(table.num_rows)]
        self.place = {row: n for n, row in enumerate(self.rows)}
        self.columns = frozenset(self._table.column_names)

    def cell(self, row: int, column: str) -> Any:
        """What stands there."""
        return self._table.column(column)[row].as_py()

    def column(self, name: str) -> list[Any]:
        """What stands in a column, from top to bottom."""
        return self._table.column(name).to_pylist()  # type: ignore[no-any-return]


class Viewer:
    """Somebody with the grid of the catalogue open.

    Attributes:
        frame: What is on screen.
        expected: What others typed and this screen has not shown yet.
    """

    def __init__(self, name: str, session: Session, accounts: Accounts) -> None:
        self.name, self.session, self.accounts = name, session, accounts
        self.frame: Frame | None = None
        self.expected: list[Typed] = []
        self.ready = asyncio.Event()
        self.listener, self.hand = Listener(session), Hand(session)
        session.on_element, session.on_finished = self._drawn, self._finished

    @property
    def grid(self) -> Element | None:
        """The data editor on the page."""
        return next(self.session.find("dataframe"), None)

    def _drawn(self, element: Element, changed: bool) -> None:
        if element.kind == "dataframe" and changed:
            self.frame = Frame(element.body.arrow_data.data)
            self._look(self.frame, now())
        elif element.kind == "bidi_component":
            for component in (self.listener, self.hand):
                if element.body.component_name.endswith(component.NAME):
                    component.mount(element)

    def _look(self, frame: Frame, at: float) -> None:
        still = []
        for typed in self.expected:
            row = frame.place.get(typed.item)
            if row is not None and frame.cell(row, typed.field) == typed.value:
                typed.seen[self.name] = at
            else:
                still.append(typed)
        self.expected = still

    def _finished(self, _fragments: tuple[str, ...]) -> None:
        if self.frame is not None:
            self.ready.set()

    async def leave(self) -> None:
        """Close the tab."""
        self.hand.close()
        await self.listener.close()
        await self.session.close()


class Editor(Viewer):
    """Somebody who types into rows of their own.

    Attributes:
        watchers: Those who are to see it.
        unanswered: What was typed and is not acknowledged yet.
    """

    def __init__(self, name: str, session: Session, accounts: Accounts, rows: Sequence[str], number: int) -> None:
        super().__init__(name, session, accounts)
        self.watchers: list[Viewer] = []
        self.unanswered: list[Typed] = []
        self._held: dict[int, dict[str, str]] = defaultdict(dict)
        self._report: asyncio.TimerHandle | None = None
        self._cells = _cells(rows, number)

    async def work(self, every: float, until: float) -> None:
        """Change a cell every ``every`` seconds, more or less, until that moment."""
        await asyncio.sleep(random.uniform(0, every))
        while now() < until:
            began = now()
            await self._type_one()
            await asyncio.sleep(max(0.0, every * random.uniform(0.7, 1.3) - (now() - began)))

    async def _type_one(self) -> None:
        await self.type(*next(self._cells))

    async def type(self, item: str, column: str, value: str) -> None:
        """Open a cell, type into it and press Enter."""
        assert self.frame is not None
        self.listener.say_where(item)
        if not self.listener.say_opened():
            self.hand.open()
        await asyncio.sleep(TYPING)
        typed = Typed(self.name, item, column, value, now())
        self.accounts.typed.append(typed)
        self.unanswered.append(typed)
        for watcher in self.watchers:
            watcher.expected.append(typed)
        self._held[self.frame.place[item]][column] = value
        self._report_soon()

    # -- the data editor -----------------------------------------------------

    def _report_soon(self) -> None:
        if self._report is not None:
            self._report.cancel()
        self._report = asyncio.get_running_loop().call_later(DEBOUNCE, self._report_now)

    def _report_now(self) -> None:
        grid = self.grid
        if grid is not None:
            rows = {str(row): cells for row, cells in self._held.items() if cells}
            self.session.set_text(
                grid, json.dumps({"edited_rows": rows, "added_rows": [], "deleted_rows": []}, ensure_ascii=False)
            )

    def _look(self, frame: Frame, at: float) -> None:
        super()._look(frame, at)
        let_go = [
            (row, column)
            for row, cells in self._held.items()
            for column, value in cells.items()
            if frame.cell(row, column) == value
        ]
        for row, column in let_go:
            del self._held[row][column]
        if let_go:
            self._report_soon()
        for typed in self.unanswered:
            if typed.shown is None and frame.cell(frame.place[typed.item], typed.field) == typed.value:
                typed.shown = at

    def _finished(self, fragments: tuple[str, ...]) -> None:
        super()._finished(fragments)
        at = now()
        for typed in self.unanswered:
            if typed.shown is not None:
                typed.acknowledged = at
        self.unanswered = [typed for typed in self.unanswered if typed.acknowledged is None]


def _cells(rows: Sequence[str], number: int) -> Iterator[tuple[str, str, str]]:
    """Cell after cell of a person's own rows, each with a value nobody else types."""
    n = 0
    while True:
        for column in ("quantity", "task", "product"):
            for row in rows:
                n += 1
                yield (
                    row,
                    column,
                    str((number + 1) * 10_000 + n) if column == "quantity" else f"Việc {number}.{n} đã sửa",
                )
