"""Lines that may be items: both texts side by side, and a person says whether they are the same work."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services.gathering import Close, Gathering, LineKey, key_of
from kpicat.services.view import View
from kpicat.ui import frame
from kpicat.ui.gathering import Parts

_A_PAGE = 6
_COMPARED = ("task", "detail", "product", "position")
_SAME, _APART = "same", "apart"


def proposals(desk: frame.Desk, held: Parts, found: Gathering) -> None:
    """The close matches, some to a page; what is not decided comes in as a new line, so nothing is lost."""
    everyone = {key_of(close.line): close for close in (*held.agreed.values(), *held.apart.values(), *found.proposals)}
    everyone = {key: close for key, close in everyone.items() if close.item_id in desk.view.items.index}
    if not everyone:
        return
    order = {part.file: n for n, part in enumerate(found.files)}
    closes = sorted(everyone.values(), key=lambda c: (order.get(c.line.source.file, 0), c.line.source.row or 0))
    open_ = [key for key in everyone if key not in held.agreed and key not in held.apart]
    title = ngettext("{n} line is nearly an item", "{n} lines are nearly items", len(closes)).format(
        n=number(len(closes))
    )
    if open_:
        title += " · " + _("{n} not decided").format(n=number(len(open_)))
    with st.expander(title, icon=":material/compare_arrows:", expanded=True, key="gathering_matches"):
        st.caption(_("Same work: the file's words replace those of the item. Not decided: it comes in as a new line."))
        with st.container(horizontal=True):
            waiting = [everyone[key] for key in open_]
            for said, words in ((_SAME, _("All undecided are the same work")), (_APART, _("Keep all undecided apart"))):
                st.button(
                    words,
                    key=f"gathering_all_{said}",
                    disabled=not waiting,
                    on_click=_decide_all,
                    args=(held, waiting, said),
                )
        pages = -(-len(closes) // _A_PAGE)
        page = st.pagination(pages, key=f"gathering_page_{held.id}_{pages}") if pages > 1 else 1
        for close in closes[(page - 1) * _A_PAGE : page * _A_PAGE]:
            _one(desk.view, held, close)


def _one(view: View, held: Parts, close: Close) -> None:
    key = key_of(close.line)
    name = f"gathering_match_{frame.fingerprint((held.id, key))}"
    there = {field: str(view.value(close.item_id, field) or "") for field in ("code", "department", *_COMPARED)}
    here = {field: str(close.line[field] or "") for field in there}
    with st.container(border=True, key=f"{name}_card"):
        left, right, says = st.columns((6, 6, 5), vertical_alignment="center")
        with left:
            st.caption(
                " · ".join(filter(None, (_("In the catalogue"), _plain(there["department"]), _plain(there["code"]))))
            )
            st.markdown(_compared(there, here))
        with right:
            source = close.line.source
            where = _("{file}, row {row}").format(file=source.file, row=source.row)
            st.caption(" · ".join(filter(None, (_plain(where), _plain(here["code"])))))
            st.markdown(_compared(here, there))
        with says:
            words = {_SAME: _("Same work"), _APART: _("Keep apart")}
            st.session_state[name] = _SAME if key in held.agreed else _APART if key in held.apart else None
            st.segmented_control(
                _("Is this the same work?"),
                list(words),
                format_func=words.__getitem__,
                key=name,
                label_visibility="collapsed",
                on_change=_decided,
                args=(held, close, name),
            )


def _compared(text: dict[str, str], other: dict[str, str]) -> str:
    """The fields in which there is something, words that the other does not have in bold."""
    lines = []
    for field in _COMPARED:
        if text[field] or other[field]:
            said = _marked(text[field], other[field]) or "–"
            lines.append(said if field == "task" else f"{field_label(field)}: {said}")
    return "  \n".join(lines)


def _marked(text: str, other: str) -> str:
    words = text.split()
    matcher = SequenceMatcher(None, words, other.split(), autojunk=False)
    said = []
    for tag, start, end, _start, _end in matcher.get_opcodes():
        if part := _plain(" ".join(words[start:end])):
            said.append(part if tag == "equal" else f"**{part}**")
    return " ".join(said)


def _decided(held: Parts, close: Close, name: str) -> None:
    _decide(held, close, st.session_state[name])


def _decide_all(held: Parts, closes: Sequence[Close], said: str) -> None:
    for close in closes:
        _decide(held, close, said)


def _decide(held: Parts, close: Close, said: str | None) -> None:
    key: LineKey = key_of(close.line)
    held.agreed.pop(key, None)
    held.apart.pop(key, None)
    if said is not None:
        (held.agreed if said == _SAME else held.apart)[key] = close


def _plain(text: str) -> str:
    return frame.plain_text(text)
