"""The box where one begins a thread, answers or rewords."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat.errors import InputError, StoreBusy
from kpicat.language import _
from kpicat.model import Comment, Write
from kpicat.office import presence
from kpicat.services import commenting
from kpicat.services.commenting import Thread
from kpicat.ui import frame
from kpicat.ui.commenting.held import Draft, Drawer, save, say_refused

_BOX = 110  # pixels


def write(desk: frame.Desk, held: Drawer) -> None:
    """What is half written, what it is about, and what was said against it."""
    draft = held.draft()
    known = _people(desk)
    if draft.box not in st.session_state:
        st.session_state[draft.box] = draft.text
    with st.container(key="comments_about", horizontal=True, vertical_alignment="center", gap="small"):
        _say_about(desk, held)
    st.text_area(
        _("Comment"),
        key=draft.box,
        height=_BOX,
        placeholder=_("Write a comment; @name mentions a person"),
        label_visibility="collapsed",
        on_change=draft.take,
    )
    with st.container(key="comments_send", horizontal=True, gap="small"):
        st.button(
            _("Send"),
            key=f"comments_send_{draft.id}",
            type="primary",
            icon=":material/send:",
            shortcut="Ctrl+Enter",
            on_click=_send,
            args=(desk, held, draft, known),
        )
        if known:
            _mention(draft, known)
    say_refused(held)


def _say_about(desk: frame.Desk, held: Drawer) -> None:
    if not held.about:
        return
    thread, comment = _meant(desk, held)
    if comment is not None:
        words = _("You reword what you said.")
    elif thread is not None:
        words = _("Answer to {who}").format(who=frame.plain_text(thread.first.by))
    else:
        words = _("What you write about was withdrawn.")
    st.caption(words, width="stretch")
    st.button(_("Not now"), key="comments_not_now", type="tertiary", on_click=held.show, args=(held.shown,))


def _mention(draft: Draft, known: Sequence[str]) -> None:
    key = f"comments_mention_{draft.id}"

    def add() -> None:
        draft.take()
        draft.text = f"{draft.text.rstrip()} @{st.session_state[key]} ".lstrip()
        st.session_state[draft.box] = draft.text

    st.menu_button(_("Mention"), list(known), key=key, icon=":material/alternate_email:", on_click=add)


def _people(desk: frame.Desk) -> list[str]:
    """Who else can be mentioned; while the database is away those present, so that the box stays."""
    present = [one.actor for one in frame.office().presence.who(desk.view.catalogue.id, presence.now())]
    try:
        known = commenting.people(desk.store, desk.view, present)
    except StoreBusy:
        known = sorted(present, key=str.casefold)
    return [name for name in known if name != desk.actor]


def _meant(desk: frame.Desk, held: Drawer) -> tuple[Thread | None, Comment | None]:
    """The thread to be answered and the comment to be reworded, as they stand."""
    for thread in commenting.threads(desk.view):
        if thread.id == held.about:
            return thread, None
        for comment in thread.comments:
            if held.about == f"reword {comment.id}":
                return thread, comment
    return None, None


def _send(desk: frame.Desk, held: Drawer, draft: Draft, known: Sequence[str]) -> None:
    draft.take()
    if draft.sent:
        return
    thread, comment = _meant(desk, held)

    def writes() -> list[Write]:
        if comment is not None:
            return commenting.reword(comment, draft.text, known, actor=desk.actor)
        if thread is not None:
            return commenting.answer(draft.id, thread, draft.text, known, actor=desk.actor, at=frame.now())
        if held.about:  # its row may be another than the one that is shown
            raise InputError(_("What you write about was withdrawn; copy your words and begin anew on its row."))
        return commenting.begin(draft.id, held.item, draft.text, known, actor=desk.actor, at=frame.now())

    if save(desk, held, writes):
        draft.sent = True
        held.drafts = {about: other for about, other in held.drafts.items() if other is not draft}
        held.about = ""
