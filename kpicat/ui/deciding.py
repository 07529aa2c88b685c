"""What is known of the decision a catalogue goes with, asked for once and kept while somebody works."""

from __future__ import annotations

import re
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


def ask(about: Catalogue) -> Decision:
    """Fields for what head and foot of a form say; what was given stays with this session and this catalogue."""
    kept: dict[str, Decision] = st.session_state.setdefault(_KEPT, {})
    known = kept.get(about.id, Decision())
    texts = {}
    left, right = st.columns(2)
    with left:
        for name in ("superior", "issuer", "number"):
            texts[name] = _text(about, known, name)
        day = _day(about, known)
    with right:
        for name in ("place", "on_behalf", "office", "signer"):
            texts[name] = _text(about, known, name)
    key = _key(about, "recipients", "\n".join(known.recipients))
    recipients = st.text_area(_("Recipients, one a line"), key=key, height=100, max_chars=2000)
    named = tuple(line.strip() for line in recipients.splitlines() if line.strip())
    kept[about.id] = Decision(day=day, recipients=named, **texts)
    return kept[about.id]


def _day(about: Catalogue, known: Decision) -> date | None:
    """Typed, as Streamlit's calendar speaks English only; what cannot be read is said and left out."""
    written = known.day.strftime(_DAY) if known.day else ""
    key = _key(about, "day", written)
    text = st.text_input(decision_label("day"), key=key, max_chars=10, placeholder="05/02/2026").strip()
    day = day_of(text)
    if text and day is None:
        st.warning(no_day(text))
    return day


def day_of(text: str) -> date | None:
    """The day that somebody typed as 05/02/2026, or with dots, hyphens or spaces; None where it is none."""
    try:
        return datetime.strptime(re.sub(r"[-. ]+", "/", text.strip()), _DAY).date()
    except ValueError:
        return None


def no_day(text: str) -> str:
    """That this is no day, and how one is written."""
    return _("“{text}” is no date; write day, month and year like 05/02/2026.").format(text=plain_text(text))


def _text(about: Catalogue, known: Decision, name: str) -> str:
    return st.text_input(
        decision_label(name),
        key=_key(about, name, str(getattr(known, name))),
        max_chars=_LONGEST,
        placeholder=about.body if name == "issuer" else example(about.form, name),
    ).strip()


def _key(about: Catalogue, name: str, known: str) -> str:
    """The key of a field, which shows what is known until somebody types: Streamlit forgets fields not on screen."""
    key = f"decision_{about.id}_{name}"
    st.session_state.setdefault(key, known)
    return key
