"""A backup in the middle of the work, put back into a clean database afterwards: is all there that people were told?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kpicat.store import backup, open_store, restore
from kpicat.store.verifying import examine
from tests.load.accounts import Typed, lost
from tests.load.protocol import now


class Backup:
    """Of the database at ``url`` into a file of a folder of its own, where it is put back, too."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self._file = url, folder / "halfway" / "kpicat.db"
        self._clean = f"sqlite:///{folder / 'clean' / 'kpicat.db'}"
        self.began = self.seconds = 0.0

    def take(self) -> None:
        """Take it; people type on meanwhile."""
        self.began = now()
        backup(self._url, self._file)
        self.seconds = now() - self.began

    def told(self, typed: Iterable[Typed]) -> list[Typed]:
        """What people had been told is kept when it began."""
        return [one for one in typed if one.acknowledged is not None and one.acknowledged <= self.began]

    def faults(self, typed: Iterable[Typed], catalogue_id: str) -> Iterator[str]:
        """Put it back, and say what is missing or wrong; nothing where all is there."""
        if not self.began:
            yield "no backup was taken"
            return
        restore(self._clean, self._file)
        with closing(open_store(self._clean)) as clean, closing(open_store(self._url)) as here:
            log = clean.changes(catalogue_id)
            for one in lost(self.told(typed), log):
                yield f"backup: what {one.author} typed into {one.item}, {one.field} is missing"
            if log != here.changes(catalogue_id)[: len(log)]:
                yield "backup: its log is not how that of the database began"
        yield from (f"backup: {fault}" for fault in examine(self._clean))
