"""What every page stands on: the store, the catalogue it works on, who is at work, and the words for that."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kpicat import language
from kpicat.access import Act, Who, allowed, require, role_words
from kpicat.errors import Forbidden, StoreBusy, UnknownCatalogue
from kpicat.language import _
from kpicat.model import Outcome, Standing
from kpicat.services import approving
from kpicat.services.view import View
from kpicat.store import Store
from kpicat.ui import admitted, browser, plain, served, unsaved
from kpicat.ui.followed import Followed

HOME = "home"
GUEST = "kpicat_guest"
"""The cookie with the name that somebody goes by who gave none."""
PAGES = {
    HOME: "pages/catalogue/home.py",
    "bring_in": "pages/catalogue/bring_in.py",
    "edit": "pages/catalogue/edit.py",
    "checks": "pages/catalogue/checks.py",
    "approval": "pages/catalogue/approval.py",
    "history": "pages/catalogue/history.py",
    "standard_unit": "pages/tiering/standard_unit.py",
    "assign": "pages/tiering/assign.py",
    "ballot": "pages/tiering/ballot.py",
    "vote": "pages/tiering/vote.py",
    "what_if": "pages/tiering/what_if.py",
    "dashboard": "pages/results/dashboard.py",
    "compare": "pages/results/compare.py",
    "load": "pages/results/load.py",
    "kpi": "pages/results/kpi.py",
    "take_out": "pages/results/take_out.py",
}

plain_text = plain.plain_text
office = served.office


_run = threading.local()


def speak(language: str | None = None) -> None:
    """Know the reader's language for the rest of this run: a page has a thousand words, the session is slow to ask.

    Args:
        language: Theirs, for a thread that has no session to ask.
    """
    _run.language = language or st.session_state.get("language")


def _session_language() -> str | None:
    if (known := getattr(_run, "language", None)) is not None:
        return str(known)
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return st.session_state.get("language")


language.resolve_with(_session_language)


# -- what a page works on ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page reads and writes: the store, one view of one catalogue, and who is at work.

    Attributes:
        corner: Where the head of the page says how things are; None on a page without that place.
        followed: What of the page follows others' edits without a run.
    """

    store: Store
    view: View
    actor: str
    corner: DeltaGenerator | None = None
    followed: Followed = field(default_factory=Followed)

    def may(self, act: Act) -> bool:
        """Whether this person may do something here; the store refuses anyway."""
        return may(act, self.view.catalogue.id)

    def save(self, gesture: Callable[..., Outcome], *args: Any, **options: Any) -> Outcome:
        """Call a service that writes, as this person and now; the next run shows what became of it."""
        return wrote(gesture(self.store, self.view, *args, actor=self.actor, at=now(), **options))


def enter() -> Desk:
    """The desk of the catalogue this session works on; without one, the way home is shown.

    Every page begins here, so that none can be opened past the frame.
    """
    if not is_in():
        admitted.way_in()
        st.stop()
    catalogue_id = chosen_catalogue()
    if catalogue_id is None:
        st.info(_("Choose a catalogue first, or start a new one."), icon=":material/folder_open:")
        if st.button(_("To my catalogues"), key="frame_home", type="primary"):
            st.switch_page(PAGES[HOME])
        st.stop()
    return Desk(store(), _view_or_last(catalogue_id), actor())


def again(desk: Desk) -> Desk:
    """The same desk with the newest view."""
    return replace(desk, view=_view_or_last(desk.view.catalogue.id))


def _view_or_last(catalogue_id: str) -> View:
    """The newest view; while the database is away, the last one for a page that is open, so that nothing typed is lost.

    It is the last of this process, not of this session's runs: the grid may show a newer one, without a run.
    """
    try:
        newest = view(catalogue_id)
    except StoreBusy:
        last = office().views.last(catalogue_id)
        if last is None or st.session_state.get("viewed") != catalogue_id:
            raise
        return last
    st.session_state.viewed = catalogue_id
    return newest


def store() -> Store:
    """The one store of this process, as whoever is at work may use it."""
    return admitted.guarded(office().store) if admitted.signs_in() else office().store


def view(catalogue_id: str) -> View:
    """The newest view of a catalogue, shared by all sessions that may read it.

    Raises:
        Forbidden: Whoever is at work may not.
    """
    if not may(Act.READ, catalogue_id):
        require(who(), Act.READ, catalogue_id)  # a catalogue begun in this run is theirs since
    return office().views.newest(catalogue_id)


def who() -> Who:
    """Who is at work here as of now, to write by.

    Raises:
        StoreBusy: The database does not answer.
    """
    return admitted.who(office().store) if admitted.signs_in() else Who.anybody(actor())


def is_in() -> bool:
    """Whether somebody is at work here: with an account, where people sign in."""
    return not admitted.signs_in() or admitted.seen(office().store).account is not None


def may(act: Act, catalogue_id: str | None = None) -> bool:
    """Whether whoever is at work may do something, so that nothing is offered that would be refused."""
    return not admitted.signs_in() or allowed(admitted.seen(office().store), act, catalogue_id)


def wrote(outcome: Outcome) -> Outcome:
    """Know that this page is about to show what it has just written: it needs not be told, nor run for that."""
    if outcome.batch:
        office().screens.shows(visit(), str(Standing(outcome.seq, outcome.batch)))
    return outcome


def visit() -> str:
    """The open page of this session's browser."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def now() -> datetime:
    """The moment a gesture is made."""
    return datetime.now(UTC)


def clock(at: datetime) -> datetime:
    """A logged moment in the reader's own time zone."""
    zone = st.context.timezone
    return at.astimezone(ZoneInfo(zone) if zone else None)


def actor() -> str:
    """Who is at work here, as they named themselves, or by their account."""
    if admitted.signs_in():
        return admitted.seen(office().store).name
    given = str(st.session_state.get("actor") or "").strip()
    if given:
        return given
    if "actor_default" not in st.session_state:
        known = browser.remembered(GUEST)  # who loads the page anew is the same, and may take back what they did
        st.session_state.actor_default = known or f"{_('Guest')} {secrets.token_hex(2).upper()}"
    return str(st.session_state.actor_default)


# -- which catalogue ---------------------------------------------------------


def chosen_catalogue() -> str | None:
    """Id of the catalogue this session works on: from the link, else from before."""
    asked = st.query_params.get("c") or st.session_state.get("catalogue")
    if asked is None:
        return None
    try:
        store().head(asked)
    except (UnknownCatalogue, Forbidden) as error:
        st.session_state.pop("catalogue", None)
        st.query_params.pop("c", None)
        gone = _("The catalogue asked for is not here; check that the link is whole and is of this kpicat.")
        st.warning(plain_text(str(error)) if isinstance(error, Forbidden) else gone)
        unsaved.say(asked)
        return None
    except StoreBusy:  # whether there is one will be seen when the database is back
        pass
    choose_catalogue(asked)
    return str(asked)


def choose_catalogue(catalogue_id: str) -> None:
    """Work on this catalogue from now on; the address bar says which, so a link can be shared."""
    st.session_state.catalogue = catalogue_id
    if st.query_params.get("c") != catalogue_id:
        st.query_params["c"] = catalogue_id


def go(page: str, catalogue_id: str | None = None) -> None:
    """Open a page (a key of :data:`PAGES`), on another catalogue if one is given."""
    target = catalogue_id or st.session_state.get("catalogue")
    if catalogue_id:
        st.session_state.catalogue = catalogue_id
    st.switch_page(PAGES[page], query_params={"c": target} if target else None)


# -- what a page says -------------------------------------------------------


def heading(desk: Desk, title: str) -> None:
    """What this page is for, whose catalogue it shows, and what the last gesture left to say."""
    if notice := st.session_state.pop("notice", None):
        st.toast(plain_text(notice), icon=":material/info:", duration="long")
    st.subheader(plain_text(title), anchor=False)
    about = desk.view.catalogue
    parts = [about.body, about.period] if title == about.name else [about.name, about.body, about.period]
    st.caption(" · ".join(plain_text(part) for part in parts if part))
    if about.removed:
        st.warning(
            _("This catalogue was removed from the list; what is typed is kept, and “My catalogues” can put it back.")
        )
    if locked := approving.banner(desk.store, desk.view, clock):
        st.info(plain_text(locked), icon=":material/lock:")
    elif not desk.may(Act.EDIT) and (role := admitted.seen(office().store).role_in(about.id)):
        words = _(
            "You are {role} here: the lines are yours to read; a chair of the catalogue can give you another role."
        )
        st.info(words.format(role=role_words(role)), icon=":material/visibility:")
    if desk.view.marks_misfit:
        st.warning(_("This catalogue's own marks are not of its scale, so the guidance's apply; set them again."))


def say_saved(outcome: Outcome) -> None:
    """After settings were saved: done, or what somebody else changed first."""
    if outcome.conflicts:
        st.session_state.notice = _("{who} has just changed this too; look at it again.").format(
            who=outcome.conflicts[0].by
        )
    elif outcome.batch:
        st.session_state.notice = _("Saved.")
    st.rerun()


def fingerprint(value: object) -> str:
    """A short name for what a form was filled from: the form is filled anew only when that changes."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]
