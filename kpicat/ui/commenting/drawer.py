"""Comments beside a grid: a drawer with the threads of one row, all open ones, or those that address this person.

The drawer is no dialog: while a row is talked about, the grid stays in use. What is half
written is a draft of this session; its box stays the same element whatever arrives from
others, so that the browser keeps what was typed in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.proto.Element_pb2 import Element

from kpicat.access import Act
from kpicat.language import _, ngettext, number
from kpicat.services import bulk, commenting
from kpicat.services.view import View
from kpicat.ui import frame
from kpicat.ui.commenting.held import MINE, OPEN, ROW, Drawer, attempt, held_for, say_refused, unread
from kpicat.ui.commenting.threads import threads
from kpicat.ui.commenting.writing import write

_HERE = Path(__file__).parent


def button(desk: frame.Desk, name: str) -> None:
    """What opens the drawer: how often this person is mentioned and has not read it, and the number of open threads.

    Args:
        name: Which page; also the first part of its widgets' keys.
    """
    held = held_for(desk)
    everything, new = len(commenting.open_threads(desk.view)), len(unread(desk, held))
    words = f"{_('Comments')} ({number(everything)})" if everything else _("Comments")
    if new:
        words = f"@{number(new)} · {words}"
        about = ngettext("You are mentioned in {n} new comment.", "You are mentioned in {n} new comments.", new)
    else:
        about = _("What is said about the ticked row, and every thread still open")
    st.button(
        words,
        key=f"{name}_comments",
        type="primary" if new else "secondary",
        icon=":material/forum:",
        help=about.format(n=number(new)),
        on_click=lambda: held.toggle(everything, new),  # which row is ticked is known when it is pressed
    )


def drawer(desk: frame.Desk, name: str, ticked: Sequence[str]) -> None:
    """The drawer, where it is open; a single row newly ticked is the one it is about.

    Args:
        name: Name of the grid beside it.
    """
    held = held_for(desk)
    only = ticked[0] if len(ticked) == 1 else ""
    if only and only != held.ticked:
        held.show(ROW if held.shown else "", only)
    held.ticked = only
    if not held.shown:
        return
    st.html(_rules())
    # One place for each part, whatever it holds: an element that moves to another place begins anew in the browser.
    with st.container(key="comments"):
        with st.container(key="comments_head", horizontal=True, vertical_alignment="center", gap="xsmall"):
            _head(desk, held)
        with st.container(key="comments_row", gap="small"):
            if held.shown == ROW:
                _row(desk, held)
        with st.container(key="comments_threads", gap="small"):
            threads(desk, held, name)
        with st.container(key="comments_write", gap="small"):
            if desk.may(Act.COMMENT) and (held.about or (held.shown == ROW and held.item)):
                write(desk, held)
            elif held.refused:
                say_refused(held)


@st.cache_resource(show_spinner=False)
def _rules() -> str:
    return f"<style>{(_HERE / 'drawer.css').read_text(encoding='utf-8')}</style>"


def _head(desk: frame.Desk, held: Drawer) -> None:
    lists = {
        ROW: _("Row"),
        OPEN: _("Open ({n})").format(n=number(len(commenting.open_threads(desk.view)))),
        MINE: _("Mentions you ({n})").format(n=number(len(commenting.open_threads(desk.view, desk.actor)))),
    }
    for what, words in lists.items():
        st.button(
            words,
            key=f"comments_list_{what}",
            type="primary" if held.shown == what else "secondary",
            on_click=held.show,
            args=(what,),
        )
    st.button(
        "",
        key="comments_close",
        type="tertiary",
        icon=":material/close:",
        help=_("Close"),
        on_click=held.show,
        args=("",),
    )


def _row(desk: frame.Desk, held: Drawer) -> None:
    if held.item:
        item = held.item

        def name(element: Element, view: View) -> None:
            element.markdown.body = f"**{frame.plain_text(bulk.row_words(view, item))}**"

        with desk.followed.element("comments_row", name):
            st.markdown(f"**{frame.plain_text(bulk.row_words(desk.view, item))}**")
        if held.item not in desk.view.items.index:
            st.warning(_("This row was deleted; what was said of it is in the history and comes back with it."))

    def go() -> None:
        text = str(st.session_state.pop("comments_find", ""))
        if text.strip():
            attempt(held, lambda: held.show(ROW, bulk.row_named(desk.view, text)))

    st.text_input(
        _("Number or code of the row"),
        key="comments_find",
        placeholder=_("Tick a row, or give its number or code here"),
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=go,
    )
