"""One run: people come, work for a while, finish what is under way, and what became of it is judged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import psutil

from kpicat.services import View
from kpicat.store import Store
from tests.load.accounts import Accounts, Typed, differing, lost
from tests.load.people import Editor, Viewer
from tests.load.protocol import Session, now

ARRIVAL = 0.1
"""Seconds between two people who come."""
PATIENCE = 60.0
"""Seconds to come in, and again to finish what is under way when nobody types any more."""
SETTLING = 3.0
MOST_PEOPLE, LONGEST = 500, 3600


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a run."""

    people: int
    editors: int
    every: float
    seconds: float
    items: int

    def __post_init__(self) -> None:
        if not (0 <= self.editors <= self.people <= MOST_PEOPLE and 0 < self.seconds <= LONGEST and self.every > 0):
            raise ValueError(f"at most {MOST_PEOPLE} people, no more editors than people, at most {LONGEST} s")


@dataclass(slots=True)
class Load:
    """What a process cost while people worked.

    Attributes:
        at_start, with_one, with_all, at_end: MB of memory, resident: before anybody, with the first
            person, with everybody, after the work.
        samples: (seconds since the work began, MB), every second.
        cores: Processors it kept busy, 1 for one whole.
    """

    at_start: float = 0.0
    with_one: float = 0.0
    with_all: float = 0.0
    at_end: float = 0.0
    samples: list[tuple[float, float]] = field(default_factory=list)
    cores: float = 0.0


@dataclass(slots=True)
class Measured:
    """What a run found.

    Attributes:
        lost: Acknowledged edits the log does not hold as told.
        unanswered: Edits that were never acknowledged.
        unseen: How often somebody never got to see an edit.
        differing: Screens (by person) that in the end do not show the table, with a cell of each.
        contradictions: Where log and table disagree.
        errors: Exceptions shown to people and tracebacks of the servers.
        elsewhere: Processors that others on this machine kept busy meanwhile.
        lag: Seconds the generator itself was late, p95: it must be small against what it measures.
    """

    plan: Plan
    accounts: Accounts
    servers: list[Load]
    generator: Load
    lost: list[Typed] = field(default_factory=list)
    unanswered: list[Typed] = field(default_factory=list)
    unseen: int = 0
    differing: dict[str, tuple[str, str]] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    breaks: int = 0
    pushed: int = 0
    runs: dict[str, int] = field(default_factory=dict)
    received: int = 0
    elsewhere: float = 0.0
    lag: float = 0.0
    arriving: float = 0.0

    @property
    def is_sound(self) -> bool:
        """Nothing lost, nothing wrong, every screen as the table."""
        return not (self.lost or self.unanswered or self.unseen or self.differing or self.contradictions or self.errors)


async def run(
    plan: Plan,
    urls: Sequence[str],
    pids: Sequence[int],
    store: Store,
    catalogue_id: str,
    halfway: Callable[[], None] = lambda: None,
) -> Measured:
    """Have people work at a catalogue that is served at ``urls``, each at one of them.

    Args:
        pids: The servers' processes; none where they are not ours to look at.
        halfway: Done in a thread of its own when half of the work is over, while people go on.
    """
    accounts = Accounts()
    measured = Measured(plan, accounts, [Load() for _pid in pids], Load())
    processes = [psutil.Process(pid) for pid in pids]
    rows = [str(item) for item in store.reading(catalogue_id).items.index]
    people = [_person(n, plan, urls[n % len(urls)], catalogue_id, rows, accounts) for n in range(plan.people)]
    tabs: list[asyncio.Task[None]] = []
    for url in urls:
        await _knock(url)
    _weigh(measured, processes, "at_start")
    began = now()
    try:
        for n, person in enumerate(people):
            tabs.append(asyncio.create_task(person.session.follow()))
            if n < len(urls):
                await asyncio.wait_for(person.ready.wait(), PATIENCE)
                _weigh(measured, processes, "with_one")
            await asyncio.sleep(ARRIVAL)
        await asyncio.wait_for(asyncio.gather(*(person.ready.wait() for person in people)), PATIENCE)
        measured.arriving = now() - began - plan.people * ARRIVAL
        await asyncio.sleep(SETTLING)
        _weigh(measured, processes, "with_all")
        meanwhile = asyncio.create_task(_after(plan.seconds / 2, halfway))
        await _work(plan, people, measured, processes)
        await meanwhile
        _weigh(measured, processes, "at_end")
        measured.pushed = sum(person.listener.is_up for person in people)
        await _finish(people, store, catalogue_id, measured)
    finally:
        await asyncio.gather(*(person.leave() for person in people))
        await asyncio.gather(*tabs, return_exceptions=True)
    _judge(people, store, catalogue_id, measured)
    return measured


def _person(n: int, plan: Plan, url: str, catalogue_id: str, rows: Sequence[str], accounts: Accounts) -> Viewer:
    name = f"Người {n:03d}"
    session = Session(url, "edit", f"c={catalogue_id}", {"kpicat_name": name})
    if n >= plan.editors:
        return Viewer(name, session, accounts)
    return Editor(name, session, accounts, rows[n :: plan.editors], n)


async def _knock(url: str) -> None:
    """Open the front page: under plain ``streamlit run`` the pages of st.navigation are not known before."""
    session, opened = Session(url, ""), asyncio.Event()
    session.on_finished = lambda _fragments: opened.set()
    tab = asyncio.create_task(session.follow())
    await asyncio.wait_for(opened.wait(), PATIENCE)
    await session.close()
    await tab


async def _work(plan: Plan, people: Sequence[Viewer], measured: Measured, processes: Sequence[psutil.Process]) -> None:
    editors = [person for person in people if isinstance(person, Editor)]
    for editor in editors:
        editor.watchers = [person for person in people if person is not editor]
    own = psutil.Process()
    whole, began = _busy_of_machine(), now()
    with _busy([*processes, own], [*measured.servers, measured.generator]):
        watching = asyncio.create_task(_watch(measured, processes))
        until = now() + plan.seconds
        await asyncio.gather(*(editor.work(plan.every, until) for editor in editors))
        await asyncio.sleep(max(0.0, until - now()))
        watching.cancel()
    ours = measured.generator.cores + sum(load.cores for load in measured.servers)
    measured.elsewhere = max(0.0, (_busy_of_machine() - whole) / (now() - began) - ours)


async def _after(seconds: float, does: Callable[[], None]) -> None:
    await asyncio.sleep(seconds)
    await asyncio.to_thread(does)


async def _watch(measured: Measured, processes: Sequence[psutil.Process]) -> None:
    began, late = now(), []
    try:
        while True:
            for load, process in zip(measured.servers, processes, strict=True):
                load.samples.append((now() - began, _memory(process)))
            for _n in range(20):
                before = now()
                await asyncio.sleep(0.05)
                late.append(now() - before - 0.05)
    finally:
        measured.lag = sorted(late)[int(len(late) * 0.95)] if late else 0.0


@contextmanager
def _busy(processes: Sequence[psutil.Process], loads: Sequence[Load]) -> Iterator[None]:
    began, before = now(), [_spent(process) for process in processes]
    yield
    for load, process, spent in zip(loads, processes, before, strict=True):
        load.cores = (_spent(process) - spent) / (now() - began)


async def _finish(people: Sequence[Viewer], store: Store, catalogue_id: str, measured: Measured) -> None:
    """Wait until everything is answered and seen and every screen is as the table, or for long enough."""
    until = now() + PATIENCE
    while now() < until:
        if not any(person.expected or getattr(person, "unanswered", ()) for person in people):
            measured.differing = _differing(people, store, catalogue_id)
            if not measured.differing:
                return
        await asyncio.sleep(0.5)
    measured.differing = _differing(people, store, catalogue_id)


def _differing(people: Sequence[Viewer], store: Store, catalogue_id: str) -> dict[str, tuple[str, str]]:
    cells = View(store.reading(catalogue_id)).cells
    found = {}
    for person in people:
        if person.frame is not None and (wrong := differing(person.frame, cells)):
            found[person.name] = wrong[0]
    return found


def _judge(people: Sequence[Viewer], store: Store, catalogue_id: str, measured: Measured) -> None:
    accounts = measured.accounts
    measured.lost = lost(accounts.typed, store.changes(catalogue_id))
    measured.unanswered = [typed for typed in accounts.typed if typed.acknowledged is None]
    measured.unseen = sum(len(person.expected) for person in people)
    for person in people:
        measured.errors += [f"{person.name}: {trouble}" for trouble in person.session.troubles]
    measured.breaks = sum(person.session.breaks for person in people)
    measured.received = sum(person.session.received for person in people)
    for name in ("runs_begun", "runs", "fragment_runs_begun", "fragment_runs"):
        measured.runs[name] = sum(getattr(person.session, name) for person in people)


def insist_on_loopback(url: str) -> str:
    """``url``, if it is on this machine.

    Raises:
        ValueError: It is not: nobody else's server is put under load.
    """
    if urlsplit(url).hostname not in ("127.0.0.1", "::1", "localhost"):
        raise ValueError(f"{url} is not on this machine")
    return url


def _weigh(measured: Measured, processes: Sequence[psutil.Process], when: str) -> None:
    for load, process in zip(measured.servers, processes, strict=True):
        setattr(load, when, _memory(process))


def _memory(process: psutil.Process) -> float:
    return sum(each.memory_info().rss for each in [process, *process.children(recursive=True)]) / 2**20


def _busy_of_machine() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
