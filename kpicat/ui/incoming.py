"""A file on its way in: what was read of it, what the person corrected, what is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpicat import exchange, services
from kpicat.errors import InputError, KpicatError, NeedsPointing
from kpicat.exchange import Pointed, Read
from kpicat.exchange.tables.grid import column_letters
from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.model import TableFound
from kpicat.services import bulk, remembering
from kpicat.ui import frame, mapping

_KEY, _DROPPED, _WRITTEN = "incoming", "incoming_dropped", "incoming_written"


@dataclass
class Incoming:
    """One uploaded file in one session.

    Attributes:
        digest: Of the content: the same file again is the file that is held.
        id: Of this holding of it: names the import, so that pressing twice writes once, and another
            person who brings in the same file is another.
        pointed: Sheet -> what the person said of it.
        recalled: Sheet -> what somebody once said of one like it; None until the file was read.
        read: The last reading and what it was made with.
    """

    name: str
    content: bytes
    digest: str
    id: str = field(default_factory=services.new_id)
    pointed: dict[str, Pointed] = field(default_factory=dict)
    recalled: dict[str, Pointed] | None = None
    read: tuple[object, Read] | None = None

    def items(self, guidance: Guidance) -> Read:
        """The file read as pointed, with a progress bar; read again only when something changed.

        Raises:
            NeedsPointing, InputError: As :func:`kpicat.exchange.read`.
        """
        said = self._said()
        made_with = (guidance.id, repr(said))
        if self.read is None or self.read[0] != made_with:
            bar = st.progress(0.0, _("Reading {name}…").format(name=frame.plain_text(self.name)))
            try:
                found = exchange.read(
                    self.content,
                    self.name,
                    guidance,
                    pointed=said,
                    progress=lambda share, doing: _show(bar, share, doing),
                )
            finally:
                bar.empty()
            self.read = (made_with, found)
        if self.recalled is None:
            self.recalled = remembering.recalled(frame.store(), self.read[1].report.tables)
            return self.items(guidance)
        return self.read[1]

    def is_recalled(self, sheet: str) -> bool:
        """The sheet is taken as one like it once was; nobody has said anything else of it now."""
        once, now = (self.recalled or {}).get(sheet), self.pointed.get(sheet)
        return once is not None and (now is None or (now.columns is None and now.header_row == once.header_row))

    def _said(self) -> dict[str, Pointed]:
        once = self.recalled or {}
        return self.pointed | {sheet: once[sheet] for sheet in once if self.is_recalled(sheet)}


def _show(bar: DeltaGenerator, share: float, doing: str) -> None:
    bar.progress(min(max(share, 0.0), 1.0), frame.plain_text(doing))


def take(name: str, content: bytes) -> Incoming:
    """Hold a file for this session; the same file again keeps what was corrected."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    held = current()
    if held is None or held.digest != digest:
        held = Incoming(name, content, digest)
        st.session_state.pop(_WRITTEN, None)
        st.session_state[_KEY] = held
    return held


def current() -> Incoming | None:
    """The file this session holds."""
    held = st.session_state.get(_KEY)
    return held if isinstance(held, Incoming) else None


def drop() -> None:
    """Let the file go, and the uploader that would hand it over again."""
    st.session_state.pop(_KEY, None)
    st.session_state[_DROPPED] = st.session_state.get(_DROPPED, 0) + 1


def write(desk: frame.Desk, held: Incoming, plan: services.Plan) -> None:
    """Write a file's items as one batch, all of it or nothing where another has changed what it rests on.

    To be called as a callback: a run, or a change of page, may be overtaken by the news of this very
    change; a callback is not, and :func:`say_written` says in every run after it what was done.
    """
    try:
        outcome = desk.save(bulk.save_whole, plan.writes, label="import", request=f"{held.id}-{plan.mode}")
    except KpicatError as error:
        st.session_state.notice = str(error)  # the file stays, to be tried again
        return
    with suppress(KpicatError):  # what came in is in; the next file is only asked about again
        remembering.remember(desk.store, held.read[1].report.tables if held.read else (), held.pointed)
    drop()
    st.session_state[_WRITTEN] = desk.view.catalogue.id, len(outcome.applied)
    st.session_state.get("grids", {}).clear()


def say_written(desk: frame.Desk) -> None:
    """What the last file brought, until another is chosen; and the way to the grid."""
    written_to, n = st.session_state.get(_WRITTEN, ("", 0))
    if written_to != desk.view.catalogue.id:
        return
    said = ngettext(
        "{n} change brought in; undo takes all of it back.", "{n} changes brought in; undo takes all of it back.", n
    )
    st.success(said.format(n=number(n)), icon=":material/task_alt:")
    if st.button(_("Look at the items"), key="bring_in_look", type="primary"):
        frame.go("edit")


def uploader_key() -> str:
    """Key of the uploader: another one after each file let go, since an uploader cannot be emptied."""
    return f"bring_in_file_{st.session_state.get(_DROPPED, 0)}"


# -- showing -----------------------------------------------------------------


def read(held: Incoming, guidance: Guidance) -> Read:
    """The file's items; where no header is recognised, the run ends with the question where it is.

    Raises:
        InputError: The file cannot be taken; it is held no longer.
    """
    try:
        return _items(held, guidance)
    except NeedsPointing as asked:
        _point(held, asked)
        st.stop()


def insist_on_readable(held: Incoming, guidance: Guidance) -> None:
    """Nothing is started for a file that cannot be taken; one whose header must be pointed at can.

    Raises:
        InputError: The file cannot be taken; it is held no longer.
    """
    with suppress(NeedsPointing):
        _items(held, guidance)


def _items(held: Incoming, guidance: Guidance) -> Read:
    try:
        return held.items(guidance)
    except NeedsPointing:
        raise
    except InputError:
        st.session_state.pop(_KEY, None)
        raise


def _point(held: Incoming, asked: NeedsPointing) -> None:
    st.warning(frame.plain_text(str(asked)), icon=":material/ads_click:")
    for sheet, rows in asked.previews.items():
        st.markdown(f"**{frame.plain_text(sheet)}**")
        shown = pd.DataFrame([[str(cell) for cell in row] for row in rows]).fillna("")
        shown.columns = [column_letters(n) for n in range(shown.shape[1])]
        shown.insert(0, _("Row"), range(1, len(shown) + 1))
        st.dataframe(shown, hide_index=True, key=f"bring_in_preview_{sheet}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            row = st.number_input(
                _("Row with the column headings"), 1, max(len(rows), 1), 1, key=f"bring_in_point_{sheet}", width=240
            )
            if st.button(_("Read from here"), key=f"bring_in_point_{sheet}_go", type="primary"):
                held.pointed[sheet] = Pointed(int(row))
                st.rerun()


def show_table(held: Incoming, table: TableFound, number_of: int) -> None:
    """What each column of a table is taken for, correctable by hand."""
    title = ngettext(
        "Sheet “{sheet}”: headings in row {row}, {n} item",
        "Sheet “{sheet}”: headings in row {row}, {n} items",
        table.rows,
    ).format(sheet=frame.plain_text(table.sheet), row=table.header_row, n=number(table.rows))
    name = f"bring_in_{number_of}"
    recalled = held.is_recalled(table.sheet)
    unfolded = recalled or not table.rows
    with st.expander(f":material/table: {title}", expanded=unfolded, key=f"bring_in_table_{number_of}"):
        if recalled:
            mapping.say_recalled(_as_found, held, table, name)
        mapping.columns(held, table, name)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            mapping.headings(held, table, name, label=_("Row with the column headings"))
            st.button(
                _("Leave this sheet out"),
                key=f"bring_in_skip_{number_of}",
                on_click=mapping.point_at,
                args=(held, table.sheet, Pointed(None)),
            )


def _as_found(held: Incoming, table: TableFound) -> None:
    """Forget how a table like this one was taken, and take it as it is found."""
    remembering.forget(frame.store(), table)
    (held.recalled or {}).pop(table.sheet, None)


def outcome(plan: services.Plan) -> None:
    """What bringing the file in would do, in four figures."""
    figures: Mapping[str, int] = {
        _("New"): len(plan.added),
        _("Changed"): len(plan.changed),
        _("Unchanged"): len(plan.same),
        _("Removed"): len(plan.gone),
    }
    with st.container(horizontal=True, key="bring_in_figures"):
        for label, n in figures.items():
            st.metric(label, number(n), border=True)
    if plan.ambiguous:
        st.caption(
            _("These codes occur more than once, so their rows are added instead of matched: {codes}.").format(
                codes=frame.plain_text(", ".join(plan.ambiguous[:12])) + ("…" if len(plan.ambiguous) > 12 else "")
            )
        )
