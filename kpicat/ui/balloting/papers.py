"""The minutes of meetings that are over, and of the one that goes on."""

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

_MOST = 20


def earlier(desk: frame.Desk, meetings: Sequence[Meeting]) -> None:
    """Meetings on this catalogue that are over, each with its minutes."""
    if not meetings:
        return
    with st.expander(_("Meetings that are over, and their minutes"), icon=":material/history:", key="ballot_earlier"):
        head = deciding.ask(desk.view.catalogue)
        for meeting in meetings[:_MOST]:
            with st.container(horizontal=True, vertical_alignment="center", key=f"ballot_over_{meeting.id}"):
                st.markdown(f"{moment(frame.clock(meeting.opened_at))} · {frame.plain_text(meeting.opened_by)}")
                minutes = File(balloting.minutes_name(desk.view), partial(_minutes, desk, meeting, head))
                downloading.button(_("Minutes (Word)"), minutes, key=f"ballot_minutes_{meeting.id}")


def _minutes(desk: frame.Desk, meeting: Meeting, head: Decision) -> bytes:
    board = desk.store.ballots.board(meeting.id)
    return balloting.minutes(desk.view, board, head) if board else b""
