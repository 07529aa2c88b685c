"""The log on a page: its lines as a table, and what an undo left as it was."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kpicat.language import _, moment, ngettext
from kpicat.model import Outcome
from kpicat.ui.frame import clock


def table(changes: Any, *, key: str) -> None:
    """Lines of the log as a table people read."""
    headings = {"who": _("Who"), "row": _("Row"), "what": _("What"), "before": _("Before"), "after": _("After")}
    times = [moment(clock(at)) for at in changes["at"]]
    shown = changes.drop(columns="at").rename(columns=headings)
    shown.insert(0, _("When"), times)
    st.dataframe(shown, hide_index=True, key=key)


def say_undone(outcome: Outcome) -> None:
    """After an undo: what stayed because somebody has changed it since."""
    say_left(outcome)
    st.rerun()


def say_left(outcome: Outcome) -> None:
    """Have the next run say what an undo left as it was, and who has changed it since."""
    if not outcome.conflicts:
        return
    who = ", ".join(sorted({c.by for c in outcome.conflicts}))
    if outcome.batch is None:
        st.session_state.notice = _("Nothing was taken back: {who} has changed it since.").format(who=who)
        return
    st.session_state.notice = ngettext(
        "{n} change was left as it is: {who} has changed it since.",
        "{n} changes were left as they are: {who} has changed them since.",
        len(outcome.conflicts),
    ).format(n=len(outcome.conflicts), who=who)
