"""Paste from Excel, Word or Google Sheets: a dialog that catches a block, maps it, shows it, then writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from kpicat import services
from kpicat.errors import InputError, KpicatError
from kpicat.exchange import Pointed
from kpicat.exchange.clipboard import Block, block
from kpicat.exchange.read_pasted import Pasted, read_pasted
from kpicat.language import _, ngettext, number
from kpicat.services import pasting
from kpicat.services.pasting import Pasting
from kpicat.services.view import View
from kpicat.settings import upload_limit
from kpicat.ui import agreed, frame, grid_view, mapping, pasted_columns, shell
from kpicat.ui.remarks import notes

_HERE = Path(__file__).parent
_APPEND, _OVER = "append", "over"


@dataclass
class Held:
    """What one session is pasting.

    Attributes:
        open: Whether the dialog is.
        block: What was caught; None while the box waits for it.
        digest: Names what was caught, so that pressing twice writes once.
        pointed: What the person said of its headings and columns.
        ids: Items the block was pasted over in the grid itself; None where the ticked ones count.
        refused: Why what was caught, or said of it, cannot be taken; until it is told.
    """

    open: bool = False
    block: Block | None = None
    digest: str = ""
    pointed: dict[str, Pointed] = field(default_factory=dict)
    ids: list[str] | None = None
    refused: str = ""
    _read: tuple[object, Pasted] | None = None

    def catch(self, text: str, html: str) -> None:
        """Hold a block instead of the one before it."""
        self.block, self._read, self.refused, self.ids = None, None, "", None
        self.pointed = {}
        self.digest = services.new_id()
        try:
            self.block = block(text, html)
        except InputError as error:
            self.refused = str(error)

    def read(self, view: View, columns: Sequence[str]) -> Pasted:
        """The block as pointed; read again only when something changed.

        What was said of it is forgotten, with a reason, where it cannot be read like that.
        """
        made_with = (view.guidance, repr(self.pointed), tuple(columns))
        if self._read is None or self._read[0] != made_with:
            try:
                found = self._found(view, columns)
            except InputError as error:
                self.pointed, self.refused = {}, str(error)
                found = self._found(view, columns)
            self._read = (made_with, found)
        return self._read[1]

    def _found(self, view: View, columns: Sequence[str]) -> Pasted:
        assert self.block is not None
        return read_pasted(self.block, view.guidance, columns, pointed=self.pointed.get(self.block.sheet.name))


def button(desk: frame.Desk, name: str, ticked: Sequence[str], columns: Sequence[str]) -> None:
    """The button that opens the dialog, and the dialog while it is open.

    Args:
        name: Of the grid that shows what was pasted, see :func:`kpicat.ui.grid_view.show`.
        ticked: Items over which a block may be laid.
        columns: Of the grid, in order: what a block without headings is taken for.
    """
    held = state(name, desk.view.catalogue.id)
    st.button(_("Paste from Excel"), key=f"{name}_paste", icon=":material/content_paste:", on_click=_open, args=(held,))
    if held.open:
        desk.followed.keeps_pace = None  # a preview shows more of others' edits than the cells
        show = st.dialog(_("Paste from Excel"), width="large", on_dismiss=lambda: _close(held))(_dialog)
        show(held, desk.view.catalogue.id, name, list(ticked), tuple(columns))


def state(name: str, catalogue_id: str) -> Held:
    """What this session pastes into the grid of that name."""
    all_held: dict[tuple[str, str], Held] = st.session_state.setdefault("pasting", {})
    return all_held.setdefault((name, catalogue_id), Held())


def open_with(held: Held, text: str, html: str, pointed: Pointed, ids: Sequence[str]) -> None:
    """Open the dialog on a block caught elsewhere, over these items; to be called as a callback."""
    held.catch(text, html)
    held.open, held.pointed, held.ids = True, {"": pointed}, list(ids)


def _open(held: Held) -> None:
    held.open, held.block, held.refused, held.ids = True, None, "", None


def _close(held: Held) -> None:
    held.open = False


def _another(held: Held) -> None:
    held.block, held.ids = None, None


# -- the dialog --------------------------------------------------------------


def _dialog(held: Held, catalogue_id: str, name: str, ticked: Sequence[str], columns: Sequence[str]) -> None:
    if not held.open:
        st.rerun()
    with shell.errors_in_words():
        if held.block is None:
            _catch(held, name)
            return
        view = frame.view(catalogue_id)
        _say_caught(held, name)
        pasted = held.read(view, columns)
        _say_refused(held)
        pasted_columns.ask(held, held.block, name, pasted, columns)
        _confirm(held, view, name, pasted, held.ids or ticked)


def _catch(held: Held, name: str) -> None:
    st.markdown(_("Copy the cells in Excel, Word or Google Sheets, then paste them into the box."))
    _say_refused(held)
    key = f"{name}_paste_box"
    _box()(
        key=key,
        data={
            "most": upload_limit(),
            "words": {
                "here": _("Press Ctrl+V here (on a phone: press long and choose Paste)"),
                "taken": _("Reading what was pasted…"),
                "tooMuch": _("This is more than kpicat takes at once; paste it in parts."),
            },
        },
        on_caught_change=lambda: _caught(held, st.session_state[key].caught),
    )


def _say_refused(held: Held) -> None:
    if held.refused:
        st.error(frame.plain_text(held.refused), icon=":material/error:")
        held.refused = ""


def _caught(held: Held, caught: object) -> None:
    if isinstance(caught, dict):
        held.catch(str(caught.get("text") or ""), str(caught.get("html") or ""))


def _say_caught(held: Held, name: str) -> None:
    assert held.block is not None
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        size = {"rows": number(held.block.height), "columns": number(held.block.width)}
        said = _("Caught {rows} × {columns} cells (rows × columns)").format(**size)
        st.markdown(f":material/task_alt: **{frame.plain_text(said)}**", width="content")
        st.button(
            _("Paste something else"), key=f"{name}_paste_again", type="tertiary", on_click=_another, args=(held,)
        )


def _confirm(held: Held, view: View, name: str, pasted: Pasted, ids: Sequence[str]) -> None:
    over, clear = _how(held, name, ids)
    plan = pasting.lay_over(view, pasted, ids, clear=clear) if over else pasting.append(view, pasted)
    chosen = agreed.seen(*(f"{name}_paste_{what}" for what in ("way", "clear", "start_*", "*_map_*")))
    counts = {_("New"): len(plan.added)}
    if over:
        counts |= {_("Changed"): len(plan.changed), _("Unchanged"): len(plan.same)}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Paste"),
            key=f"{name}_paste_go",
            type="primary",
            icon=":material/content_paste:",
            disabled=not plan.writes,
            on_click=_write,
            args=(held, view.catalogue.id, name, plan),
            kwargs={"chosen": chosen, "request": f"{held.digest}-{over}-{clear}-{view.seq}"},
        )
        st.button(_("Cancel"), key=f"{name}_paste_cancel", on_click=_close, args=(held,))
        st.markdown(" · ".join(f"{label} **{number(n)}**" for label, n in counts.items()), width="content")
    _preview(view, name, pasted, plan, over)


def _how(held: Held, name: str, ids: Sequence[str]) -> tuple[bool, bool]:
    """Whether the block goes over items, and whether its blank cells empty theirs."""
    if not ids:
        st.caption(_("The rows are added after the items there are; to lay them over items, tick those first."))
        return False, False
    assert held.block is not None
    ways = {
        _OVER: ngettext("Over the ticked row", "Over the {n} ticked rows, in their order", len(ids)),
        _APPEND: _("Add them after the items there are"),
    }
    if held.ids is not None:
        ways[_OVER] = _("Over the rows from the selected cell down, the rest after the items there are")
    chosen = st.radio(
        _("Where do the pasted rows go?"),
        list(ways),
        format_func=lambda way: ways[way].format(n=number(len(ids))),
        key=f"{name}_paste_way",
    )
    if chosen != _OVER:
        return False, False
    return True, st.checkbox(_("Blank pasted cells empty the cells under them"), key=f"{name}_paste_clear")


def _preview(view: View, name: str, pasted: Pasted, plan: Pasting, over: bool) -> None:
    if over and plan.added:
        words = ngettext(
            "{n} row is more than there are to lay over; it is added after the items there are.",
            "{n} rows are more than there are to lay over; they are added after the items there are.",
            len(plan.added),
        )
        st.info(words.format(n=number(len(plan.added))), icon=":material/playlist_add:")
    report = pasted.read.report
    key = f"{name}_paste_notes"
    notes(_("Cells refused"), plan.refused, f"{key}_refused", ":material/error:", open_=True)
    headings = {None, *(table.header_row for table in report.tables)}
    of_columns = [note for note in report.remarks if note.row in headings]
    remarks = [*of_columns, *plan.remarks] if over else report.remarks
    notes(_("Left out"), () if over else report.left_out, f"{key}_left_out", ":material/block:", open_=True)
    notes(_("Taken, but look at them"), remarks, f"{key}_remarks", ":material/visibility:")
    if shown := [*plan.changed, *plan.added]:
        mapping.preview(shown, f"{name}_paste", {item.id: _called(view, item.id) for item in plan.changed})


def _called(view: View, item_id: str) -> str:
    return str(view.value(item_id, "code") or view.value(item_id, "task"))


def _write(held: Held, catalogue_id: str, name: str, plan: Pasting, *, chosen: agreed.Seen, request: str) -> None:
    """Commit the plan; a callback, so that no run of another's news can overtake it."""
    if why := agreed.overtaken(chosen):
        held.refused = why
        return
    desk = frame.Desk(frame.store(), frame.view(catalogue_id), frame.actor())
    grid = grid_view.state(name, catalogue_id)
    try:
        with grid.guard:
            outcome = grid.took(desk.save(services.save_tied, plan.writes, label="paste", request=request))
            grid.ask(outcome.conflicts)
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    held.open, held.block = False, None
    n = len(outcome.applied)
    st.session_state.notice = ngettext(
        "{n} change brought in; undo takes all of it back.", "{n} changes brought in; undo takes all of it back.", n
    ).format(n=number(n))


@st.cache_resource(show_spinner=False)
def _box() -> ComponentRenderer:
    return st.components.v2.component(
        "kpicat_paste_box",
        html="<textarea rows='4' spellcheck='false'></textarea><p role='status'></p>",
        css=(_HERE / "pasting.css").read_text(encoding="utf-8"),
        js=(_HERE / "pasting.js").read_text(encoding="utf-8"),
    )
