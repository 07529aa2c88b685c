"""The same people at the naive app: what they were told is saved, and what is in its file in the end."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from tests.load.accounts import Accounts, Typed
from tests.load.people import DEBOUNCE, Editor, Frame, Viewer
from tests.load.protocol import Element, Session, now
from tests.load.report import spread
from tests.load.running import ARRIVAL, PATIENCE, Plan
from tests.load.server import Server

COMMAND = [
    sys.executable,
    "-m",
    "streamlit",
    "run",
    str(Path(__file__).parent / "naive" / "app.py"),
    "--server.port",
    "{port}",
]
READS = {"once": "the file is read when a page opens", "always": "the file is read at every run"}


class Beginner(Editor):
    """Somebody who types into the naive app and presses Save after each cell; "Saved" is the acknowledgement."""

    async def _type_one(self) -> None:
        await super()._type_one()
        await asyncio.sleep(DEBOUNCE * 2)
        for button in self.session.find("button", "save"):
            self.session.press(button)

    def _drawn(self, element: Element, changed: bool) -> None:
        super()._drawn(element, changed)
        if element.kind == "alert":
            for typed in self.unanswered:
                typed.shown = now()

    def _look(self, frame: Frame, at: float) -> None:
        Viewer._look(self, frame, at)  # what was typed stays in the editor: this app never sends it back


@dataclass(slots=True)
class Compared:
    """What became of a run of the naive app."""

    reads: str
    accounts: Accounts
    lost: list[Typed] = field(default_factory=list)
    cells_damaged: int = 0
    unseen: int = 0
    errors: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        told = len(self.accounts.waits())
        return {
            "reads": READS[self.reads], "typed": len(self.accounts.typed), "told_saved": told, "lost": len(self.lost),
            "cells_nobody_typed_changed": self.cells_damaged, "acknowledged_s": spread(self.accounts.waits()),
            "never_seen": self.unseen, "errors": self.errors[:20],
        }  # fmt: skip


def compare(plan: Plan, table: pd.DataFrame, folder: Path, reads: str) -> Compared:
    """Have the same people work at the naive app with the same table.

    Args:
        table: One row per item with a column per field, all text.
        reads: A key of :data:`READS`.
    """
    file = folder / f"naive-{reads}.csv"
    table.to_csv(file, index=False)
    server = Server(folder, {"NAIVE_FILE": str(file), "NAIVE_READS": reads}, COMMAND)
    compared = Compared(reads, Accounts())
    try:
        server.start()
        asyncio.run(_work(plan, server.url, compared, len(table)))
        compared.errors += server.tracebacks()
    finally:
        server.kill()
    _judge(compared, table, file)
    return compared


async def _work(plan: Plan, url: str, compared: Compared, size: int) -> None:
    rows = [str(n) for n in range(size)]
    people = [_person(n, plan, Session(url, ""), compared.accounts, rows) for n in range(plan.people)]
    tabs = []
    for person in people:
        tabs.append(asyncio.create_task(person.session.follow()))
        await asyncio.sleep(ARRIVAL)
    try:
        await asyncio.wait_for(asyncio.gather(*(person.ready.wait() for person in people)), PATIENCE)
        editors = [person for person in people if isinstance(person, Editor)]
        for editor in editors:
            editor.watchers = [person for person in people if person is not editor]
        until = now() + plan.seconds
        await asyncio.gather(*(editor.work(plan.every, until) for editor in editors))
        await asyncio.sleep(5)
    finally:
        await asyncio.gather(*(person.leave() for person in people))
        await asyncio.gather(*tabs, return_exceptions=True)
    compared.unseen = sum(len(person.expected) for person in people)
    compared.errors += [f"{person.name}: {trouble}" for person in people for trouble in person.session.troubles]


def _person(n: int, plan: Plan, session: Session, accounts: Accounts, rows: Sequence[str]) -> Viewer:
    name = f"Người {n:03d}"
    return (
        Beginner(name, session, accounts, rows[n :: plan.editors], n)
        if n < plan.editors
        else Viewer(name, session, accounts)
    )


def _judge(compared: Compared, before: pd.DataFrame, file: Path) -> None:
    try:
        after = pd.read_csv(file, dtype="str", keep_default_na=False)
    except ValueError as error:  # half a file
        after = before.iloc[0:0]
        compared.errors.append(f"the file is broken: {error}")
    typed = {(int(t.item), t.field): t for t in compared.accounts.typed}
    compared.lost = [
        t
        for (row, column), t in typed.items()
        if t.acknowledged is not None and (row >= len(after) or after.at[row, column] != t.value)
    ]
    compared.cells_damaged = sum(
        row >= len(after) or after.at[row, column] != before.at[row, column]
        for row in range(len(before))
        for column in before.columns
        if (row, column) not in typed
    )


def words(found: dict[str, Any]) -> str:
    """The figures in a few lines."""
    waits = found["acknowledged_s"]
    return (
        f"the naive app ({found['reads']})\n"
        f"  told “Saved” p50 {waits['p50']} s, p95 {waits['p95']} s ({waits['n']})\n"
        f"  lost {found['lost']} of {found['told_saved']} that were told saved · "
        f"cells changed that nobody typed {found['cells_nobody_typed_changed']} · never seen {found['never_seen']} · "
        f"errors {len(found['errors'])}" + "".join(f"\n    {error}" for error in found["errors"][:3])
    )
