"""People who edit one catalogue while something breaks, and the judgement of what became of their work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress

from kpicat.services import View
from kpicat.store import Store, open_store
from kpicat.store.verifying import examine
from tests.load.accounts import Accounts, Typed, differing, lost
from tests.load.people import Editor
from tests.load.protocol import Session

PATIENCE = 60.0  # seconds a promise may take on a busy machine
OFTEN = 0.2  # seconds between two cells of one person, besides the typing


class Meeting:
    """Editors with rows of their own, each at one of some servers.

    Attributes:
        people: Those who are here.
        accounts: What they typed, and what they were told of it.
    """

    def __init__(self, url: str, catalogue_id: str) -> None:
        self._store: Store = open_store(url)
        self._url, self.catalogue_id = url, catalogue_id
        self._rows = [str(item) for item in self._store.reading(catalogue_id).items.index]
        self._tabs: list[asyncio.Task[None]] = []
        self.accounts = Accounts()
        self.people: list[Editor] = []

    async def join(self, servers: Sequence[str], *, kind: type[Session] = Session, of: int = 8) -> list[Editor]:
        """One person for each address comes in; they come all at once.

        Args:
            kind: What their browsers are.
            of: How many share the rows.
        """
        come = []
        for server in servers:
            n = len(self.people)
            session = kind(server, "edit", f"c={self.catalogue_id}", {"kpicat_name": f"Người {n:02d}"})
            come.append(Editor(f"Người {n:02d}", session, self.accounts, self._rows[n % of :: of], n))
            self.people.append(come[-1])
        self._tabs += [asyncio.create_task(person.session.follow()) for person in come]
        await asyncio.wait_for(asyncio.gather(*(person.ready.wait() for person in come)), PATIENCE)
        return come

    @asynccontextmanager
    async def typing(self) -> AsyncIterator[None]:
        """Everybody types as long as the block lasts; it begins when each of them was told of an edit that is kept."""
        work = [asyncio.create_task(person.work(OFTEN, float("inf"))) for person in self.people]
        try:
            await self.everybody_is_answered()
            yield
        finally:
            for each in work:
                each.cancel()
            for each in work:
                with suppress(asyncio.CancelledError):
                    await each

    async def everybody_is_answered(self) -> None:
        """Until each was told of an edit, typed from now on, that it is kept."""
        before = len(self.accounts.typed)

        def answered() -> set[str]:
            return {typed.author for typed in self.accounts.typed[before:] if typed.acknowledged is not None}

        await until(lambda: answered() == {person.name for person in self.people}, "somebody was never answered")

    async def judge(self) -> list[Typed]:
        """What was typed: it is acknowledged, there once, log and table agree, every screen shows the table."""
        self._store.close()  # its connections may have gone with the database
        async with self.typing():  # what was typed in vain is reported with what is typed next
            pass
        await until(lambda: all(typed.acknowledged for typed in self._last()), "something was never saved")
        await self.every_screen_shows_the_table()
        assert lost(self.accounts.typed, self._store.changes(self.catalogue_id)) == []
        assert list(examine(self._url)) == []
        assert [trouble for person in self.people for trouble in person.session.troubles] == []
        return self.accounts.typed

    async def every_screen_shows_the_table(self) -> None:
        """Until all that is in the database is on every screen."""
        await until(lambda: self._differing() == {}, "a screen never showed the table", every=0.5)

    def _last(self) -> Iterable[Typed]:
        """What each typed last into each cell: what was there before may be replaced before it is reported."""
        return {(typed.author, typed.item, typed.field): typed for typed in self.accounts.typed}.values()

    def _differing(self) -> dict[str, tuple[str, str]]:
        cells = View(self._store.reading(self.catalogue_id)).cells
        wrong = {p.name: differing(p.frame, cells) for p in self.people if p.frame is not None}
        return {name: found[0] for name, found in wrong.items() if found}

    async def leave(self) -> None:
        """Everybody closes the page."""
        await asyncio.gather(*(person.leave() for person in self.people))
        for tab in self._tabs:
            tab.cancel()
        await asyncio.gather(*self._tabs, return_exceptions=True)
        self._store.close()


@asynccontextmanager
async def meeting(url: str, catalogue_id: str) -> AsyncIterator[Meeting]:
    """A meeting at a catalogue; nobody is left in it afterwards."""
    held = Meeting(url, catalogue_id)
    try:
        yield held
    finally:
        await held.leave()


async def until(condition: Callable[[], bool], otherwise: str, every: float = 0.05) -> None:
    """Wait until something is so, looking ``every`` so many seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while not condition():
        assert loop.time() < end, otherwise
        await asyncio.sleep(every)


def says(person: Editor, words: str) -> bool:
    """Whether a person's page says something in an alert."""
    return any(words in element.body.body for element in person.session.find("alert"))
