"""What is known of the decision a catalogue goes with, asked for once and kept while somebody works."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from kpicat.exchange.forms.decision import Decision, decision_label
from kpicat.exchange.forms.paper import example
from kpicat.language import _
from kpicat.model import Catalogue
from kpicat.ui.plain import plain_text

_KEPT = "decisions"  # in the session: catalogue -> Decision
_LONGEST = 200
_DAY = "%d/%m/%Y"
EXAMPLE = "05/02/2026"
"""Shown in a field for a day, which is typed: Streamlit's calendar speaks English only."""


def ask(about: Catalogue, *, paper: str = "") -> Decision:
    """Fields for what head and foot of a form say; what was given stays with this session and this catalogue.

    Args:
        paper: A paper that goes before the decision or beside it, as a letter: its number and day are its own, and
            the rest is first as the decision's. "" for the decision itself.
    """
    kept: dict[str, Decision] = st.session_state.setdefault(_KEPT, {})
    whose = f"{about.id}_{paper}" if paper else about.id
    known = kept.get(whose) or replace(kept.get(about.id, Decision()), number="", day=None)
    labels = {"number": _("Number of the paper"), "day": _("Date of the paper")} if paper else {}
    texts = {}
    left, right = st.columns(2)
    with left:
        for name in ("superior", "issuer", "number"):
            texts[name] = _text(about, known, name, whose, labels.get(name))
        day = _day(known, whose, labels.get("day"))
    with right:
        for name in ("place", "on_behalf", "office", "signer"):
            texts[name] = _text(about, known, name, whose)
    key = _key(whose, "recipients", "\n".join(known.recipients))
    recipients = st.text_area(_("Recipients, one a line"), key=key, height=100, max_chars=2000)
    named = tuple(line.strip() for line in recipients.splitlines() if line.strip())
    kept[whose] = Decision(day=day, recipients=named, **texts)
    return kept[whose]


def _day(known: Decision, whose: str, label: str | None) -> date | None:
    """What cannot be read is said and left out."""
    written = known.day.strftime(_DAY) if known.day else ""
    key = _key(whose, "day", written)
    text = st.text_input(label or decision_label("day"), key=key, max_chars=10, placeholder=EXAMPLE).strip()
    day = day_of(text)
    if text and day is None:
        st.warning(plain_text(no_day(text)))
    return day


def day_of(text: str) -> date | None:
    """The day that somebody typed as 05/02/2026, or with dots, hyphens or spaces; None where it is none."""
    try:
        return datetime.strptime(re.sub(r"[-. ]+", "/", text.strip()), _DAY).date()
    except ValueError:
        return None


def no_day(text: str) -> str:
    """That this is no day, and how one is written."""
    return _("“{text}” is no date; write day, month and year like 05/02/2026.").format(text=text)


def _text(about: Catalogue, known: Decision, name: str, whose: str, label: str | None = None) -> str:
    return st.text_input(
        label or decision_label(name),
        key=_key(whose, name, str(getattr(known, name))),
        max_chars=_LONGEST,
        placeholder=about.body if name == "issuer" else "" if label else example(about.form, name),
    ).strip()


def _key(whose: str, name: str, known: str) -> str:
    """The key of a field, which shows what is known until somebody types: Streamlit forgets fields not on screen."""
    key = f"decision_{whose}_{name}"
    st.session_state.setdefault(key, known)
    return key
