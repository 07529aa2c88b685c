"""Two lines that look like one work, side by side, with what tells them apart, and the three answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import streamlit as st

from kpicat.access import Act
from kpicat.approval import is_locked
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.model import Ruling
from kpicat.services import appraising, bulk
from kpicat.services.appraising import Pair
from kpicat.services.view import View
from kpicat.text.normalise import fold
from kpicat.ui import frame, only, steps
from kpicat.ui.bulk.opened import Opened, hold
from kpicat.ui.checking import deciding, one
from kpicat.ui.checking.held import GRID, leaf

_WORD = re.compile(r"[^\s/]+/?\s*|/\s*")  # "bàn giao/lưu trữ" is four words
_COMPARED = ("task", "detail", "product", "position", "department", "quantity", "frequency", "tier", "points")


def pairs(desk: frame.Desk) -> None:
    """Every pair that waits for an answer, a few at a time."""
    with st.container(horizontal=True):
        steps.buttons(desk, GRID)
    found = [pair for pair in appraising.pairs(desk.view) if pair.is_open]
    if not found:
        st.success(_("No two lines look like one work."), icon=":material/task_alt:")
    else:
        words = ngettext("{n} pair of lines looks like one work.", "{n} pairs of lines look like one work.", len(found))
        st.markdown(f"**{words.format(n=number(len(found)))}** {_('What only one of the two says is marked.')}")
        for pair in leaf(found, "pairs"):
            _card(desk, pair)
    if st.toggle(_("Also show lines of which one may be a part of the other"), key=f"{GRID}_related"):
        parts = appraising.related(desk.view)
        words = ngettext("{n} such pair.", "{n} such pairs.", len(parts))
        st.markdown(f"**{words.format(n=number(len(parts)))}**")
        for pair in leaf(parts, "related_pairs"):
            _card(desk, pair)


def _card(desk: frame.Desk, pair: Pair) -> None:
    key = f"{GRID}_pair_{frame.fingerprint((pair.one, pair.other))}"
    with st.container(border=True, key=key):
        st.markdown(f":material/compare_arrows: {frame.plain_text('; '.join(pair.reasons))}")
        marked = {
            name: differing(*(_text(desk.view, item_id, name) for item_id in (pair.one, pair.other)))
            for name in _COMPARED
        }
        for side, (column, item_id) in enumerate(zip(st.columns(2), (pair.one, pair.other), strict=True)):
            with column:
                st.markdown(f"**{frame.plain_text(bulk.row_words(desk.view, item_id))}**")
                said = [f"{field_label(name)}: {both[side]}" for name, both in marked.items() if any(both)]
                st.markdown("  \n".join(said))
                if st.button(
                    _("Go to the row"), key=f"{key}_go_{side}", type="tertiary", icon=":material/arrow_forward:"
                ):
                    one.to_row(desk, item_id)
        with st.container(horizontal=True):
            ids, locked = (pair.one, pair.other), is_locked(desk.view.catalogue.status)
            st.button(
                _("The same: merge…"),
                key=f"{key}_same",
                icon=":material/merge:",
                type="primary",
                on_click=lambda: hold(Opened("merge", ids, True, desk.view.catalogue.id, GRID)),
                **only.offered(desk, Act.EDIT, Act.TIER, disabled=locked),
            )
            st.button(
                _("They belong together: note it"),
                key=f"{key}_related",
                icon=":material/link:",
                on_click=deciding.decide,
                args=(desk, pair, Ruling.RELATED),
                **only.offered(desk, Act.DECIDE, disabled=locked),
            )
            st.button(
                _("Different: never ask again"),
                key=f"{key}_different",
                icon=":material/call_split:",
                on_click=deciding.decide,
                args=(desk, pair, Ruling.DIFFERENT),
                **only.offered(desk, Act.DECIDE, disabled=locked),
            )


def _text(view: View, item_id: str, name: str) -> str:
    return bulk.in_words(view.value(item_id, name))


def differing(one: str, other: str) -> tuple[str, str]:
    """Two texts as Markdown, the words that only one of them says marked; case, tone marks and punctuation aside."""
    left, right = (_WORD.findall(" ".join(text.split())) for text in (one, other))
    folded = [[fold(word).strip(" /.,;:()“”\"'") for word in words] for words in (left, right)]
    said: tuple[list[str], list[str]] = [], []
    for what, a, b, c, d in SequenceMatcher(None, folded[0], folded[1], autojunk=False).get_opcodes():
        for words, out in ((left[a:b], said[0]), (right[c:d], said[1])):
            if words:
                out.append(_shown(words, marked=what != "equal"))
    return "".join(said[0]).strip(), "".join(said[1]).strip()


def _shown(words: Sequence[str], *, marked: bool) -> str:
    text = frame.plain_text("".join(words))
    after = " " if words[-1].endswith(" ") else ""
    return (f":orange-background[{text}]" if marked else text) + after
