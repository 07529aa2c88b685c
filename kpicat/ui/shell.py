"""The shell around every page: its settings, the sidebar, the menu, errors in words."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import streamlit as st

from kpicat import language
from kpicat.access import Act
from kpicat.errors import KpicatError, StoreBusy
from kpicat.language import LANGUAGES, _
from kpicat.ui import admitted, browser, frame, installation
from kpicat.ui.plain import plain_text

_LOG = logging.getLogger(__name__)
SIDEBAR = 264
"""Pixels wide: the longest name in the menu, so that a laptop shows more of a catalogue."""
AGAIN_SECONDS = 2.0
"""How often a page that the database kept from being shown is tried again."""


def prepare() -> None:
    """Page settings, the reader's language and the sidebar; called once a run, before the page."""
    st.set_page_config(page_title="kpicat", page_icon="📋", layout="wide", initial_sidebar_state=SIDEBAR)
    frame.is_in()  # where another has signed in, nothing is kept of the one before
    st.session_state.setdefault("language", browser.remembered("kpicat_language", tuple(LANGUAGES)) or language.DEFAULT)
    if "actor" not in st.session_state:
        st.session_state.actor = browser.remembered("kpicat_name") or ""
    frame.speak()
    browser.style()


def sidebar() -> None:
    """Who I am and which language I read, kept in this browser."""
    with st.sidebar:
        if not admitted.signs_in():
            _name()
        elif frame.is_in():
            admitted.account(frame.office().store, frame.actor())
        st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="frame_language",
            default=st.session_state.language,
            required=True,
            on_change=lambda: st.session_state.update(language=st.session_state.frame_language),
        )
    named = {}
    if not admitted.signs_in():
        named = {"kpicat_name": st.session_state.actor} | (
            {} if st.session_state.actor else {frame.GUEST: frame.actor()}
        )
    browser.remember(kpicat_language=st.session_state.language, **named)


def _name() -> None:
    st.text_input(
        _("Your name"),
        key="frame_actor",
        value=st.session_state.actor,
        placeholder=frame.actor(),
        max_chars=60,
        on_change=lambda: st.session_state.update(actor=st.session_state.frame_actor.strip()),
        help=_("Shown to the others beside what you change."),
    )


def titles() -> dict[str, str]:
    """What each page is called in the menu."""
    return {
        frame.HOME: _("My catalogues"),
        "bring_in": _("Bring a file in"),
        "edit": _("Enter and edit"),
        "checks": _("Check the principles"),
        "approval": _("Submit and approve"),
        "history": _("History"),
        "standard_unit": _("Standard unit"),
        "assign": _("Assign tiers"),
        "ballot": _("Ballot"),
        "vote": _("Vote"),
        "what_if": _("What if"),
        "dashboard": _("Results and charts"),
        "compare": _("Compare"),
        "load": _("Load and capacity"),
        "kpi": _("KPI preview"),
        "take_out": _("Export files"),
    }


def navigation() -> Any:
    """The menu, in the order of the guidance's work."""
    title = titles()

    def page(key: str, icon: str, *, default: bool = False) -> Any:
        return st.Page(frame.PAGES[key], title=title[key], icon=f":material/{icon}:", url_path=key, default=default)

    sections = {
        _("Catalogue"): [
            page(frame.HOME, "folder_open", default=True),
            page("bring_in", "upload_file"),
            page("edit", "edit_note"),
            page("checks", "fact_check"),
            page("approval", "verified"),
            page("history", "history"),
        ],
        _("Difficulty"): [
            page("standard_unit", "straighten"),
            page("assign", "stairs"),
            page("ballot", "how_to_vote"),
            page("vote", "touch_app"),
            page("what_if", "science"),
        ],
        _("Results"): [
            page("dashboard", "bar_chart"),
            page("compare", "compare_arrows"),
            page("load", "balance"),
            page("kpi", "calculate"),
            page("take_out", "download"),
        ],
    }
    if admitted.signs_in() and frame.may(Act.MANAGE_INSTALLATION):
        sections[_("Administration")] = [
            st.Page(
                installation.show, title=_("Accounts and audit log"),
                icon=":material/admin_panel_settings:", url_path="installation",
            )
        ]  # fmt: skip
    shown: Literal["sidebar", "hidden"] = "sidebar" if frame.is_in() else "hidden"
    return st.navigation(sections, position=shown, expanded=True)  # or Streamlit hides all from the eleventh on


def run(page: Any) -> None:
    """Run a page; to who has not signed in where people do, only the door of a meeting is open."""
    if frame.is_in() or page.url_path == "vote":
        page.run()
    else:
        admitted.way_in()


@st.fragment(run_every=AGAIN_SECONDS)
def _try_again(first: list[bool]) -> None:
    """Run the page anew by itself, but not at once."""
    if first:
        first.clear()
    else:
        st.rerun()


def say_foreseen(error: Exception) -> bool:
    """Say what a callback was refused, which no page can catch; False for what nobody foresaw."""
    if isinstance(error, KpicatError):
        st.error(plain_text(str(error)), icon=":material/error:")
        return True
    return False


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Say an error in one sentence; what nobody foresaw is logged under an id the user can quote."""
    try:
        yield
    except StoreBusy as error:
        st.warning(plain_text(str(error)), icon=":material/sync_problem:")
        if st.button(_("Try again"), key="frame_again"):
            st.rerun()
        _try_again([True])
    except KpicatError as error:
        st.error(plain_text(str(error)), icon=":material/error:")
    except Exception:
        quote = secrets.token_hex(3).upper()
        _LOG.exception("error %s", quote)
        st.error(
            _(
                "Something went wrong that kpicat did not foresee; nothing saved is lost. "
                "Quote {id} to your IT officer."
            ).format(id=quote),
            icon=":material/error:",
        )
