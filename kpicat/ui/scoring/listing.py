"""The list of a person's work: typed, pasted, begun with lines of the catalogue, or read from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from kpicat.errors import InputError
from kpicat.kpi import Entry
from kpicat.kpi.words import COLUMNS
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.services import View, choices
from kpicat.services import kpi as trying
from kpicat.settings import upload_limit
from kpicat.ui import frame
from kpicat.ui.scoring.whose import PREFIX

_BLANK = 5  # rows at the beginning
_BEGUN, _GENERATION, _FILE = f"{PREFIX}_begun", f"{PREFIX}_generation", f"{PREFIX}_read"
_WIDTHS = {"code": 80, "work": 350, "assigned": 100, "done": 115, "late": 125, "failed": 145}


def rows(view: View) -> list[Entry]:
    """Ask for the rows of the person's work; they stay in this session only."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PREFIX}_begin"):
        _from_file()
        _from_catalogue(view)
    names = {
        "code": field_label("code"),
        "work": field_label("task"),
        "assigned": _("Assigned"),
        "done": _("Done"),
        "late": _("Times late"),
        "failed": _("Times failed"),
    }
    edited = st.data_editor(
        st.session_state.setdefault(_BEGUN, _frame([])),
        key=f"{PREFIX}_rows_{st.session_state.setdefault(_GENERATION, 0)}",
        num_rows="dynamic",
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(names[name], width=_WIDTHS[name]) for name in COLUMNS
        },
    )  # fmt: skip
    st.caption(
        _(
            "Nothing typed here is kept. One row is one product: where only some of several pieces were late or "
            "failed, give these a row of their own. Rows without a code are found by the work's name."
        )
    )
    texts = edited[list(COLUMNS)].fillna("").astype("str")
    return [Entry(n, *row) for n, row in enumerate(texts.itertuples(index=False, name=None), start=1)]


def begin(entries: Sequence[Entry]) -> None:
    """Put these rows into the table instead of what is there."""
    st.session_state[_BEGUN] = _frame([entry.texts for entry in entries])
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1


def _frame(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    blank = [("",) * len(COLUMNS)] * max(_BLANK - len(rows), 0)
    return pd.DataFrame([*rows, *blank], columns=list(COLUMNS), dtype="str")


def _popover(name: str) -> str:
    """The key of a popover: another one, and so closed, once rows were put into the table."""
    return f"{PREFIX}_from_{name}_{st.session_state.get(_GENERATION, 0)}"


# -- from a file -------------------------------------------------------------


def _from_file() -> None:
    with st.popover(_("From a file"), icon=":material/upload_file:", key=_popover("file")):
        st.caption(_("A workbook or .csv with the columns code or work, assigned, done, times late, times failed."))
        uploaded = st.file_uploader(
            _("A person's list of work"), key=f"{PREFIX}_file", max_upload_size=upload_limit() // 1024 // 1024
        )
        if uploaded is None:
            return
        try:
            found = _read(uploaded.file_id, uploaded.name, uploaded.getvalue())
        except InputError as error:
            st.error(frame.plain_text(str(error)))
            return
        sheet = next(iter(found))
        if len(found) > 1:
            sheet = st.selectbox(_("Sheet"), list(found), key=f"{PREFIX}_sheet")
        st.button(
            _("Put its {n} rows into the table").format(n=len(found[sheet])), key=f"{PREFIX}_take", type="primary",
            on_click=begin, args=(found[sheet],),
        )  # fmt: skip


def _read(id: str, name: str, content: bytes) -> Mapping[str, Sequence[Entry]]:
    """What a file holds; read once."""
    kept: tuple[str, Mapping[str, Sequence[Entry]]] | None = st.session_state.get(_FILE)
    if kept is None or kept[0] != id:
        kept = id, trying.read(content, name)
        st.session_state[_FILE] = kept
    return kept[1]


# -- from the catalogue ------------------------------------------------------


def _from_catalogue(view: View) -> None:
    """Lines of a position, or a department, as rows to fill in."""
    with st.popover(_("From the catalogue"), icon=":material/playlist_add:", key=_popover("catalogue")):
        names = {name: field_label(name) for name in ("position", "department") if choices(view, name)}
        if not names:
            st.caption(_("No line of the catalogue names a position or a department; type the rows instead."))
            return
        field = st.segmented_control(
            _("Lines of a"), list(names), format_func=names.__getitem__, default=next(iter(names)), required=True,
            key=f"{PREFIX}_of",
        )  # fmt: skip
        value = st.selectbox(names[field], choices(view, field), key=f"{PREFIX}_of_{field}")
        lines = view.items[view.items[field] == value]
        entries = [
            Entry(n, code, task or detail)
            for n, (code, task, detail) in enumerate(
                zip(lines["code"], lines["task"], lines["detail"], strict=True), start=1
            )
        ]
        st.button(
            _("Put its {n} rows into the table").format(n=len(entries)), key=f"{PREFIX}_take_lines", type="primary",
            on_click=begin, args=(entries,),
        )  # fmt: skip
