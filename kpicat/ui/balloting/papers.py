"""The minutes of meetings that are over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpicat.exchange.forms.decision import Decision
from kpicat.language import _, moment
from kpicat.model.ballots import Meeting
from kpicat.services import balloting
from kpicat.ui import deciding, downloading, frame
from kpicat.ui.downloading import File
from kpicat.ui.told_apart import told_apart


def earlier(desk: frame.Desk, meetings: Sequence[Meeting]) -> None:
    """Meetings on this catalogue that are over, each with its minutes."""
    if not meetings:
        return
    with st.expander(_("Meetings that are over, and their minutes"), icon=":material/history:", key="ballot_earlier"):
        head = deciding.ask(desk.view.catalogue, paper="minutes")
        by_id = {meeting.id: meeting for meeting in meetings}
        called = told_apart({meeting.id: _called(meeting) for meeting in meetings})
        with st.container(horizontal=True, vertical_alignment="bottom", key="ballot_over"):
            chosen = st.selectbox(
                _("Meeting"),
                list(by_id),
                format_func=called.__getitem__,
                key=f"ballot_over_{meetings[0].id}",
                width=420,
            )
            minutes = File(balloting.minutes_name(desk.view), partial(_minutes, desk, by_id[chosen], head))
            downloading.button(_("Minutes (Word)"), minutes, key=f"ballot_minutes_{chosen}")


def _called(meeting: Meeting) -> str:
    return f"{moment(frame.clock(meeting.opened_at))} · {meeting.opened_by}"


def _minutes(desk: frame.Desk, meeting: Meeting, head: Decision) -> bytes:
    board = desk.store.ballots.board(meeting.id)
    return balloting.minutes(desk.view, board, head) if board else b""
