"""The generator itself, with three people for five seconds: it works, and it would see a loss, in a backup too."""

import asyncio
import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest

from kpicat.services import View
from kpicat.store.verifying import examine
from tests.load.accounts import differing, lost
from tests.load.backing_up import Backup
from tests.load.people import Frame
from tests.load.report import figures, words
from tests.load.running import Plan, insist_on_loopback, run
from tests.load.server import COMMANDS, Server, catalogue

PLAN = Plan(people=3, editors=2, every=1, seconds=5, items=40)


@pytest.fixture
def served(store, url, tmp_path):
    catalogue(store, PLAN.items)
    server = Server(tmp_path, {"KPICAT_DATABASE": url}, COMMANDS["push"])
    server.start()
    yield server
    server.kill()
    assert server.tracebacks() == []


def test_three_people_lose_nothing_and_a_log_without_one_of_their_edits_is_found_out(served, store, url, tmp_path):
    halfway = Backup(url, tmp_path)
    with ThreadPoolExecutor(1) as apart:  # a browser's tests may have left a loop running in this thread
        work = run(PLAN, [served.url], [served.pid], store, "load", halfway.take)
        measured = apart.submit(asyncio.run, work).result()
    told = measured.accounts.typed
    assert len(told) >= 4
    assert measured.is_sound, words(figures(measured, "push"))
    assert measured.pushed == PLAN.people
    assert list(examine(url)) == []

    assert 0 < len(halfway.told(told)) < len(told)
    assert list(halfway.faults(told, "load")) == []
    halfway.began = max(typed.acknowledged for typed in told)  # had it begun later, what it lacks would be missing
    assert any("is missing" in fault for fault in halfway.faults(told, "load"))

    log = store.changes("load")
    for typed in told:
        of_it = [c for c in log if (c.item_id, c.field, c.actor) == (typed.item, typed.field, typed.author)]
        assert lost(told, [c for c in log if c not in of_it]) == [typed]
        assert lost(told, [*log, *of_it]) == [typed]
    assert lost(told, [dataclasses.replace(change, actor="somebody else") for change in log]) == told


def test_a_screen_that_does_not_show_the_table_is_found_out(store):
    import pyarrow as pa

    catalogue(store, 5)
    cells = View(store.reading("load")).cells
    shown = cells[["task", "tier"]].copy()
    frame = lambda: Frame(_sent(pa.Table.from_pandas(shown)))  # noqa: E731
    assert differing(frame(), cells) == []
    shown.at["line-3", "task"] = "Việc cũ"
    assert differing(frame(), cells) == [("line-3", "task")]


def test_only_this_machine_is_put_under_load():
    assert insist_on_loopback("http://127.0.0.1:8501")
    with pytest.raises(ValueError, match="not on this machine"):
        insist_on_loopback("http://kpicat.example:8501")
    with pytest.raises(ValueError, match="at most"):
        Plan(people=10_000, editors=0, every=5, seconds=5, items=1)


def _sent(table):
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()
