"""``python -m tests.load``: many people at one catalogue on this machine, measured; see docs/load.md."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kpicat.store import open_store
from kpicat.store.verifying import examine
from tests.load import comparing, report
from tests.load.backing_up import Backup
from tests.load.running import Measured, Plan, insist_on_loopback, run
from tests.load.server import COMMANDS, Server, catalogue, database, texts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and say what it found; 1 if anything was lost or wrong, or slower than asked."""
    asked = _parser().parse_args(arguments)
    plan = Plan(asked.people, asked.editors, asked.every, asked.seconds, asked.items)
    with tempfile.TemporaryDirectory(prefix="kpicat-load-") as folder:
        found = report.figures(_measure(plan, asked, Path(folder)), asked.mode)
        print(report.words(found), flush=True)
        if asked.naive:
            found["naive"] = [_compared(plan, Path(folder), reads) for reads in comparing.READS]
    if asked.json:
        asked.json.write_text(report.as_json(found), encoding="utf-8")
    return 0 if all(found["within"].values()) else 1


def _compared(plan: Plan, folder: Path, reads: str) -> dict[str, Any]:
    found = comparing.compare(plan, texts(plan.items), folder, reads).figures()
    print(comparing.words(found), flush=True)
    return found


def _measure(plan: Plan, asked: argparse.Namespace, folder: Path) -> Measured:
    with database(asked.database, folder) as url_of_database:
        store, kept = open_store(url_of_database), Backup(url_of_database, folder)
        try:
            made = catalogue(store, plan.items)
            with _servers(asked, folder, url_of_database) as servers:
                urls = asked.url or [server.url for server in servers]
                halfway = [kept.take] if asked.backup else []
                measured = asyncio.run(run(plan, urls, [each.pid for each in servers], store, made.id, *halfway))
                for server in servers:
                    measured.errors += [f"{server.url}: {line}" for line in server.tracebacks()]
        finally:
            store.close()
        measured.contradictions = list(examine(url_of_database))
        if asked.backup:
            typed = measured.accounts.typed
            measured.contradictions += kept.faults(typed, made.id)
            print(f"backup halfway: {kept.seconds:.2f} s, {len(kept.told(typed))} cells acknowledged before it")
    return measured


@contextmanager
def _servers(asked: argparse.Namespace, folder: Path, url_of_database: str) -> Iterator[list[Server]]:
    servers = [
        Server(folder, {"KPICAT_DATABASE": url_of_database}, COMMANDS[asked.mode]) for _n in range(asked.servers)
    ]
    try:
        for server in [] if asked.url else servers:
            server.start()
        yield [] if asked.url else servers
    finally:
        for server in servers:
            server.kill()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    add = parser.add_argument
    add("--people", type=int, default=100, help="how many have the edit page open (%(default)s)")
    add("--editors", type=int, default=50, help="how many of them type (%(default)s)")
    add("--every", type=float, default=5, help="seconds between two cells of an editor (%(default)s)")
    add("--seconds", type=float, default=300, help="how long they work (%(default)s)")
    add("--items", type=int, default=500, help="lines of the catalogue (%(default)s)")
    add("--database", default="sqlite", help="sqlite, postgresql (one is started), or the URL of an empty one")
    add("--servers", type=int, default=1, help="app servers side by side on the database (%(default)s)")
    add("--mode", choices=sorted(COMMANDS), default="push", help="how pages learn of changes (%(default)s)")
    add(
        "--url",
        action="append",
        type=insist_on_loopback,
        help="a server that runs already on --database, on this machine",
    )
    add("--backup", action="store_true", help="back up halfway, restore into a clean database, and see what is missing")
    add("--naive", action="store_true", help="let the same people use a naive Streamlit app afterwards")
    add("--json", type=Path, help="write the figures to this file too")
    return parser


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
