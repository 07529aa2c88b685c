"""What is held of this page: the work its person moves to see, and the grid they say capacities in.

Moved work stands in the address, so a link or a bookmark keeps it and back goes back. The session remembers it beside
that, for who opens the page from the menu again.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from kpicat.services import View
from kpicat.ui import address

PREFIX = "load"


def moves(view: View, name: str) -> dict[str, str]:
    """Item id -> the position or department it is moved to, as the address says, of the items that are there.

    Args:
        name: "position" or "department".
    """
    found: dict[str, str] = {}
    for group in address.all_said(_moved(name)):
        ids, _colon, to = group.partition(":")
        found.update((item_id, to) for item_id in ids.split(",") if to.strip() and item_id in view.items.index)
    return found


def move(moved: Mapping[str, str], view: View, name: str) -> None:
    """Have this work moved from now on, and no other; only in a callback, before the page runs."""
    groups: dict[str, list[str]] = {}
    for item_id, to in moved.items():
        groups.setdefault(to, []).append(item_id)
    address.say(_moved(name), [f"{','.join(ids)}:{to}" for to, ids in groups.items()])
    _remembered()[view.catalogue.id, name] = dict(moved)


def moved_before(view: View, name: str) -> Mapping[str, str]:
    """What was moved last in this session, whatever the address says, of the items that are there."""
    kept = _remembered().get((view.catalogue.id, name), {})
    return {item_id: to for item_id, to in kept.items() if item_id in view.items.index}


def _moved(name: str) -> str:
    """In the address: what is moved to another position says nothing of departments."""
    return f"moved_{name}"


def _remembered() -> dict[tuple[str, str], Mapping[str, str]]:
    kept: dict[tuple[str, str], Mapping[str, str]] = st.session_state.setdefault(f"{PREFIX}_moves", {})
    return kept


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
