"""What was approved, kept ready for who asks again and again: a version is read and written out once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from kpicat import approval
from kpicat.access.records import Token
from kpicat.model.approvals import Version
from kpicat.services.keeping import Kept
from kpicat.services.publishing import document
from kpicat.services.publishing.document import Body, Record
from kpicat.services.publishing.feed import cursor_of, place_in

if TYPE_CHECKING:
    from kpicat.store import Store

MOST_BYTES = 64 * 2**20
"""Of documents kept ready, packed and unpacked; the last one asked for is kept whatever it takes."""
ADDRESS = "/api/v1/catalogues/{id}/approved"


class Shelf:
    """One for each process; safe to share between threads. Fails as :class:`~kpicat.store.Store` does."""

    def __init__(self, store: Store, *, most_bytes: int = MOST_BYTES) -> None:
        self._store = store
        self._versions, self._about = Kept(2_000), Kept(10_000)
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._free = most_bytes
        self._looking, self._making = threading.Lock(), threading.Lock()

    def versions(self, catalogue_id: str) -> Sequence[Version]:
        """Those of a catalogue, in order; none where nothing was approved of it, or there is no such catalogue."""
        mark = self._store.published.marks([catalogue_id]).get(catalogue_id)
        return () if mark is None else self._marked(catalogue_id, mark)

    def listing(self, token: Token, on: date) -> Record:
        """The catalogues that a token reads, and which version of each applies on a day."""
        marks = self._store.published.marks(token.catalogues)
        found = [self._marked(id, mark) for id, mark in marks.items()]
        return {"on": on.isoformat(), "catalogues": [self._entry(versions, on) for versions in found if versions]}

    def body(self, version: Version) -> Body:
        """The document of a version; one is made at a time, as making takes the interpreter from everybody.

        Raises:
            StoreError: It is not what was approved any more.
        """
        if (kept := self._kept(version)) is not None:
            return kept
        with self._making:
            if (kept := self._kept(version)) is not None:
                return kept
            content = self._store.approvals.content(version)
            made = document.body(document.document(content, version))
            self._keep(version, made)
            return made

    def news(self, token: Token, since: str, limit: int) -> Record:
        """The approvals that became known after a place in the feed, and the place after them."""
        fed = self._store.published.feed(place_in(since, token), token.catalogues, limit=limit)
        return {
            "approvals": [self._new(version) for version in fed.versions],
            "next": cursor_of(fed.chain, token),
            "more": fed.is_more,
            "from_start": fed.is_anew,
        }

    # ------------------------------------------------------------------------

    def _marked(self, catalogue_id: str, mark: str) -> Sequence[Version]:
        return self._versions.get((catalogue_id, mark), lambda: tuple(self._store.approvals.of(catalogue_id)))

    def _entry(self, versions: Sequence[Version], on: date) -> Record:
        applies, last = approval.in_force(versions, on), versions[-1]
        return {
            **self._own(applies or last),
            "in_force": document.record(applies) if applies else None,
            "latest": document.record(last),
            "href": _address(last.catalogue_id),
        }

    def _new(self, version: Version) -> Record:
        href = f"{_address(version.catalogue_id)}?on={version.effective_on.isoformat()}"
        return {"catalogue": self._own(version), "version": document.record(version), "href": href}

    def _own(self, version: Version) -> Record:
        about = self._about.get(version.id, lambda: document.catalogue(self._store.published.about(version)))
        return about | {"id": version.catalogue_id}

    def _kept(self, version: Version) -> Body | None:
        with self._looking:
            if (kept := self._bodies.get(version.id)) is not None:
                self._bodies.move_to_end(version.id)
            return kept

    def _keep(self, version: Version, made: Body) -> None:
        with self._looking:
            self._bodies[version.id] = made
            self._free -= _size(made)
            while self._free < 0 and len(self._bodies) > 1:
                _id, oldest = self._bodies.popitem(last=False)
                self._free += _size(oldest)


def _size(made: Body) -> int:
    return len(made.plain) + len(made.packed)


def _address(catalogue_id: str) -> str:
    return ADDRESS.format(id=quote(catalogue_id, safe=""))
