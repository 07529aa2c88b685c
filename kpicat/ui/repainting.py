"""What others did, shown without running the page: the elements it changes are made anew and sent where they stood.

A run of the edit page takes some 25 ms of the process's one interpreter lock, so a hundred pages
that each ran for each edit would keep everybody waiting. But what a page shows of others' edits is
the cells of its grid and a few figures. While a page runs, these are *followed*: kept as they were
sent. When the log moves, they are sent once more with the new content, which is the same for all and
made once. Whatever needs more than that (rows that came or went, a question, a word to the person)
is a run, as ever; so is everything if Streamlit should one day keep its sessions otherwise.

The browser takes an element that comes between two runs as one of the last run (Streamlit 1.67,
``AppRoot.applyDelta``), so it stays until a run draws that place again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSessionState

from kpicat.language import language
from kpicat.office import Pace
from kpicat.ui import frame
from kpicat.ui.followed import Followed

SOON_SECONDS, ATTEMPTS = 0.1, 10


@dataclass(frozen=True, slots=True)
class Repainted:
    """What is to be sent, and where the log stands with it."""

    messages: Sequence[ForwardMsg]
    standing: str


class Painter:
    """Shows others' edits on one open page as it stands after its last run.

    Args:
        visit: The page.
        catalogue_id: What it shows.
        followed: What of it can follow.
    """

    def __init__(self, visit: str, catalogue_id: str, followed: Followed) -> None:
        self._visit, self._catalogue_id, self._followed = visit, catalogue_id, followed
        self._language = language()

    def prepare(self, standing: str) -> Repainted | Pace:
        """Make what shows the newest there is, or say why it cannot be shown so. From any thread.

        Args:
            standing: Where the log stands, as far as is known without asking the database.

        Raises:
            StoreBusy: The database had to be asked and does not answer.
        """
        keeps_pace = self._followed.keeps_pace
        if keeps_pace is None:
            return Pace.RUN
        frame.speak(self._language)
        view = frame.office().views.at(self._catalogue_id, standing)
        if not self._is_current():  # a run has begun, perhaps on an older view: the grid must not be ahead of it
            return Pace.LATER
        pace = keeps_pace(view, frame.now())
        return Repainted(self._followed.renewed(view), str(view.catalogue.standing)) if pace is Pace.SHOWN else pace

    def send(self, made: Repainted) -> bool:
        """Send it, unless the page runs or has run meanwhile; in the thread of the server's event loop."""
        if not self._is_current():
            return False
        found = Runtime.instance()._session_mgr.get_active_session_info(self._visit)
        if found is None or found.session._state is not AppSessionState.APP_NOT_RUNNING:
            return False
        for message in made.messages:
            found.session._enqueue_forward_msg(message)
        frame.office().screens.shows(self._visit, made.standing)
        return True

    def send_soon(self, made: Repainted, sent: Callable[[], None]) -> bool:
        """Send it when the run that asks for this has ended, and call ``sent`` then; False where nobody serves pages.

        What a run itself sends is lost where the next one begins at that moment (Streamlit 1.67, ``AppSession``).
        """
        if not Runtime.exists():
            return False
        loop = Runtime.instance()._get_async_objs().eventloop

        def attempt(left: int) -> None:
            if self.send(made):
                sent()
            elif left:
                loop.call_later(SOON_SECONDS, attempt, left - 1)

        loop.call_soon_threadsafe(attempt, ATTEMPTS)
        return True

    def _is_current(self) -> bool:
        """Whether the page has not begun to run since this was made for it."""
        return frame.office().screens.painter(self._visit) is self
