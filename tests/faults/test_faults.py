"""What breaks in a meeting: afterwards every acknowledged edit is there once, and people go on without reloading."""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from kpicat.language import _
from kpicat.store import backup, examine
from tests.faults.meeting import meeting, says, until
from tests.load.protocol import Session
from tests.load.server import COMMANDS

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
AWAY = _("Not saved yet: the database does not answer. "
         "Keep this page open; what you typed stays here and is tried again.")  # fmt: skip


# -- the server --


def test_a_server_killed_in_the_middle_of_a_burst_and_started_again_has_lost_nothing(serve, url, catalogue):
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            await held.join([server.url] * 5)
            async with held.typing():
                server.kill()
                await asyncio.to_thread(server.start)
                await held.everybody_is_answered()
            assert all(person.session.breaks for person in held.people)
            await held.judge()

    asyncio.run(go())
    assert list(examine(url)) == []


def test_of_two_servers_one_dies_and_its_people_go_on_at_the_other(serve, url, catalogue):
    one, other = serve(COMMANDS["push"]), serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            moving, staying = await held.join([one.url] * 3), await held.join([other.url] * 3)
            async with held.typing():
                one.kill()
                for person in moving:  # as the proxy before the two will have it
                    person.session.url = other.url
                await held.everybody_is_answered()
            assert not any(person.session.breaks for person in staying)
            await held.judge()

    asyncio.run(go())


# -- the database --


@pytest.mark.parametrize("kind", [POSTGRES])
def test_while_the_database_is_restarted_what_is_typed_waits_and_news_are_pushed_again(serve, url, catalogue, server):
    running = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held, meeting(url, catalogue.id) as later:
            await held.join([running.url] * 4)
            async with held.typing():
                await asyncio.to_thread(server.stop)
                try:
                    await until(lambda: any(says(person, AWAY) for person in held.people), "nobody was told")
                    opening = asyncio.create_task(later.join([running.url]))
                    await until(lambda: any(late.session.runs for late in later.people), "the page never ran")
                    assert not opening.done()
                finally:
                    await asyncio.to_thread(server.ensure_postgres_running)
                await held.everybody_is_answered()
                await opening  # the page has come by itself
            await held.judge()
            assert not any(person.session.breaks for person in held.people)
            assert not any(says(person, AWAY) for person in held.people)
            heard = [person.listener.heard for person in held.people]
            async with held.typing():
                pass
            assert all(person.listener.heard > before for person, before in zip(held.people, heard, strict=True))

    asyncio.run(go())


LOCKED = 10.0


@contextmanager
def locked(kind: str, url: str):
    """Somebody else holds the database so that nobody can write."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE" if kind == "sqlite" else "BEGIN")
        if kind == "postgres":
            other.exec_driver_sql("LOCK TABLE change IN EXCLUSIVE MODE")
        yield
        other.exec_driver_sql("ROLLBACK")
    engine.dispose()


def test_while_the_database_is_locked_for_ten_seconds_what_is_typed_waits(serve, url, kind, catalogue):
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            await held.join([server.url] * 3)
            async with held.typing():
                began = time.monotonic()
                with locked(kind, url):
                    await until(lambda: all(says(person, AWAY) for person in held.people), "somebody was not told")
                    await asyncio.sleep(LOCKED - (time.monotonic() - began))  # the fault itself
                await held.everybody_is_answered()
            await held.judge()
            assert not any(person.session.breaks or says(person, AWAY) for person in held.people)

    asyncio.run(go())


def test_a_backup_makes_nobody_wait(serve, url, catalogue, tmp_path):
    server, file = serve(), tmp_path / "backup.zip"

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            await held.join([server.url] * 3)
            told = []
            for person in held.people:
                watched(person, told)
            async with held.typing():
                for _n in range(3):
                    await asyncio.to_thread(backup, url, file)  # this process is not the server's
                    await held.everybody_is_answered()
            await held.judge()
            assert told == []

    asyncio.run(go())
    assert file.stat().st_size


def watched(person, told: list[str]) -> None:
    """Note whenever a page says that something is not saved."""
    finished = person.session.on_finished

    def look(fragments: tuple[str, ...]) -> None:
        finished(fragments)
        told.extend([person.name] if says(person, AWAY) else [])

    person.session.on_finished = look


# -- the clock --


def test_a_clock_set_back_an_hour_changes_neither_the_order_nor_who_is_here(serve, url, store, catalogue, tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("0")
    wrong = [sys.executable, str(Path(__file__).with_name("wrong_clock.py")), str(clock), "serve", "--port", "{port}"]
    server = serve(wrong)

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            lan, minh, hoa = await held.join([server.url] * 3)
            async with held.typing():
                await held.everybody_is_answered()  # something is written by the clock as it was
                clock.write_text("-3600")
                await held.everybody_is_answered()
            lan.listener._hang_up()  # her line is cut: she shows the ticket of an hour later
            await until(lambda: lan.listener.is_up, "a ticket from the future was refused")
            await held.join([server.url])
            await held.judge()
            await until(lambda: names(minh) == {person.name for person in held.people}, "somebody is not shown")
            held.people.remove(hoa)
            await hoa.leave()
            await until(lambda: names(minh) == {person.name for person in held.people}, "who left is still shown")

    asyncio.run(go())
    log = store.changes(catalogue.id)
    assert [change.seq for change in log] == list(range(1, len(log) + 1))
    assert any(later.at < earlier.at for earlier, later in itertools.pairwise(log))


def names(person) -> set[str]:
    """Who is here, as a page is told."""
    from tests.load.components import _fetched, data

    address = data(person.listener._element)["address"]
    return {one["who"] for one in _fetched(f"{person.session.url}{address}&page=edit")["people"]}


# -- the browser --


class Stutter(Session):
    """A browser behind a line that brings every message twice."""

    async def _send(self, socket) -> None:
        send = socket.send

        async def twice(data) -> None:
            await send(data)
            await send(data)

        socket.send = twice
        await super()._send(socket)


def test_a_client_that_sends_every_message_twice_edits_once_and_adds_one_row(serve, url, store, catalogue):
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            lan, *_others = await held.join([server.url] * 3, kind=Stutter)
            async with held.typing():
                await held.everybody_is_answered()
            lan._held[len(store.reading(catalogue.id).items)]["task"] = "Một dòng mới"
            lan._report_now()
            await until(lambda: len(store.reading(catalogue.id).items) > catalogue_size, "the row was never added")
            await held.judge()

    catalogue_size = len(store.reading(catalogue.id).items)
    asyncio.run(go())
    assert list(store.reading(catalogue.id).items["task"]).count("Một dòng mới") == 1
    assert len(store.reading(catalogue.id).items) == catalogue_size + 1


PEOPLE = 50


def test_fifty_people_who_open_at_once_are_all_served(serve, url, catalogue):
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            began = time.perf_counter()
            await held.join([server.url] * PEOPLE, of=PEOPLE)
            print(f"\n{PEOPLE} people at once: all have the page after {time.perf_counter() - began:.1f} s")
            await until(lambda: all(person.listener.is_up for person in held.people), "somebody has no line")
            one, others = held.people[0], held.people[1:]
            held.people = [one]
            await held.judge()
            held.people = [one, *others]
            await held.every_screen_shows_the_table()
            assert not any(person.session.breaks for person in held.people)

    asyncio.run(go())
