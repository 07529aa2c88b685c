"""The menu over the rows chosen, and the dialog of the gesture that is open."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Literal

import streamlit as st

from kpicat.errors import StoreBusy
from kpicat.language import _, ngettext, number
from kpicat.services import bulk
from kpicat.ui import frame, shell
from kpicat.ui.bulk import copying, merging, moving, replacing, setting, splitting
from kpicat.ui.bulk.opened import Opened, close, current, hold

Dialog = Callable[[frame.Desk, Opened], None]
_DIALOGS: dict[str, Dialog] = {
    "set": setting.set_field,
    "replace": replacing.replace,
    "move": moving.move,
    "sort": moving.sort,
    "copy": copying.duplicate,
    "split": splitting.split,
    "merge": merging.merge,
    "delete": setting.delete,
}

_WIDE = ("replace", "split", "merge", "fix", "suggest")  # long texts side by side
_OF_ONE = ("split",)  # asks for the one row itself


def menu(desk: frame.Desk, ticked: Sequence[str], ids: Sequence[str], grid: str = "edit") -> None:
    """Gestures on the ticked rows, or on all rows shown where none is ticked.

    Args:
        ids: The rows shown, as filtered.
        grid: Name of the grid they stand in.
    """
    meant = tuple(ticked or ids)
    words = (
        ngettext("With the ticked row", "With the {n} ticked rows", len(meant))
        if ticked
        else ngettext("With the row shown", "With all {n} rows shown", len(meant))
    )
    key = f"{grid}_bulk"
    st.menu_button(
        words.format(n=number(len(meant))),
        list(_DIALOGS),
        format_func=lambda gesture: f"{_titles()[gesture]}…",
        key=key,
        icon=":material/checklist:",
        disabled=not meant,
        on_click=lambda: hold(Opened(st.session_state[key], meant, bool(ticked), desk.view.catalogue.id, grid)),
    )
    dialog(desk, grid)


def dialog(desk: frame.Desk, grid: str, own: Mapping[str, tuple[str, Dialog]] = MappingProxyType({})) -> None:
    """The dialog of the gesture that is open over a grid.

    Args:
        own: Gestures of this page alone, with the titles of their dialogs.
    """
    opened = current()
    if opened is not None and opened.catalogue == desk.view.catalogue.id and opened.grid == grid:
        desk.followed.keeps_pace = None  # a preview shows more of others' edits than the cells
        title, shown = own.get(opened.gesture) or (_titles()[opened.gesture], _DIALOGS[opened.gesture])
        width: Literal["large", "medium"] = "large" if opened.gesture in _WIDE else "medium"
        st.dialog(title, width=width, on_dismiss=close)(_show)(desk, shown)


def _show(desk: frame.Desk, dialog: Dialog) -> None:
    """The open gesture on the catalogue as it stands; a dialog also runs without the page around it."""
    opened = current()
    if opened is None:
        st.rerun()
    with shell.errors_in_words():
        with suppress(StoreBusy):
            desk = dataclasses.replace(desk, view=frame.view(desk.view.catalogue.id))
        here = bulk.within(desk.view, opened.ids)
        _say_which(opened, len(here))
        if here:
            dialog(desk, dataclasses.replace(opened, ids=tuple(here)))


def _say_which(opened: Opened, here: int) -> None:
    words = (
        ngettext("The {n} ticked row.", "The {n} ticked rows.", here)
        if opened.ticked
        else ngettext("No row is ticked: the {n} row shown.", "No row is ticked: all {n} rows shown.", here)
    )
    if opened.gesture not in _OF_ONE:
        st.markdown(f":material/checklist: **{words.format(n=number(here))}**")
    if gone := len(opened.ids) - here:
        say = ngettext("{n} of the rows was deleted meanwhile.", "{n} of the rows were deleted meanwhile.", gone)
        st.warning(say.format(n=number(gone)), icon=":material/delete_history:")


def _titles() -> dict[str, str]:
    return {
        "set": _("Set a field"),
        "replace": _("Find and replace"),
        "move": _("Move"),
        "sort": _("Sort by a column"),
        "copy": _("Copy for other positions"),
        "split": _("Split one into several"),
        "merge": _("Merge into one"),
        "delete": _("Delete"),
    }
