"""Boards of meetings as the sessions of one process share them: read once for all who look, when something moved."""

from __future__ import annotations

import threading

from kpicat.model.ballots import Board, Pulse
from kpicat.store import Store


class Boards:
    """The last board of each meeting; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._boards: dict[str, Board] = {}
        self._guard = threading.Lock()

    def newest(self, meeting_id: str) -> Board | None:
        """The board as it stands now; None for no meeting. One row is read where nothing moved.

        Raises:
            StoreBusy: The database does not answer.
        """
        pulse = self._store.ballots.pulse(meeting_id)
        if pulse is None:
            return None
        with self._guard:  # forty phones ask in the same second: the first reads
            if not self._is_of(meeting_id, pulse):
                if (board := self._store.ballots.board(meeting_id)) is None:
                    return None
                self._boards[meeting_id] = board
                if board.pulse.ended:
                    return self._boards.pop(meeting_id)
            return self._boards[meeting_id]

    def _is_of(self, meeting_id: str, pulse: Pulse) -> bool:
        known = self._boards.get(meeting_id)
        return known is not None and known.pulse == pulse
