"""Files made when somebody asks for them, which Streamlit does in a thread without a session."""

from __future__ import annotations

from collections.abc import Callable

from kpicat import language
from kpicat.ui import frame


def in_their_language(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """``make``, wherever it is called, in the language of the session that offers the file."""
    spoken = language.language()

    def made() -> bytes:
        frame.speak(spoken)  # the thread may have served somebody else before
        return make()

    return made
