"""The row of filters above a grid: words, group, department, position, tier, only findings."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kpicat import services
from kpicat.labels import field_label, tier_name
from kpicat.language import _
from kpicat.services import NO_TIER, View, Wanted
from kpicat.ui.grid_view import MOST_ROWS
from kpicat.ui.paging import page_of


def ask(view: View, name: str, ordered: Callable[[list[str]], list[str]] | None = None) -> tuple[Wanted, list[str]]:
    """Let the person say which items they want.

    Args:
        view: The catalogue.
        name: First part of the keys of the widgets.
        ordered: Puts all that are found in another order than the catalogue's.

    Returns:
        The filter and the ids it finds, in order, at most
        :data:`kpicat.ui.grid_view.MOST_ROWS` of them (a page of them, chosen here).
    """
    with st.container(horizontal=True, vertical_alignment="bottom", width="content", key=f"{name}_filters"):
        words = st.text_input(
            _("Search"),
            key=f"{name}_words",
            placeholder=_("words, with or without diacritics"),
            icon=":material/search:",
            width=260,
        )
        with st.popover(_more(name), icon=":material/filter_list:"):
            chosen = {field: _choose(view, name, field) for field in ("group", "department", "position")}
            tiers = st.multiselect(
                field_label("tier"),
                [*(t.level for t in view.guidance.tiers), NO_TIER],
                format_func=lambda level: _tier_words(view, level),
                key=f"{name}_tiers",
                placeholder=_("all"),
            )
        findings = st.toggle(_("Only rows to put right"), key=f"{name}_findings")
    wanted = Wanted(
        words, tuple(chosen["group"]), tuple(chosen["department"]), tuple(chosen["position"]), tuple(tiers), findings
    )
    found = services.find(view, wanted)
    ids = ordered(found) if ordered else found
    if not ids and not wanted.everything:
        st.caption(_("No row fits; change the words you search for, or take a filter off."))
    return wanted, list(page_of(ids, MOST_ROWS, _("Rows shown"), f"{name}_page"))


def _choose(view: View, name: str, field: str) -> list[str]:
    return st.multiselect(
        field_label(field), services.choices(view, field), key=f"{name}_{field}", placeholder=_("all")
    )


def _more(name: str) -> str:
    active = sum(bool(st.session_state.get(f"{name}_{f}")) for f in ("group", "department", "position", "tiers"))
    return f"{_('Filter')} ({active})" if active else _("Filter")


def _tier_words(view: View, level: int) -> str:
    tier = view.guidance.tier(level)
    return tier_name(tier.level, tier.label, " · ") if tier else _("No tier yet")
