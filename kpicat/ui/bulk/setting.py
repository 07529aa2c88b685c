"""Dialogs: set a field of many rows, delete them."""

from __future__ import annotations

import streamlit as st

from kpicat import services
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.model import FIELDS, Kind
from kpicat.services import bulk
from kpicat.ui import frame, grid_view
from kpicat.ui.bulk.agreeing import agree
from kpicat.ui.bulk.opened import Opened

_CHOSEN = ("group", "department", "position")  # from what the catalogue has already
_LONG = ("duty", "task", "detail", "product", "quality", "rationale", "note")


def set_field(desk: frame.Desk, opened: Opened) -> None:
    """Any field, with the input that fits it."""
    field = st.selectbox(
        _("Field"), bulk.SETTABLE, format_func=field_label, key="bulk_set_field", index=bulk.SETTABLE.index("tier")
    )
    empty = FIELDS[field].kind is not Kind.FLAG and st.toggle(_("Empty these cells"), key="bulk_set_empty")
    raw = None if empty else _input(desk, field)
    if not empty and raw in (None, ""):
        st.caption(_("Say the new value; what would change is shown here before anything is done."))
        return
    planned = bulk.set_field(desk.view, opened.ids, field, services.typed(field, raw, desk.view.guidance))
    agree(desk, opened, planned, _("Set"))


def _input(desk: frame.Desk, field: str) -> object:
    label, key = _("New value"), f"bulk_set_{field}"
    if field == "tier":
        levels = [str(tier.level) for tier in desk.view.guidance.tiers]
        return st.selectbox(
            label, levels, index=None, format_func=grid_view.tier_words(desk.view), key=key,
            placeholder=_("Choose a tier"),
        )  # fmt: skip
    if FIELDS[field].kind is Kind.FLAG:
        return st.toggle(_("Mark as the standard unit"), key=key)
    if field in _CHOSEN:
        return st.selectbox(
            label, services.choices(desk.view, field), index=None, accept_new_options=True, key=key,
            placeholder=_("choose, or type a new one"),
        )  # fmt: skip
    if field in _LONG:
        return st.text_area(label, key=key, height=80)
    return st.text_input(label, key=key)


def delete(desk: frame.Desk, opened: Opened) -> None:
    """Which rows go, and what goes with them."""
    words = ngettext("Delete {n} row", "Delete {n} rows", len(opened.ids)).format(n=number(len(opened.ids)))
    agree(desk, opened, bulk.delete(desk.view, opened.ids), words)
