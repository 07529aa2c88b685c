"""Whether the catalogue has one standard unit or one for each position, department or group, and which part is seen."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import streamlit as st

from kpicat import services
from kpicat.access import Act
from kpicat.guidance import PARTED_BY
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services import bulk, yardsticks
from kpicat.services.view import View
from kpicat.ui import approving, frame, grid_view, only
from kpicat.ui.standard import held
from kpicat.ui.standard.held import GRID

_IN_SIGHT = 6


def ask(desk: frame.Desk) -> None:
    """Let the group say for what there is a standard unit each."""
    view, now = desk.view, desk.view.guidance.unit_by
    ways = ["", *(name for name in PARTED_BY if name == now or view.items[name].str.strip().ne("").any())]
    if len(ways) == 1:
        return
    key = f"{GRID}_unit_by_{now}"

    def said() -> None:
        outcome = desk.save(services.change_settings, {"unit_by": st.session_state[key]})
        if outcome.conflicts:
            words = _("{who} has just changed this too; look at it again.")
            st.session_state.notice = words.format(who=outcome.conflicts[0].by)

    about = _("The guidance sets coefficients by title: where titles do different work, each may have a yardstick of "
              "its own. Points and coefficients stay as they are.")  # fmt: skip
    offered = only.offered(desk, Act.CONFIGURE, disabled=approving.is_locked(desk), help=about)
    st.selectbox(
        _("A standard unit for"), ways, index=ways.index(now), key=key, on_change=said, width=320,
        format_func=lambda name: _("each “{field}”").format(field=field_label(name)) if name
        else _("the whole catalogue"),
        **offered,
    )  # fmt: skip


def looked_at(view: View) -> str | None:
    """The part looked at: the one clicked, that of the line looked at, the first without a unit; None for no parts."""
    if not view.guidance.unit_by:
        return None
    units, line = yardsticks.parts(view), held.chosen(view.catalogue.id)
    of_line = dict(zip(view.items.index.tolist(), view.guidance.parts(view.items), strict=True)).get(line)
    open_one = next((name for name, marked in units.items() if len(marked) != 1), next(iter(units), ""))
    return next(name for name in (held.part(view.catalogue.id), of_line, open_one) if name in units)


def show(desk: frame.Desk, part: str) -> None:
    """Each part with its standard unit; a click looks at one."""
    view, units = desk.view, yardsticks.parts(desk.view)
    names = list(units)
    done = sum(len(marked) == 1 for marked in units.values())
    words = ngettext("{n} of {all} has its standard unit.", "{n} of {all} have their standard unit.", len(units))
    st.caption(words.format(n=number(done), all=number(len(units))))
    key = f"{GRID}_parts_{frame.fingerprint(names)}"

    def clicked() -> None:
        picked = st.session_state[key].selection
        if rows := [row for row, _column in picked.cells] or picked.rows:
            held.look(view.catalogue.id, names[rows[0]])

    heading = field_label(view.guidance.unit_by)
    st.dataframe(
        pd.DataFrame([_row(view, name, units[name]) for name in names],
                     columns=[heading, _("Standard unit"), _("Points"), _("Coefficient")], dtype="str"),
        hide_index=True,
        key=key,
        height=grid_view.HEADER + grid_view.ROW * min(len(names), _IN_SIGHT) + 2,
        row_height=grid_view.ROW,
        column_config={heading: st.column_config.TextColumn(width=260),
                       _("Standard unit"): st.column_config.TextColumn(width=420)},
        selection_mode=["single-row", "single-cell"],
        selection_default={"selection": {"rows": [names.index(part)]}},
        on_select=clicked,
        alt=_("Each part of the catalogue with its standard unit"),
    )  # fmt: skip


def called(view: View, part: str) -> str:
    """A part as people call it."""
    return part or _("without “{field}”").format(field=field_label(view.guidance.unit_by))


def _row(view: View, part: str, marked: list[str]) -> tuple[str, str, str, str]:
    name, table = called(view, part), cast(Any, view.table)
    if len(marked) == 1:
        points, ratio = (number(table[column].at[marked[0]]) for column in ("points", "coefficient"))
        return name, bulk.row_words(view, marked[0]), points, ratio
    return name, _("none yet") if not marked else _("{n} lines are marked").format(n=number(len(marked))), "", ""
