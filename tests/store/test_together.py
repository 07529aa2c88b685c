"""Many at once: nothing is lost, nothing is written twice, and an acknowledged edit outlives kill -9."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

from kpicat.model import Add, Catalogue, Edit, Item
from kpicat.store import open_store
from kpicat.store.replay import replay

ROOT = Path(__file__).parents[2]
PEOPLE, TIMES = 8, 15


def all_at_once(work: Callable[[int], None]) -> None:
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(work, range(PEOPLE)))


def test_many_typing_in_their_own_cells_lose_nothing(store, catalogue, at):
    store.commit("xa", [Add(Item(f"row {n}", {})) for n in range(PEOPLE)], actor="founder", at=at)

    def type_on(person: int) -> None:
        for n in range(TIMES):
            seen, new = (f"{n - 1}" if n else ""), f"{n}"
            done = store.commit("xa", [Edit(f"row {person}", "note", seen, new)], actor=f"{person}", at=at)
            assert done.applied and not done.conflicts

    all_at_once(type_on)
    notes = store.reading("xa").items["note"]
    assert [notes[f"row {n}"] for n in range(PEOPLE)] == [f"{TIMES - 1}"] * PEOPLE
    assert replay(store.changes("xa")).head == 3 + PEOPLE + PEOPLE * TIMES


def test_many_adding_to_one_number_lose_no_addition(store, catalogue, at):
    def add_up(person: int) -> None:
        added = 0
        while added < TIMES:
            seen = store.reading("xa").items.at["one", "quantity"]
            added += len(
                store.commit("xa", [Edit("one", "quantity", seen, seen + 1)], actor=f"{person}", at=at).applied
            )

    all_at_once(add_up)
    assert store.reading("xa").items.at["one", "quantity"] == Decimal(24 + PEOPLE * TIMES)


def test_one_request_sent_by_many_at_once_is_written_once(store, catalogue, at):
    outcomes = []

    def send(_person: int) -> None:
        outcomes.append(store.commit("xa", [Edit("two", "tier", 2, 3)], actor="me", at=at, request="gesture"))

    all_at_once(send)
    assert outcomes == [outcomes[0]] * PEOPLE and outcomes[0].applied
    assert store.head("xa") == catalogue.head + 1


def test_one_catalogue_created_by_many_at_once_is_there_once(store, at):
    all_at_once(lambda person: store.create(Catalogue("mau", "Mẫu"), actor=f"{person}", at=at) and None)
    assert [c.id for c in store.catalogues()] == ["mau"]


def test_many_may_open_a_new_file_at_once(new_url, at):
    url = new_url("sqlite")
    all_at_once(lambda _person: open_store(url).close())
    opened = open_store(url)
    assert opened.catalogues() == []
    opened.close()


BURST = """
import sys
from datetime import datetime, UTC
from kpicat.model import Edit
from kpicat.store import open_store
store = open_store(sys.argv[1])
for n in range(1_000_000):
    edit = Edit("two", "note", str(n - 1) if n else "", str(n))
    assert store.commit("xa", [edit], actor="me", at=datetime.now(UTC)).applied
    print(n, flush=True)
"""


def test_every_acknowledged_edit_is_there_after_kill_9(store, catalogue, url, at):
    burst = subprocess.Popen([sys.executable, "-c", BURST, url], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    with burst:
        for line in burst.stdout:
            if int(line) == 40:
                burst.kill()
                break
        acknowledged = [40, *(int(line) for line in burst.stdout if line.endswith("\n"))][-1]
    note = int(store.reading("xa").items.at["two", "note"])
    assert note in (acknowledged, acknowledged + 1)  # the last one may be written but not yet told
    assert [c.new for c in store.changes("xa", catalogue.head)] == [str(n) for n in range(note + 1)]
    assert replay(store.changes("xa")).items["two"]["note"] == str(note)
    assert store.commit("xa", [Edit("two", "note", str(note), "xong")], actor="me", at=at).applied
