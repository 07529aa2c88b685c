"""What a session holds of the page of tiers: the item before the group, and the order it goes through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from kpicat.services import tiering
from kpicat.services.view import View

GRID = "assign"
"""Name of the grid, and the first part of the keys of the page's widgets."""
TABLE, ONE, TITLES = "table", "one", "titles"
PARTS = (TABLE, ONE, TITLES)


@dataclass
class Held:
    """What one session looks at in one catalogue.

    Attributes:
        item: The one before the group; "" before the first.
        order: The order it was begun in.
        sequence: The items in that order, as they were when it was begun; what follows is laid on it.
        work: A line of the work that is open among those at several titles; "" for none.
        heard: Number of the last key pressed that was dealt with.
    """

    item: str = ""
    order: tiering.Order | None = None
    sequence: Sequence[str] = field(default_factory=list)
    work: str = ""
    heard: int = 0

    def follow(self, view: View, order: tiering.Order, learnt: tiering.Sources = tiering.HERE_ALONE) -> None:
        """Know the catalogue as it stands; another order begins at its first item."""
        if self.order is not order:
            self.order, self.item = order, ""
            self.sequence = tiering.in_order(view, order, learnt)
        was = list(self.sequence)
        self.sequence = tiering.followed(view, was)
        if self.item not in self.sequence:  # deleted: the next that is left stands where it stood
            after = was[was.index(self.item) :] if self.item in was else []
            left = set(self.sequence)
            self.item = next((i for i in after if i in left), next(iter(self.sequence), ""))

    def step(self, by: int) -> None:
        """Go on to the next, or back; at either end nothing happens."""
        at = list(self.sequence).index(self.item) + by if self.item in self.sequence else 0
        if 0 <= at < len(self.sequence):
            self.item = self.sequence[at]

    def to_next_open(self, view: View) -> None:
        """Go on to the next item without a tier, if there is one."""
        self.item = tiering.next_open(view, self.sequence, self.item) or self.item


def held_for(catalogue_id: str) -> Held:
    """The session's for a catalogue."""
    kept: dict[str, Held] = st.session_state.setdefault(f"{GRID}_held", {})
    return kept.setdefault(catalogue_id, Held())


def style() -> None:
    """The rules of this page."""
    st.html(f"<style>{(Path(__file__).parent / 'assigning.css').read_text(encoding='utf-8')}</style>")
