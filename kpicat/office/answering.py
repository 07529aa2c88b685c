"""Whether the database answers, in the log of the server: once when it no longer does, and once when it does again."""

from __future__ import annotations

import logging
import threading

from kpicat.errors import StoreError

_LOG = logging.getLogger(__name__)


class Answering:
    """Told by whoever asks the database all the time; safe to share between threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_away = False

    def failed(self, error: StoreError) -> None:
        """Know that it did not answer."""
        if self._moves(True):
            _LOG.warning("the database does not answer: %s", type(error.__cause__ or error).__name__)

    def answered(self) -> None:
        """Know that it did."""
        if self._moves(False):
            _LOG.warning("the database answers again")

    def _moves(self, is_away: bool) -> bool:
        with self._guard:
            before, self._is_away = self._is_away, is_away
        return before is not is_away
