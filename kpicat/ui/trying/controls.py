"""What can be tried: the scale's marks, rules, single rows, another standard unit; one of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from kpicat.language import _, number
from kpicat.services import View, Wanted, bulk, find, tiering
from kpicat.ui import frame
from kpicat.ui.trying import marks, rules
from kpicat.ui.trying.held import PREFIX, Held

_MOST_FOUND = 50  # rows offered at once: who means another one searches for it
_PART = f"{PREFIX}_part"


def controls(desk: frame.Desk, held: Held) -> None:
    """The part that is asked for, with how much of each is tried already."""
    tried = held.scenario
    counts = {
        "marks": int(bool(tried.marks)),
        "rules": len(tried.rules),
        "rows": len(tried.tiers),
        "unit": int(bool(tried.standard_unit)),
    }
    names = {"marks": _("Marks"), "rules": _("Rules"), "rows": _("Rows"), "unit": _("Standard unit")}
    part = st.segmented_control(
        _("What is tried"),
        list(names),
        format_func=lambda key: f"{names[key]} ({number(counts[key])})" if counts[key] else names[key],
        default="marks",
        required=True,
        key=_PART,
    )
    with st.container(key=f"{PREFIX}_{part}"):
        {"marks": marks.sliders, "rules": rules.show, "rows": _rows, "unit": _unit}[part](desk.view, held)


# -- single rows -------------------------------------------------------------


def _rows(view: View, held: Held) -> None:
    """Rows chosen one by one get a tier; those that have one by the scenario can be let go."""
    st.caption(_("A tier given to a row stands over the rules."))
    called, options = _found(view, "rows_words")
    key = held.key("rows")
    options = list(dict.fromkeys([*st.session_state.get(key, ()), *options]))  # who searches on keeps what is chosen
    chosen = st.multiselect(_("Rows"), options, format_func=called, key=key, placeholder=_("choose rows"))
    to = rules.tier(view, _("Tier in the scenario"), held.key("rows_to"))
    st.button(
        _("Give them this tier"), key=f"{PREFIX}_rows_give", type="primary", disabled=not chosen or to is None,
        on_click=lambda: held.set(
            replace(held.scenario, tiers={**held.scenario.tiers, **dict.fromkeys(chosen, to or 0)}), refill=True
        ),
    )  # fmt: skip
    if not (given := held.scenario.tiers):
        return
    names = bulk.names(view)
    rows = {row: f"{names.get(row, _('a deleted row'))} → {rules.short(view, given[row])}" for row in given}
    back = st.multiselect(
        _("Rows with a tier of the scenario"), list(rows), format_func=rows.__getitem__, key=held.key("rows_given"),
        placeholder=_("choose those to leave as they are"),
    )  # fmt: skip
    st.button(
        _("Leave them as they are"), key=f"{PREFIX}_rows_back", disabled=not back,
        on_click=lambda: held.set(
            replace(held.scenario, tiers={row: to for row, to in given.items() if row not in back}), refill=True
        ),
    )  # fmt: skip


# -- the standard unit -------------------------------------------------------


def _unit(view: View, held: Held) -> None:
    """Another line as the yardstick; the fittest are offered first."""
    called, found = _found(view, "unit_words", first=lambda: [each.item_id for each in tiering.candidates(view)])
    own = held.scenario.standard_unit
    options = ["", *([own] if own and own not in found else []), *found]
    key = held.filled("unit", own)

    def choose() -> None:
        held.set(replace(held.scenario, standard_unit=st.session_state[key]))

    st.selectbox(
        _("The standard unit in the scenario"), options, key=key, on_change=choose,
        format_func=lambda row: called(row) if row else _("as it is"),
    )  # fmt: skip
    rescaled = held.filled("rescaled", held.scenario.rescaled)
    st.checkbox(
        _("Hold all points against its own"), key=rescaled, disabled=not own,
        on_change=lambda: held.set(replace(held.scenario, rescaled=st.session_state[rescaled])),
        help=_("All points are divided by its points; else only it gets the points of the standard unit."),
    )  # fmt: skip


def _found(
    view: View, name: str, first: Callable[[], Sequence[str]] | None = None
) -> tuple[Callable[[str], str], list[str]]:
    """What rows are called, and those that have the words searched for; a few, so that the page stays light.

    Args:
        first: Rows in the order in which they are offered; by default that of the catalogue.
    """
    words = st.text_input(
        _("Search"), key=f"{PREFIX}_{name}", icon=":material/search:",
        placeholder=_("words, with or without diacritics"),
    )  # fmt: skip
    ids = find(view, Wanted(words=words))
    if first:
        there = set(ids)
        ids = [row for row in first() if row in there]
    if len(ids) > _MOST_FOUND:
        say = _("The first {n} of {all} rows are offered; search to find others.")
        st.caption(say.format(n=number(_MOST_FOUND), all=number(len(ids))))
    return lambda row: bulk.row_words(view, row), ids[:_MOST_FOUND]
