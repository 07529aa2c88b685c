"""What the tiers proposed on the pages are learnt from; the person may name another catalogue as a reference."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from kpicat.errors import Forbidden, UnknownCatalogue
from kpicat.language import _
from kpicat.services import View, tiering
from kpicat.ui import frame
from kpicat.ui.told_apart import told_apart

_KEY = "proposals_reference"
"""Id of a catalogue -> id of the one this person named as its reference."""


def sources(desk: frame.Desk) -> tiering.Sources:
    """What proposals for the catalogue are learnt from."""
    return tiering.sources(desk.store, desk.view, _reference(desk))


def choose_reference(desk: frame.Desk) -> None:
    """Let the person name a catalogue whose tiers are learnt from, too; nothing where there is no other."""
    others = {each.id: each for each in tiering.references(desk.store, desk.view)}
    if not others:
        return
    about = desk.view.catalogue.id
    words = told_apart({id: " · ".join(filter(None, (o.name, o.body, o.period))) for id, o in others.items()})
    named = _named().get(about)
    key = f"{_KEY}_{about}"

    def name() -> None:
        _named()[about] = st.session_state[key]

    st.selectbox(
        _("Learn also from the tiers of"),
        list(others),
        index=list(others).index(named) if named in others else None,
        format_func=words.__getitem__,
        placeholder=_("no other catalogue"),
        key=key,
        on_change=name,
    )


def _named() -> dict[str, str | None]:
    kept: dict[str, str | None] = st.session_state.setdefault(_KEY, {})
    return kept


def _reference(desk: frame.Desk) -> View | None:
    named = _named().get(desk.view.catalogue.id)
    if named is not None:
        with suppress(UnknownCatalogue, Forbidden):  # it went, or the role in it
            return frame.view(named)
    return None
