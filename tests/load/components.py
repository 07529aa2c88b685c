"""What kpicat's own scripts do in a browser: the listener of ``ui/live.js`` and the hand of ``ui/hand.js``.

How a tab learns that a catalogue has moved, and asks to be drawn again, is all in
:class:`Listener`. Whether it is told or has to ask is not chosen here: the page says so,
by giving an address to listen at or by a fragment that runs on a timer.
"""

from __future__ import annotations

import asyncio
import json
import urllib.request
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.load.protocol import Element, Session, now

ASK_EVERY, SILENCE, REMIND_AFTER, AGAIN_AFTER, SAY_EVERY = 1.5, 12.0, 6.0, 1.5, 2.0
"""Seconds, as in the scripts."""


class Listener:
    """``live.js``: listens for news of the catalogue, and has the page run again when it shows less than there is.

    Attributes:
        heard: News over the line; ``asked``: news that had to be asked for.
    """

    NAME = "kpicat_live"

    def __init__(self, session: Session) -> None:
        self._session = session
        self._element: Element | None = None
        self._page: dict[str, Any] = {}
        self._line: ClientConnection | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._connecting = False
        self._heard_at = 0.0
        self._newest: str | None = None
        self._told: tuple[str | None, float] = (None, 0.0)
        self._closed = False
        self._said: tuple[object, float] = (None, 0.0)
        self.item = ""
        self.heard, self.asked = 0, 0

    @property
    def is_up(self) -> bool:
        """Whether news are pushed."""
        return self._line is not None and now() - self._heard_at < SILENCE

    def mount(self, element: Element) -> None:
        """The component was drawn."""
        if self._closed:
            return
        first, before = self._element is None, self._page.get("address")
        self._element, self._page = element, data(element)
        if self._newest is not None and _seq(self._page["standing"]) > _seq(self._newest):
            self._newest = self._page["standing"]  # shown before it was told
        if self._page.get("address") != before:
            self._hang_up()
        if first:
            self._start(self._look_for_ever())
        if self._line is not None:
            self._start(self._say(self._line))
        self._look()

    def say_where(self, item: str) -> None:
        """The person is at this item now."""
        self.item = item
        if self._line is not None:
            self._start(self._say(self._line))

    def say_opened(self) -> bool:
        """The person opened a cell; whether that could be said over the line."""
        if not self.is_up:
            return False
        assert self._line is not None
        self._start(self._say(self._line, opened="1"))
        return True

    async def close(self) -> None:
        """The tab is closed; what is drawn afterwards opens no line again."""
        self._closed = True
        self._hang_up()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- the line ------------------------------------------------------------

    async def _look_for_ever(self) -> None:
        while True:
            await asyncio.sleep(ASK_EVERY)
            self._look()

    def _look(self) -> None:
        if not self._page.get("address"):
            return
        if self.is_up:
            self._follow()
            return
        if self._line is not None:
            self._hang_up()
        if not self._connecting:
            self._connecting = True
            self._start(self._listen(self._page["address"]))
        self._start(self._ask())

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            self._start(line.close())

    async def _listen(self, address: str) -> None:
        url = "ws" + self._session.url.removeprefix("http") + address
        line = None
        try:
            async with connect(url, origin=self._session.url, ping_interval=None, proxy=None) as line:  # type: ignore[arg-type]
                self._connecting = False
                self._line, self._heard_at = line, now()
                await self._say(line)
                async for text in line:
                    if self._line is not line:
                        return
                    self.heard += 1
                    self._hear(json.loads(text))
                    await self._say(line)
        except (OSError, WebSocketException):
            pass
        finally:
            self._connecting = False
            if self._line is line:
                self._line = None

    async def _say(self, line: ClientConnection, **more: str) -> None:
        where = (self._where(), line)
        if not more and self._said[0] == where and now() - self._said[1] < SAY_EVERY:
            return
        self._said = where, now()
        with suppress(WebSocketException):
            await line.send(json.dumps(self._where() | {"standing": self._page.get("standing", "")} | more))

    def _where(self) -> dict[str, str]:
        return {"page": self._page.get("page", ""), "item": self.item}

    async def _ask(self) -> None:
        where = urlencode(self._where())
        url = f"{self._session.url}{self._page['address']}&{where}"
        with suppress(OSError, ValueError):
            self._hear(await asyncio.to_thread(_fetched, url))
            self.asked += 1

    # -- news ----------------------------------------------------------------

    def _hear(self, news: dict[str, Any]) -> None:
        self._heard_at = now()
        self._newest = news.get("standing") or self._newest
        self._follow()

    def _follow(self) -> None:
        if self._newest is None or self._newest == self._page.get("standing") or self._element is None:
            return
        if self._told[0] == self._newest and now() - self._told[1] < REMIND_AFTER:
            return
        self._told = (self._newest, now())
        self._session.trigger(self._element, "moved", f"{self._newest} {self._told[1]}")


class Hand:
    """``hand.js``: tells that a cell was opened, and asks for another try where something waits."""

    NAME = "kpicat_hand"

    def __init__(self, session: Session) -> None:
        self._session = session
        self._element: Element | None = None
        self._trying: asyncio.TimerHandle | None = None

    def mount(self, element: Element) -> None:
        """The component was drawn."""
        self._element = element
        self.close()
        if data(element).get("again"):
            self._trying = asyncio.get_running_loop().call_later(AGAIN_AFTER, self._tell, "again")

    def open(self) -> None:
        """The person opened a cell."""
        self._tell("opened")

    def _tell(self, event: str) -> None:
        if self._element is not None:
            self._session.trigger(self._element, event, round(now() * 1000))

    def close(self) -> None:
        """Try no more."""
        if self._trying is not None:
            self._trying.cancel()


def _seq(standing: str) -> int:
    return int(standing.split(":")[0])


def data(element: Element) -> dict[str, Any]:
    """What the page gave a component."""
    body = element.body
    return json.loads(body.json or body.mixed.json or "{}")  # type: ignore[no-any-return]


def _fetched(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.loads(answer.read())  # type: ignore[no-any-return]
