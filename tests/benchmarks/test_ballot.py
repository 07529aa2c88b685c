# ruff: noqa: F811
"""What a meeting of forty waits for: a vote on the chair's page, and the reveal on every phone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable

import pytest

from kpicat.language import number
from kpicat.store import Store
from tests.browser.conftest import AT, Server, catalogue, store  # noqa: F401
from tests.load.protocol import Element, Session, now

VOTERS = 40
WITHIN = 4.0  # seconds in which all of them vote: as fast as a room can


@pytest.fixture
def size():
    return 30


def p95(seconds: Iterable[float]) -> float:
    ordered = sorted(seconds)
    return ordered[int(len(ordered) * 0.95) - 1]


class Person:
    """A tab at a page of the meeting that notes when a text first stood on it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.seen: dict[str, float] = {}
        self.awaited: set[str] = set()
        session.on_element = self._drawn

    def _drawn(self, element: Element, _changed: bool) -> None:
        if element.kind == "html":
            for text in [text for text in self.awaited if text in element.body.body]:
                self.awaited.discard(text)
                self.seen[text] = now()

    def press(self, key: str) -> float:
        button = next(self.session.find("button", key))
        self.session.press(button)
        return now()

    def shows(self, key: str) -> bool:
        return next(self.session.find("button", key), None) is not None


async def until(condition: Callable[[], bool], patience: float = 60) -> None:
    end = now() + patience
    while not condition():
        assert now() < end, "it never came to be"
        await asyncio.sleep(0.05)


async def meeting(url: str, store: Store, catalogue_id: str) -> tuple[list[float], list[float]]:
    """Seconds from each vote to the chair's page, and from the reveal to each phone."""
    opened = store.ballots.open(catalogue_id, actor="Chủ tọa", at=AT)
    store.ballots.ask(opened.key, {"item-2": {"task": "Việc"}}, actor="Chủ tọa", at=AT)
    question = store.ballots.board(opened.meeting.id).questions[0].id
    names = [f"Người {n:02d}." for n in range(VOTERS)]
    tokens = [store.ballots.join(opened.code, name, at=AT) for name in names]
    key = {f"kpicat_chair_{opened.meeting.id}": opened.key}
    chair = Person(Session(url, "ballot", f"c={catalogue_id}", key))
    phones = [Person(Session(url, "vote", "", {"kpicat_voter": token})) for token in tokens]
    everybody = [chair, *phones]
    following = [asyncio.create_task(person.session.follow()) for person in everybody]
    marks = [f"vote_mark_{question}_1_{1 + n % 4}" for n in range(VOTERS)]
    await until(lambda: chair.shows("ballot_reveal"))
    await until(lambda: all(phone.shows(mark) for phone, mark in zip(phones, marks, strict=True)))
    ticked = [f"✓ {name}" for name in names]
    chair.awaited |= set(ticked)
    pressed: dict[str, float] = {}

    async def vote(n: int) -> None:
        await asyncio.sleep(random.uniform(0, WITHIN))
        pressed[ticked[n]] = phones[n].press(marks[n])

    await asyncio.gather(*(vote(n) for n in range(VOTERS)))
    await until(lambda: not chair.awaited)
    votes = [chair.seen[text] - at for text, at in pressed.items()]
    for person in everybody:
        person.awaited.add("ballot-tally")
    await asyncio.sleep(1.5)
    at = chair.press("ballot_reveal")
    await until(lambda: not any(person.awaited for person in everybody))
    reveals = [person.seen["ballot-tally"] - at for person in everybody]
    assert not [trouble for person in everybody for trouble in person.session.troubles]
    for person in everybody:
        await person.session.close()
    await asyncio.gather(*following)
    assert len(store.ballots.board(opened.meeting.id).ballots) == VOTERS
    return votes, reveals


def test_a_vote_reaches_the_chair_and_the_reveal_everybody_within_two_seconds(
    server: Server, store: Store, catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    votes, reveals = asyncio.run(meeting(server.url, store, catalogue.id))
    with capsys.disabled():
        print(f"\n{VOTERS} voters: a vote on the chair's page p95 {number(p95(votes), 2)} s,")
        print(f"the reveal on every page p95 {number(p95(reveals), 2)} s, the last {number(max(reveals), 2)} s")
    assert p95(votes) <= 2
    assert p95(reveals) <= 2
