"""What a session holds of the page that checks the principles: the part shown, the group open, the filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from kpicat.language import _
from kpicat.model import Level
from kpicat.ui.paging import page_of

OVERVIEW, FINDINGS, PAIRS, DECIDED, QUESTIONS = "overview", "findings", "pairs", "decided", "asking"
BY_CHECK, BY_UNIT, BY_LINE = "check", "unit", "line"
GRID = "checks"
"""Name of the grid, and the first part of the keys of the page's widgets."""
AT_ONCE = 10
"""Pairs and decisions on one page of them."""
T = TypeVar("T")
FILTERS: dict[str, object] = {"words": "", "principle": None, "levels": [], "units": []}
"""What narrows the findings, and its value where it does not."""


@dataclass
class Held:
    """What one session looks at in one catalogue.

    Attributes:
        group: Key of the group that is open; "" for the first there is.
        turn: Counts the times a group was opened: the table of groups then begins anew, at this one.
        columns: Of the grid of the open group, as they were chosen when it was opened.
        asked: The filter it was opened under.
    """

    group: str = ""
    turn: int = 0
    columns: tuple[str, ...] = ()
    asked: object = None

    def open(self, group: str) -> None:
        """Open a group, with the lines it has now."""
        self.group, self.columns, self.asked = group, (), None
        self.turn += 1


def held_for(catalogue_id: str) -> Held:
    """The session's for a catalogue."""
    kept: dict[str, Held] = st.session_state.setdefault("checks_held", {})
    return kept.setdefault(catalogue_id, Held())


def show(part: str, catalogue_id: str = "", group: str = "", *, how: str = BY_CHECK, **filters: object) -> None:
    """Turn to a part of the page, at a group, with these filters alone; to be called before the page or as a callback.

    Args:
        group: Id of a check; "" for the first there is.
        how: The groups.
        filters: Some of :data:`FILTERS`.
    """
    st.session_state[f"{GRID}_part"] = part
    for name, nothing in FILTERS.items():
        st.session_state[f"{GRID}_{name}"] = filters.get(name, nothing)
    st.session_state[f"{GRID}_how"] = how
    if group:
        held_for(catalogue_id).open(group)


def sign(level: Level) -> str:
    """The sign of a level, as Markdown."""
    return {
        Level.ERROR: ":red[:material/report:]",
        Level.WARNING: ":orange[:material/report_problem:]",
        Level.INFO: ":blue[:material/info:]",
    }[level]


def leaf(found: Sequence[T], name: str) -> Sequence[T]:
    """A page of many, chosen here."""
    return page_of(found, AT_ONCE, _("Shown"), f"{GRID}_{name}_page_{-(-len(found) // AT_ONCE)}")
