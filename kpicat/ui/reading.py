"""Long work beside the page: it goes on while the page is run anew, says how far it is, and one click ends it.

A page is run anew whenever somebody else changes the catalogue, which ends the run under way. Work within the run
would begin again each time and, in a busy meeting, never end; so it has a thread of its own, and each run follows it.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Generic, TypeVar

import streamlit as st

from kpicat.exchange import Progress
from kpicat.language import _, language
from kpicat.ui import frame

T = TypeVar("T")
_UNSHOWN_SECONDS, _EVERY_SECONDS = 0.2, 0.1
"""So long nothing is shown of work that may be done by then, and so often the bar is looked after."""
_NUMBERS = itertools.count(1)


class _Stopped(BaseException):
    """Nobody waits for this work any more; no Exception, as readers take those for faults of the file."""


class Latest(Generic[T]):
    """What some long work gave last; done anew when what it is made with changes, and one at a time."""

    def __init__(self) -> None:
        self._made_with: object = None
        self._job: _Job[T] | None = None

    def get(self, made_with: object, work: Callable[[Progress], T], doing: str, give_up: Callable[[], None]) -> T:
        """The result, waited for under a progress bar; what the work raised is raised each time.

        Args:
            made_with: Work that was begun with an equal one is not begun again.
            work: Done in a thread without a session, in this reader's language; it is stopped where it
                next says how far it is.
            doing: What is said of it until it says so itself.
            give_up: Called back when the person stops it.
        """
        if self._job is None or self._made_with != made_with:
            self.stop()
            self._job, self._made_with = _Job(work, doing), made_with
        return self._job.follow(give_up)

    @property
    def going(self) -> bool:
        """Whether work is being done."""
        return self._job is not None and not self._job.done

    @property
    def value(self) -> T | None:
        """The result, if there is one by now."""
        return self._job.value if self._job else None

    @property
    def error(self) -> BaseException | None:
        """What the work raised, if it did."""
        return self._job.error if self._job else None

    def stop(self) -> None:
        """Have the work end; nothing of it is kept."""
        if self._job:
            self._job.stop()
        self._job = None


class _Job(Generic[T]):
    def __init__(self, work: Callable[[Progress], T], doing: str) -> None:
        self._said = (0.0, doing)
        self._stop_key = f"reading_stop_{next(_NUMBERS)}"  # one run may follow several, one after the other
        self._stopped = threading.Event()
        self._done: Future[T] = Future()
        threading.Thread(target=self._run, args=(work, language()), name="kpicat reading", daemon=True).start()

    @property
    def done(self) -> bool:
        return self._done.done()

    @property
    def value(self) -> T | None:
        return self._done.result() if self._done.done() and self.error is None else None

    @property
    def error(self) -> BaseException | None:
        return self._done.exception() if self._done.done() else None

    def stop(self) -> None:
        self._stopped.set()

    def follow(self, give_up: Callable[[], None]) -> T:
        """Show how far it is until it is done. A run that is ended meanwhile leaves the bar to the next."""
        wait([self._done], _UNSHOWN_SECONDS)
        if not self._done.done():
            place = st.empty()
            with place.container(horizontal=True, vertical_alignment="center"):
                bar = st.progress(0.0)
                st.button(_("Stop"), key=self._stop_key, icon=":material/stop_circle:", on_click=give_up)
            while not self._done.done():
                share, doing = self._said
                bar.progress(min(max(share, 0.0), 1.0), frame.plain_text(doing))
                wait([self._done], _EVERY_SECONDS)
            place.empty()
        return self._done.result()

    def _run(self, work: Callable[[Progress], T], spoken: str) -> None:
        frame.speak(spoken)
        try:
            self._done.set_result(work(self._tell))
        except BaseException as error:
            self._done.set_exception(error)

    def _tell(self, share: float, doing: str) -> None:
        if self._stopped.is_set():
            raise _Stopped
        self._said = share, doing
