"""Many units' files on their way in: the files, what they come to together, and what nobody decides alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from kpicat.exchange.read_many import Many
from kpicat.language import _
from kpicat.model import Delete, LeftOut
from kpicat.services.gathering import Gathering
from kpicat.ui import (
    agreed,
    foreseen,
    frame,
    gathering_files,
    gathering_lines,
    gathering_matches,
    incoming,
    incoming_page,
)
from kpicat.ui.gathering import Parts
from kpicat.ui.remarks import notes


def show(desk: frame.Desk, held: Parts) -> None:
    """The files, each to be put right, what is foreseen, and the button that brings all in as one batch."""
    many = held.many(desk.view.guidance)
    view, found = held.gathering(desk.view, many)
    newest, desk = desk.view, replace(desk, view=view)
    together = many.together(held.name)
    gathering_files.found(many)
    gathering_files.table(desk, held, many, found)
    gathering_files.one(held, many)
    where = _("File, sheet")
    left_out = [*_left_out(many, together.report.left_out), *_repeated(found)]
    notes(_("Left out"), left_out, "bring_in_left_out", ":material/block:", where=where)
    remarks = together.report.remarks
    notes(_("Taken, but please check"), remarks, "bring_in_remarks", ":material/visibility:", where=where)
    if together.items:
        foreseen.scale(desk, together)
        _outcome(desk, held, found)
    with st.container(horizontal=True):
        st.button(
            _("Bring in"),
            key="bring_in_go",
            type="primary",
            icon=":material/download_done:",
            disabled=not found.writes,
            on_click=incoming.write,
            args=(
                desk,
                held,
                found.writes,
                agreed.seen("gathering_files_*", "gathering_match_*", "gathering_gone_*", "*_map_*"),
            ),
        )
        incoming_page.discard(_("Discard these files"))
    if newest.catalogue.standing != view.catalogue.standing:
        st.rerun()  # others have worked meanwhile


def _outcome(desk: frame.Desk, held: Parts, found: Gathering) -> None:
    files = found.files
    gone = [item_id for file in files for item_id in file.gone]
    figures = {
        _("New"): sum(len(file.added) for file in files),
        _("Changed"): sum(len(file.changed) for file in files),
        _("Unchanged"): sum(len(file.same) for file in files),
        _("In no file any more"): len(gone),
        _("Removed"): sum(isinstance(write, Delete) for write in found.writes),
    }
    foreseen.outcome(figures)
    foreseen.ambiguous([" · ".join(filter(None, pair)) for pair in found.ambiguous])
    gathering_matches.proposals(desk, held, found)
    foreseen.changes(desk.view, found.writes)
    gathering_lines.new(found)
    gathering_lines.gone(desk, held, gone)
    gathering_lines.twins(found, desk.view.guidance)
    gathering_lines.claims(found)


def _left_out(many: Many, entries: Iterable[LeftOut]) -> list[LeftOut]:
    """Rows, sheets and files that are none of a unit's; files that could not be read are named above."""
    refused = {file.name for file in many.files if file.refused}
    return [entry for entry in entries if entry.sheet not in refused]


def _repeated(found: Gathering) -> list[LeftOut]:
    reason = _("An earlier file of the same unit says this line in the same words.")
    return [
        LeftOut(f"{item.source.file} › {item.source.sheet}", item.source.row, reason, str(item["task"]))
        for file in found.files
        for item in file.repeated
    ]
