"""What a browser and a process keep of meetings, and the loop by which their pages follow them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from kpicat.errors import KpicatError
from kpicat.services.balloting import Boards, Tries
from kpicat.ui import admitted, browser, frame, shell

EVERY_SECONDS = 1.0
"""How often a page of a meeting looks: one row, and no more where nothing moved."""
VOTER = admitted.VOTER
_CHAIR = "kpicat_chair_"
_HERE = Path(__file__).parent
_REFUSED, _NOWHERE = "ballot_refused", "nowhere yet"
_ALONE = "[data-testid='stSidebar'], [data-testid='stExpandSidebarButton'] { display: none; }"


def chair(meeting_id: str) -> str:
    """The name under which the key of a meeting is kept."""
    return _CHAIR + meeting_id


def kept(name: str) -> str:
    """The key or token this browser has, "" for none; a reload, and a restart of the server, leave it."""
    if name not in st.session_state:
        st.session_state[name] = browser.remembered(name) or ""
    return str(st.session_state[name])


def keep(name: str) -> None:
    """Have the browser keep, or forget, what the session holds under this name."""
    _component()(key="ballot_hand", data={"cookies": {name: kept(name)}})


def followed(name: str, body: Callable[[], None]) -> None:
    """Show a part of a page, again every second."""

    def shown() -> None:
        frame.speak()
        with shell.errors_in_words():
            body()

    shown.__qualname__ = name
    st.fragment(shown, key=name, run_every=EVERY_SECONDS)()


def tried(gesture: Callable[..., object], *args: object, **options: object) -> bool:
    """Do a gesture in a callback; why it was refused is said by the run that follows. Whether it was done."""
    st.session_state.pop(_REFUSED, None)
    try:
        gesture(*args, **options)
    except KpicatError as error:
        st.session_state[_REFUSED] = str(error), _NOWHERE
        return False
    return True


def act(gesture: Callable[..., object], *args: object, **options: object) -> None:
    """As :func:`tried`, for a button that calls it."""
    tried(gesture, *args, **options)


def say_refused(where: Hashable = None) -> None:
    """Why the last gesture was not done, until the next one, or until who was told is elsewhere."""
    why, told = st.session_state.get(_REFUSED, ("", _NOWHERE))
    if told not in (_NOWHERE, where):
        del st.session_state[_REFUSED]
    elif why:
        st.session_state[_REFUSED] = why, where
        st.error(frame.plain_text(why), icon=":material/error:")


def rules(*, alone: bool = False) -> None:
    """How a ballot looks; ``alone`` without the menu, of which a member has no use."""
    st.html(f"<style>{_rules()}{_ALONE if alone else ''}</style>")


@st.cache_resource(show_spinner=False)
def boards() -> Boards:
    """The meetings of this process."""
    return Boards(frame.store())


@st.cache_resource(show_spinner=False)
def tries() -> Tries:
    """The wrong codes of this process."""
    return Tries()


@st.cache_resource(show_spinner=False)
def _rules() -> str:
    return (_HERE / "ballot.css").read_text(encoding="utf-8")


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    return st.components.v2.component("kpicat_ballot", js=(_HERE / "keeping.js").read_text(encoding="utf-8"))
