"""What a tab keeps between runs: large elements by their hash, and the timers of fragments."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from streamlit.proto.Delta_pb2 import Delta

KEPT_RUNS = 2
"""Runs a large element is kept for (``global.maxCachedMessageAge``)."""


@dataclass(slots=True)
class _Kept:
    delta: Delta
    since: int = 0


class LargeElements:
    """Elements the server may refer to by their hash instead of sending them again.

    Streamlit's front-end forgets one that was not drawn for some runs; a run of fragments
    counts for the elements of these fragments only.
    """

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._run = 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def keep(self, name: str, delta: Delta) -> None:
        """Keep an element that has just been sent."""
        self._kept.setdefault(name, _Kept(delta)).since = self._run

    def drawn(self, name: str) -> Delta | None:
        """The element of that hash, drawn again; None where it is kept no more."""
        if kept := self._kept.get(name):
            kept.since = self._run
            return kept.delta
        return None

    def run_ended(self, fragments: tuple[str, ...]) -> None:
        """A run of the page, or of fragments of it, has ended."""
        self._run += 1
        for name, kept in list(self._kept.items()):
            counts = not fragments or kept.delta.fragment_id in fragments
            if counts and self._run - kept.since > KEPT_RUNS:
                del self._kept[name]


class Timers:
    """``run_every``: one timer a fragment, that asks for its run again and again."""

    def __init__(self, ask: Callable[[str], None]) -> None:
        self._ask = ask
        self._running: dict[str, tuple[float, asyncio.TimerHandle]] = {}

    def start(self, fragment: str, interval: float) -> None:
        """Start it; one of that interval that runs already goes on."""
        if fragment in self._running and self._running[fragment][0] == interval:
            return
        self.stop(fragment)
        self._wait(fragment, interval)

    def _wait(self, fragment: str, interval: float) -> None:
        handle = asyncio.get_running_loop().call_later(interval, self._tick, fragment, interval)
        self._running[fragment] = (interval, handle)

    def _tick(self, fragment: str, interval: float) -> None:
        self._wait(fragment, interval)
        self._ask(fragment)

    def stop(self, *fragments: str) -> None:
        """Stop those of these fragments; of all where none is named."""
        for fragment in fragments or tuple(self._running):
            if fragment in self._running:
                self._running.pop(fragment)[1].cancel()
