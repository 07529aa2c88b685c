"""What a reader has to say of rows, kept readable however much it is: grouped by what is said, counted, unfolded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpicat.language import _, number
from kpicat.model import LeftOut
from kpicat.ui.plain import plain_text

FEW = 8
"""Remarks that are read one by one; more are grouped."""
_ALIKE = 3  # that say the same make a group
_PARTICULAR = re.compile(r"(?<=“)[^”]*(?=”)|(?<=\()[^()]*(?=\))|\d+(?:[.,/]\d+)*")


def notes(
    title: str, found: Sequence[LeftOut], key: str, icon: str, *, open_: bool = False, where: str | None = None
) -> None:
    """Rows left out, or taken with a remark: where, why, and their words.

    Args:
        where: What the places are, if not sheets.
    """
    if not found:
        return
    with st.expander(f"{icon} {title} ({number(len(found))})", key=key, expanded=open_):
        where = where or _("Sheet or table")
        groups, rest = grouped(found)
        for n, (what, alike) in enumerate(groups):
            with st.expander(f"**{number(len(alike))}** × {plain_text(what)}", key=f"{key}_group_{n}"):
                one_reason = len({note.reason for note in alike}) == 1
                _table(alike, f"{key}_group_{n}_table", where, [_("What it says"), *([] if one_reason else [_("Why")])])
        if rest:
            _table(rest, f"{key}_table", where, [_("Why"), _("What it says")])


def grouped(found: Sequence[LeftOut]) -> tuple[list[tuple[str, list[LeftOut]]], list[LeftOut]]:
    """Remarks that say the same but for names and numbers, the most frequent first; and those that stand alone."""
    if len(found) <= FEW:
        return [], list(found)
    alike: dict[str, list[LeftOut]] = defaultdict(list)
    for note in found:
        alike[_PARTICULAR.sub("…", note.reason)].append(note)
    groups = [
        (notes[0].reason if len({note.reason for note in notes}) == 1 else what, notes)
        for what, notes in alike.items()
        if len(notes) >= _ALIKE
    ]
    rest = [note for notes in alike.values() if len(notes) < _ALIKE for note in notes]
    return sorted(groups, key=lambda group: -len(group[1])), rest


def _table(found: Sequence[LeftOut], key: str, where: str, words: list[str]) -> None:
    """A table of remarks with these columns of words, where there is something in them."""
    shown = pd.DataFrame(
        {
            where: [note.sheet for note in found],
            _("Row"): ["" if note.row is None else str(note.row) for note in found],
            _("Why"): [note.reason for note in found],
            _("What it says"): [note.text for note in found],
        },
        dtype="str",
    )
    columns = [name for name in (where, _("Row"), *words) if shown[name].any()]
    narrow = {_("Row"): st.column_config.TextColumn(width=70)}
    st.dataframe(shown[columns], hide_index=True, key=key, column_config=narrow)
