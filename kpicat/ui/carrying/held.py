"""What a session holds of this page: the work its person moves to see, and the grid they say capacities in."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import streamlit as st

PREFIX = "load"


def moves(catalogue_id: str, name: str) -> dict[str, str]:
    """Item id -> the position or department it is moved to; in this session only.

    Args:
        name: "position" or "department".
    """
    kept: dict[tuple[str, str], dict[str, str]] = st.session_state.setdefault(f"{PREFIX}_moves", {})
    return kept.setdefault((catalogue_id, name), {})


@dataclass
class Grid:
    """The grid of capacities: it begins anew where others said something, or other rows are there.

    Attributes:
        shape: Its rows.
        seen: The capacity it shows, as the catalogue keeps it.
        sent: Row and column -> the text that was dealt with; the editor reports all its edits each time.
    """

    generation: int = 0
    shape: Hashable = None
    seen: str = ""
    sent: dict[tuple[int, str], str] = field(default_factory=dict)

    def renew(self) -> None:
        """Let go of all that was typed."""
        self.generation += 1
        self.sent.clear()

    def shows(self, shape: Hashable, seen: str) -> None:
        """Know what it shows now."""
        if (shape, seen) != (self.shape, self.seen):
            self.renew()
        self.shape, self.seen = shape, seen


def grid() -> Grid:
    """The session's."""
    found: Grid = st.session_state.setdefault(f"{PREFIX}_grid", Grid())
    return found
