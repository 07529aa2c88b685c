"""What a server writes of itself, serving and stopping: what happened and where, never what people wrote."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
import sys
import threading
import warnings
from pathlib import Path

import pytest
from streamlit.web.server.starlette import starlette_server

from kpicat import logs
from kpicat.errors import InputError
from kpicat.exchange.archive import parsing
from kpicat.model import Catalogue
from kpicat.ui.beneath import stopping

PERSONAL = ("Nguyễn Thị Bí Mật", "mật-khẩu-của-tôi", "Việc chưa công bố")


@pytest.fixture
def logged(monkeypatch):
    """What is logged in a form, as text: ``logged("json")``."""
    for owner, name in (
        (logging.Handler, "format"), (threading, "excepthook"), (sys, "unraisablehook"), (warnings, "showwarning"),
    ):  # fmt: skip
        monkeypatch.setattr(owner, name, getattr(owner, name))
    logging.captureWarnings(False)  # left on by a test before, whose hook pytest has put back, on again does nothing
    out = io.StringIO()
    handler, root = logging.StreamHandler(out), logging.getLogger()
    root.addHandler(handler)

    def start(form):
        logs.take_over(form)
        return out.getvalue

    yield start
    root.removeHandler(handler)
    logging.captureWarnings(False)
    logging.getLogger("kpicat").setLevel(logging.NOTSET)


async def forget(task, password):
    """A task whose error nobody asks for, and a callback that fails: asyncio logs both."""

    async def fail():
        raise ValueError(task)

    forgotten = asyncio.create_task(fail())
    asyncio.get_running_loop().call_soon(int, password)
    await asyncio.sleep(0)
    del forgotten
    gc.collect()


def stumble(store, at):
    """Errors of every kind, each over something personal."""
    person, password, task = PERSONAL
    try:
        store.create(Catalogue("x" * 3, person), actor=person, at=None)
    except Exception:
        logging.getLogger("kpicat.store").exception("error %s", "A1B2C3")
    try:
        try:
            {}[password]
        except KeyError:
            int(task)
    except ValueError as error:
        logging.getLogger("streamlit.runtime").error("Uncaught app execution", exc_info=error)
    logging.getLogger("elsewhere").warning("cannot read %s of %s", task, person)
    asyncio.run(forget(task, password))
    with pytest.raises(InputError), parsing(f"{person}.xlsx"):
        raise ValueError(task)
    with store._database.write() as connection, pytest.raises(Exception, match="") as sql:
        connection.exec_driver_sql("INSERT INTO batch (id, actor) VALUES (?, ?)", (task, person))
    assert person not in str(sql.value)  # nor where somebody prints it otherwise
    logging.getLogger("kpicat.store").error("sql", exc_info=sql.value)
    thread = threading.Thread(target=int, args=(password,))
    thread.start()
    thread.join()
    warnings.warn(task, UserWarning, stacklevel=1)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.filterwarnings("default")
def test_no_log_holds_what_people_wrote_and_still_says_what_happened_and_where(logged, form, store, at):
    said = logged(form)
    stumble(store, at)
    for words in PERSONAL:
        assert words not in said()
    for words in (
        "error A1B2C3",
        "ValueError",
        "KeyError",
        "IntegrityError",
        "tests/running/test_log.py",
        "UserWarning",
        "Task exception was never retrieved",
        "Exception in callback int",
    ):
        assert words in said()
    if form == "json":
        lines = [json.loads(line) for line in said().splitlines()]
        assert all({"at", "level", "logger", "message"} <= set(line) for line in lines)
        assert [each["kind"] for each in lines[1]["errors"]] == ["KeyError", "ValueError"]


def test_a_server_that_does_not_start_leaves_the_log_of_its_process_alone(run):
    before = logging.Handler.format, threading.excepthook, warnings.showwarning
    assert run("serve", "--host", "0.0.0.0", "--port", "0")[0] == 2
    assert (logging.Handler.format, threading.excepthook, warnings.showwarning) == before


def test_whoever_looks_for_a_fault_can_have_it_all(logged):
    said = logged("full")
    logging.getLogger("elsewhere").warning("cannot read %s", PERSONAL[0])
    assert PERSONAL[0] in said()


def test_a_server_that_stops_waits_for_runs_that_are_under_way_and_no_longer_than_it_may():
    written = threading.Event()
    run = threading.Thread(target=written.wait, name="ScriptRunner.scriptThread", daemon=True)
    run.start()
    assert stopping.let_runs_end(0.01) == 1
    threading.Timer(0.01, written.set).start()
    assert stopping.let_runs_end(30) == 0


def test_streamlit_still_is_what_stopping_takes_it_for():
    assert callable(starlette_server._get_uvicorn_config_kwargs)
    runner = Path(starlette_server.__file__).parents[3] / "runtime" / "scriptrunner" / "script_runner.py"
    assert 'name="ScriptRunner.scriptThread"' in runner.read_text(encoding="utf-8")
