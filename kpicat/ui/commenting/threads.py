"""Threads as people read them, with what can be done about each."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.proto.Element_pb2 import Element

from kpicat.access import Act
from kpicat.language import _, moment, ngettext, number
from kpicat.model import Comment, Write
from kpicat.services import bulk, commenting
from kpicat.services.commenting import Thread
from kpicat.services.view import View
from kpicat.ui import frame
from kpicat.ui.commenting.held import MINE, ROW, Drawer, change, read


def threads(desk: frame.Desk, held: Drawer, name: str) -> None:
    """The threads asked for, those resolved folded away.

    Args:
        name: Name of the grid beside them.
    """
    found, nothing = _found(desk, held)
    shown = [thread for thread in found if thread.is_open]
    resolved = [thread for thread in found if not thread.is_open]
    if not found and nothing:
        st.caption(nothing)
    read(desk, held, [comment.id for thread in shown[: held.limit] for comment in thread.comments])
    for thread in shown[: held.limit]:
        _thread(desk, held, thread, name)
    if len(shown) > held.limit:
        more = number(len(shown) - held.limit)
        st.button(_("Show more ({n})").format(n=more), key="comments_more", on_click=held.more)
    if resolved:
        words = ngettext("{n} thread resolved", "{n} threads resolved", len(resolved)).format(n=number(len(resolved)))
        with st.expander(words, icon=":material/check_circle:", key="comments_resolved"):
            for thread in resolved:
                _thread(desk, held, thread, name)


def _found(desk: frame.Desk, held: Drawer) -> tuple[list[Thread], str]:
    """The threads of the row, or the open ones asked for; and what to say where there are none."""
    if held.shown == ROW:
        return commenting.threads_of(desk.view, held.item), held.item and _("Nobody has said anything of this row.")
    if held.shown == MINE:
        nothing = _("No open thread mentions {who}.").format(who=frame.plain_text(desk.actor))
        return commenting.open_threads(desk.view, desk.actor), nothing
    return commenting.open_threads(desk.view), _("No thread is open.")


def _thread(desk: frame.Desk, held: Drawer, thread: Thread, name: str) -> None:
    with st.container(border=True, key=f"comments_thread_{thread.id}"):
        if held.shown != ROW:
            _way_to_row(desk, held, thread.item_id, thread.id, name)
        for comment in thread.comments:
            _comment(desk, held, thread, comment)
        if not thread.is_open:
            _resolved_by(thread)
        if desk.may(Act.COMMENT):
            with st.container(horizontal=True, gap="small"):
                _thread_buttons(desk, held, thread)


def _way_to_row(desk: frame.Desk, held: Drawer, item_id: str, thread_id: str, name: str) -> None:
    def rename(element: Element, view: View) -> None:
        element.button.label = frame.plain_text(bulk.row_words(view, item_id))

    row, about = frame.plain_text(bulk.row_words(desk.view, item_id)), _("Show this row")
    with desk.followed.element(f"comments_go_{thread_id}", rename):
        _act(row, f"go_{thread_id}", "arrow_forward", _to_row, desk, held, item_id, name, about=about)


def _resolved_by(thread: Thread) -> None:
    first = thread.first
    at = moment(frame.clock(first.resolved_at)) if first.resolved_at else ""
    st.caption(_("Resolved by {who} · {time}").format(who=frame.plain_text(first.resolved_by), time=at))


def _thread_buttons(desk: frame.Desk, held: Drawer, thread: Thread) -> None:
    if not thread.is_open:
        _act(_("Reopen"), f"reopen_{thread.id}", "undo", change, desk, held, lambda: commenting.reopen(thread))
        return

    def resolution() -> list[Write]:
        return commenting.resolve(thread, actor=desk.actor, at=frame.now())

    _act(_("Answer"), f"answer_{thread.id}", "reply", held.write_about, thread.id)
    _act(_("Resolve"), f"resolve_{thread.id}", "check_circle", change, desk, held, resolution)


def _act(words: str, key: str, icon: str, act: Callable[..., None], *args: object, about: str | None = None) -> None:
    """A button that does something to what is said: in words, or only pictured with ``about`` as its tooltip."""
    key, icon = f"comments_{key}", f":material/{icon}:"
    st.button(words, key=key, type="tertiary", icon=icon, help=about, on_click=act, args=args)


def _comment(desk: frame.Desk, held: Drawer, thread: Thread, comment: Comment) -> None:
    with st.container(key=f"comments_said_{comment.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            who, at = frame.plain_text(comment.by), moment(frame.clock(comment.at))
            new = f" :blue-badge[{_('New to you')}]" if comment.id in held.fresh else ""
            st.markdown(f"**{who}** :small[{at}]{new}", width="stretch")
            if comment.by == desk.actor and desk.may(Act.COMMENT):
                _own_buttons(desk, held, thread, comment)
        st.markdown(_in_markdown(comment))


def _own_buttons(desk: frame.Desk, held: Drawer, thread: Thread, comment: Comment) -> None:
    mine, about = f"reword {comment.id}", _("Change what you said")
    _act("", f"reword_{comment.id}", "edit", held.write_about, mine, comment.text, about=about)
    if comment.id != thread.id or not thread.answers:
        about = _("Withdraw what you said; undo brings it back")

        def withdrawal() -> list[Write]:
            return commenting.withdraw(comment, actor=desk.actor)

        _act("", f"withdraw_{comment.id}", "delete", change, desk, held, withdrawal, about=about)


def _in_markdown(comment: Comment) -> str:
    """A comment's text as it was typed, line by line, with the names it addresses set apart."""
    names = [frame.plain_text(name) for name in comment.mentions]
    lines = [commenting.told_apart(frame.plain_text(line), names) for line in comment.text.split("\n")]
    return "  \n".join("".join(f":blue[**{piece}**]" if named else piece for piece, named in line) for line in lines)


def _to_row(desk: frame.Desk, held: Drawer, item_id: str, name: str) -> None:
    """Have the grid show a row, and the drawer what is said of it."""
    for narrowed in ("group", "department", "position", "tiers"):
        st.session_state[f"{name}_{narrowed}"] = []
    st.session_state[f"{name}_findings"] = False
    newest = frame.again(desk).view  # which the button's own words may have followed
    if item_id in newest.items.index:
        st.session_state[f"{name}_words"] = str(newest.value(item_id, "code") or newest.value(item_id, "task"))
    held.show(ROW, item_id)
