"""Say what people can carry: for all, and for each position or department, in a grid; it is written at once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpicat.capacity import Load
from kpicat.errors import InputError
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import Edit, Outcome
from kpicat.services import capacity
from kpicat.services.capacity import Carried, Wanted
from kpicat.services.view import written
from kpicat.ui import approving, frame
from kpicat.ui.carrying.held import PREFIX, grid

_FEW = 12
_TYPED = ("persons", "a_month")


def saying(desk: frame.Desk, found: Carried) -> None:
    """The number for all, then the grid."""
    common = written(found.capacity.a_month)
    key = f"{PREFIX}_a_month_{common}"

    def said() -> None:
        _say(desk, [Wanted("a_month", st.session_state[key])])

    st.text_input(
        _("Standard units one person carries in a month"), value=common, key=key, width=420,
        placeholder=_("such as 20"), on_change=said, disabled=approving.is_locked(desk),
        help=_("It holds wherever no other number is given below; one standard unit is the yardstick's work, once."),
    )  # fmt: skip
    approving.why(desk)
    named = [load for load in found.before if load.value]
    if not named:
        say = _("No line names its {field} yet; fill that in, then say here what each can carry.")
        st.info(say.format(field=field_label(found.field).lower()))
        return
    _grid(desk, found, named)
    if not approving.is_locked(desk):
        st.caption(_("Saved as you type, for everybody who works on the catalogue; the history has it, too."))


def _grid(desk: frame.Desk, found: Carried, named: Sequence[Load]) -> None:
    held = grid()
    held.shows((found.field, *(load.value for load in named)), desk.view.catalogue.capacity)
    key = f"{PREFIX}_said_{held.generation}"
    shares = [found.capacity.share(found.field, load.value) for load in named]
    rows = pd.DataFrame(
        {
            "name": [load.name for load in named],
            "persons": [written(share.persons) or "1" for share in shares],
            "a_month": [written(share.a_month) for share in shares],
            "capacity": ["" if load.capacity is None else capacity.shown(load.capacity) for load in named],
            "load": [capacity.shown(load.load) for load in named],
            "state": [capacity.state(load) for load in named],
        },
        index=[load.value for load in named],
        dtype="str",
    )
    column = st.column_config.TextColumn
    st.data_editor(
        rows,
        key=key,
        num_rows="fixed",
        hide_index=True,
        disabled=approving.is_locked(desk) or [name for name in rows.columns if name not in _TYPED],
        height="content" if len(rows) <= _FEW else 480,
        on_change=_typed,
        args=(desk, found, key),
        column_config={
            "name": column(field_label(found.field), width=270),
            "persons": column(_("Persons"), alignment="right", help=_("How many there are; parts of one, too: 0,5")),
            "a_month": column(
                _("Units a month each"), alignment="right", help=_("Only where it is not the number for all")
            ),
            "capacity": column(_("Capacity a month"), alignment="right"),
            "load": column(_("Load a month"), alignment="right"),
            "state": column(_("How it stands"), width=130),
        },
    )


def _typed(desk: frame.Desk, found: Carried, key: str) -> None:
    """Write what was typed since the last time."""
    held, wanted = grid(), []
    names = [load.value for load in found.before if load.value]
    for row, cells in st.session_state[key]["edited_rows"].items():
        for name, text in cells.items():
            text = str(text or "")
            if held.sent.get((int(row), name)) != text:
                held.sent[int(row), name] = text
                wanted.append(Wanted(name, text, found.field, names[int(row)]))
    if wanted and (outcome := _say(desk, wanted)):
        for write in outcome.applied:
            if isinstance(write, Edit) and write.seen == held.seen:  # else others said something, too: shown anew
                held.seen = str(write.new)


def _say(desk: frame.Desk, wanted: Sequence[Wanted]) -> Outcome | None:
    """Write it, or say why not; then what was typed is let go."""
    try:
        outcome = desk.save(capacity.say, wanted)
    except InputError as error:
        st.session_state.notice = str(error)
        grid().renew()
        return None
    if outcome.conflicts:
        st.session_state.notice = _("{who} has just changed this too; look at it again.").format(
            who=outcome.conflicts[0].by
        )
        grid().renew()
    return outcome
