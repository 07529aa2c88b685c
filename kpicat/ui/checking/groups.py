"""The findings in groups: a table of them, and the one that is open."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpicat.exchange.outgoing import weight
from kpicat.language import _, ngettext, number
from kpicat.model import Level
from kpicat.services import appraising
from kpicat.ui import frame, grid_view, steps
from kpicat.ui.checking import choosing, lines, manual
from kpicat.ui.checking.choosing import Asked, Group
from kpicat.ui.checking.held import BY_CHECK, BY_LINE, GRID, Held, held_for

_ROWS = 5  # of the table of groups in sight at once
_WORDS = 100  # pixels; a column that is narrower holds numbers


def findings(desk: frame.Desk) -> None:
    """The filter, the groups there are, and the lines of the one that is open."""
    held = held_for(desk.view.catalogue.id)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{GRID}_filters"):
        asked = choosing.ask(desk.view)
        found = choosing.find(desk.view, asked)
        steps.buttons(desk, GRID)
        _summary(desk, found)
    groups = choosing.grouped(desk.view, found, asked.how)
    # The lines keep their place on the page whatever stands above: a grid that moves begins anew in the browser.
    opened = _opened(held, groups, asked)
    with st.container(key=f"{GRID}_groups"):
        if asked.how != BY_LINE and groups:
            _table(held, groups, asked)
    with st.container(key=f"{GRID}_group"):
        if opened is None:
            _nothing(desk, asked)
            return
        with st.container(key=f"{GRID}_manual"):
            if asked.how == BY_CHECK:
                manual.show(opened.key, opened.name)
            elif asked.how != BY_LINE:
                st.markdown(f"#### {frame.plain_text(opened.name)}")
        lines.show(desk, held, opened, asked)


def _summary(desk: frame.Desk, found: Sequence[object]) -> None:
    words = ngettext("{n} finding", "{n} findings", len(found)).format(n=number(len(found)))
    everything = len(appraising.open_findings(desk.view))
    of = f" / {number(everything)}" if len(found) != everything else ""
    st.markdown(f"**{words}**{of}", width="content")


def _opened(held: Held, groups: Sequence[Group], asked: Asked) -> Group | None:
    """The group that is open; one that is empty by now stays until another is chosen."""
    by_key = {group.key: group for group in groups}
    if held.group not in by_key and held.asked == asked:
        return choosing.empty(held.group, asked.how)
    if held.group not in by_key and not groups:
        return None
    if held.group not in by_key or held.asked != asked:
        held.open(held.group if held.group in by_key else groups[0].key)
        held.asked = asked
    return by_key[held.group]


def _table(held: Held, groups: Sequence[Group], asked: Asked) -> None:
    """How much is found in each group; a click on a row opens it."""
    keys = [group.key for group in groups]
    chosen_before = [keys.index(held.group)] if held.group in keys else []
    key = f"{GRID}_table_{frame.fingerprint((keys, held.turn))}"

    def chosen() -> None:
        picked = st.session_state[key].selection
        rows = [row for row, _column in picked.cells] or picked.rows
        if rows and keys[rows[0]] != held.group:
            held.open(keys[rows[0]])

    counted = (_of_checks if asked.how == BY_CHECK else _of_units)(groups)
    st.dataframe(
        pd.DataFrame({name: cells for name, (cells, _width) in counted.items()}, dtype="str"),
        hide_index=True,
        key=key,
        height=grid_view.HEADER + grid_view.ROW * min(len(groups), _ROWS) + 2,
        row_height=grid_view.ROW,
        column_config={
            name: st.column_config.TextColumn(width=width, alignment="right" if width < _WORDS else None)
            for name, (_cells, width) in counted.items()
        },
        selection_mode=["single-row", "single-cell"],
        selection_default={"selection": {"rows": chosen_before}},
        on_select=chosen,
        alt=_("How much is found in each group"),
    )


def _of_checks(groups: Sequence[Group]) -> dict[str, tuple[list[str], int]]:
    """Heading -> its cells and its width in pixels."""
    return {
        _("Principle"): ([appraising.principle_name(appraising.OF[group.key]) for group in groups], 215),
        _("To put right"): ([group.name for group in groups], 395),
        _("Weight"): ([weight(group.findings[0].level) for group in groups], 125),
        **_numbers(groups),
    }


def _of_units(groups: Sequence[Group]) -> dict[str, tuple[list[str], int]]:
    levels = {weight(level): ([number(g.count(level) or None) for g in groups], 95) for level in Level}
    return {_("Unit"): ([group.name for group in groups], 380), **levels, **_numbers(groups)}


def _numbers(groups: Sequence[Group]) -> dict[str, tuple[list[str], int]]:
    return {
        _("Lines"): ([number(len(group.ids)) for group in groups], 60),
        _("Proposals"): ([number(sum(bool(f.suggestion) for f in g.findings) or None) for g in groups], 70),
    }


def _nothing(desk: frame.Desk, asked: Asked) -> None:
    if not appraising.open_findings(desk.view):
        manual.all_is_well()
    else:
        st.info(_("Nothing of this kind is left; take a filter off to see the rest."), icon=":material/task_alt:")
