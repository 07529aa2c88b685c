"""What to ask each unit, ready to be sent."""

from __future__ import annotations

import streamlit as st

from kpicat.language import _, ngettext, number
from kpicat.services import appraising
from kpicat.ui import frame
from kpicat.ui.checking import papers
from kpicat.ui.checking.held import GRID


def questions(desk: frame.Desk) -> None:
    """The questions of one unit, to be copied as they stand."""
    asked = appraising.questions(desk.view)
    if not asked:
        st.success(_("There is nothing to ask any unit."), icon=":material/task_alt:")
        return
    units = list(asked)
    unit = st.selectbox(
        _("Unit"),
        units,
        format_func=lambda unit: f"{unit or _('without a unit')} ({number(len(asked[unit]))})",
        key=f"{GRID}_unit_{frame.fingerprint(units)}",
        width=520,
    )
    papers.letters(desk, unit)
    words = ngettext("{n} question", "{n} questions", len(asked[unit])).format(n=number(len(asked[unit])))
    st.markdown(f"**{words}** · {_('copy them into a message by the button at the corner')}")
    st.code(appraising.letter(desk.view, unit), language=None, wrap_lines=True)
