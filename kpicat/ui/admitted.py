"""Who is at work in a session of a kpicat where people sign in, and the way in for who has not."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kpicat import settings
from kpicat.access import Who
from kpicat.doors import SIGNED, cookies
from kpicat.doors.provider import vouched
from kpicat.errors import StoreBusy
from kpicat.language import _
from kpicat.services import access
from kpicat.store import Guarded, Store
from kpicat.ui import beneath, browser, plain, unsaved

T = TypeVar("T")
VOTER = "kpicat_voter"
"""The cookie, and the place in the session, of the token with which a member of a meeting votes."""
_SEEN, _WHOSE = "signed_in", "signed_in_as"
_shown: ContextVar[Mapping[str, str] | None] = ContextVar("shown", default=None)
"""The cookies of the browser for which something is done in a thread without its session."""


def signs_in() -> bool:
    """Whether people sign in here."""
    return settings.access() in SIGNED


def who(store: Store) -> Who:
    """Whose the browser's session is as of now: what is taken from somebody is gone at their next gesture.

    Args:
        store: The plain one.
    """
    shown, at = _shown.get() or _cookies(), datetime.now(UTC)
    if settings.access() == "oidc":
        signed = vouched(store, beneath.claims(shown), at, is_gesture=_is_gesture())
    else:
        token = shown.get(cookies.SESSION)
        signed = access.whose(store, token, at=at, is_gesture=_is_gesture()) if token else None
    if _shown.get() is not None:  # what is asked for later has no session, and no part in a vote
        return signed or Who.nobody()
    voting = str(st.session_state.get(VOTER) or browser.remembered(VOTER) or "")
    if not voting:
        return signed or Who.nobody()
    seated = access.seated(store, voting)
    return dataclasses.replace(signed, meeting=seated.meeting) if signed else seated


def seen(store: Store) -> Who:
    """As :func:`who`, once a run, or as it was last while the database is away: to draw by, never to write by."""
    if _shown.get() is not None:
        return who(store)
    context = get_script_run_ctx(suppress_warning=True)
    run = context.cursors if context else None  # another object in each run
    kept: tuple[object, Who] | None = st.session_state.get(_SEEN)
    if kept and run is not None and kept[0] is run:
        return kept[1]
    before = kept[1] if kept else None
    try:
        now = who(store)
    except StoreBusy:
        if before is None:
            raise
        return before
    if now.account and st.session_state.get(_WHOSE, now.account) != now.account:
        st.session_state.clear()  # another sits here: nothing of the one before is left to them
    if now.account:
        st.session_state[_WHOSE] = now.account
    st.session_state[_SEEN] = run, now
    return now


def for_the_same(work: Callable[[], T]) -> Callable[[], T]:
    """``work``, wherever it is called, done for the browser of this session: if that may do it by then."""
    shown = _cookies() if signs_in() else None

    def done() -> T:
        before = _shown.set(shown)
        try:
            return work()
        finally:
            _shown.reset(before)

    return done


@functools.lru_cache(maxsize=1)
def guarded(store: Store) -> Guarded:
    """The store as whoever is at work may use it: one for all sessions of the process, each asked who it is."""
    return Guarded(store, lambda: who(store), now=lambda: datetime.now(UTC))


def way_in() -> None:
    """That one has to sign in, and the link that leads back to this page."""
    st.info(_("Sign in to work here; you come back to this page."), icon=":material/lock:")
    _style()
    st.html(f'<a class="kpicat-door" href="{escape(cookies.sign_in(_here()))}">{escape(_("Sign in"))}</a>')
    unsaved.say()


def account(store: Store, name: str) -> None:
    """Who is signed in, another password, and the ways out.

    Args:
        store: The plain one.
    """
    st.caption(_("Signed in as"))
    st.markdown(f"**{plain.plain_text(name)}**")
    if settings.access() == "oidc":
        _ways_out(store)
        return
    stamp = cookies.stamp(_secret(store), _cookies())
    with st.expander(_("My account"), icon=":material/account_circle:", key="frame_account"):
        _style()
        out = {"/sign-out": _("Sign out"), "/sign-out-everywhere": _("Sign out everywhere")}
        forms = "".join(
            f'<form method="post" action="{action}"><input type="hidden" name="stamp" value="{stamp}">'
            f'<button class="kpicat-door">{escape(words)}</button></form>'
            for action, words in out.items()
        )
        st.html(f'{forms}<a class="kpicat-door" href="/password">{escape(_("Change my password"))}</a>')


def _ways_out(store: Store) -> None:
    """The ways out where a provider let one in: the session ends here, then there."""
    here = st.button(_("Sign out"), key="frame_sign_out", icon=":material/logout:")
    everywhere = st.button(_("Sign out everywhere"), key="frame_sign_out_everywhere", icon=":material/devices:")
    at = datetime.now(UTC)
    if here:
        access.sign_out(store, access.word(beneath.claims(_cookies())), at=at)
    elif everywhere:
        access.sign_out_everywhere(store, who(store), at=at)
    if here or everywhere:
        st.logout()


def _is_gesture() -> bool:
    """Whether what is asked for now is asked by the person, and not by the page that is open."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is None or beneath.at_work(context.session_id)


def _cookies() -> Mapping[str, str]:
    return st.context.cookies.to_dict()


def _here() -> str:
    """This page as a link within this kpicat."""
    said = urlencode(st.query_params.to_dict())
    return (urlsplit(st.context.url or "").path or "/") + (f"?{said}" if said else "")


@functools.lru_cache(maxsize=1)
def _secret(store: Store) -> str:
    return store.secret("forms")


def _style() -> None:
    st.html(f"<style>{_rules()}</style>")


@functools.cache
def _rules() -> str:
    return (Path(__file__).parent / "admitted.css").read_text(encoding="utf-8")
