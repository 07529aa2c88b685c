"""The store: catalogues, their items and the log of every change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from kpicat.model import Add, Batch, Catalogue, Change, ChangeKind, Item, Outcome, Reading, Standing, Write
from kpicat.store import gestures, history, reading, writing
from kpicat.store.accounts import Accounts
from kpicat.store.approvals import Approvals
from kpicat.store.ballots import Ballots
from kpicat.store.beside import Beside
from kpicat.store.database import Database
from kpicat.store.published import Published
from kpicat.store.scenarios import Scenarios
from kpicat.store.tokens import Tokens
from kpicat.store.undoing import inverse
from kpicat.store.watching import Watch

_SHORT = 2.0  # seconds a watch waits for a database that does not answer, before it tries again


class Store(Beside):
    """Catalogues in a database; safe to share between threads.

    Every method may raise :class:`~kpicat.errors.StoreBusy`: the database is locked,
    full or away, nothing was written, the same call may be tried again.

    Attributes:
        accounts: Who may come in, and who is what in which catalogue, in the same database.
        approvals: The steps to approval and the versions approved, in the same database.
        ballots: Votes on tiers in the same database.
        published: What was approved, as other software asks for it, in the same database.
        scenarios: What people try on catalogues, in the same database.
        tokens: By which other software reads, in the same database.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.accounts = Accounts(database)
        self.approvals = Approvals(database)
        self.ballots = Ballots(database)
        self.published = Published(database)
        self.scenarios = Scenarios(database)
        self.tokens = Tokens(database)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    # -- catalogues ----------------------------------------------------------

    def create(self, catalogue: Catalogue, *, actor: str, at: datetime, items: Sequence[Item] = ()) -> Catalogue:
        """Keep a new catalogue under the id it carries, with its first items or none of both.

        Args:
            items: Added as one batch that can be undone.

        Returns:
            It as kept, with ``head`` 0 where there are no items; as it stands when the id is
            already taken, so a repeat does nothing.

        Raises:
            InputError: A value holds a character no database keeps; nothing was written.
        """
        with self._database.write() as connection:
            if writing.create(connection, catalogue, actor, at):
                self._begun(connection, catalogue.id, at)
                if items:
                    added = [Add(item) for item in items]
                    writing.commit(connection, catalogue.id, added, actor=actor, at=at, label="import")
            return reading.catalogue(connection, catalogue.id)

    def _begun(self, connection: Connection, id: str, at: datetime) -> None:
        """What else follows from a new catalogue, in the transaction that makes it: nothing, where nobody signs in."""

    def catalogues(self) -> list[Catalogue]:
        """Every catalogue, the one changed last first."""
        with self._database.peek() as connection:
            return reading.catalogues(connection)

    def counts(self, ids: Collection[str] | None = None) -> dict[str, int]:
        """Catalogue id -> number of items, deleted ones not counted; of these catalogues, or of all."""
        with self._database.peek() as connection:
            return reading.counts(connection, ids)

    def catalogue(self, id: str) -> Catalogue:
        """One catalogue, without its items.

        Raises:
            UnknownCatalogue: There is none of that id.
        """
        with self._database.peek() as connection:
            return reading.catalogue(connection, id)

    # -- reading ---------------------------------------------------------------

    def head(self, id: str) -> int:
        """Seq of the catalogue's last change, 0 before the first; cheap enough to ask all the time.

        A restored backup may bring a lower one, or lead to the same by other changes: to
        learn whether anything happened compare :meth:`standing`.

        Raises:
            UnknownCatalogue: There is no such catalogue.
        """
        with self._database.peek() as connection:
            return reading.standing(connection, id).seq

    def standing(self, id: str) -> Standing:
        """Where the catalogue's log stands; as cheap as :meth:`head`, and another one after any write or restore.

        Raises:
            UnknownCatalogue: There is no such catalogue.
        """
        with self._database.peek() as connection:
            return reading.standing(connection, id)

    def heads(self, ids: Collection[str]) -> dict[str, Standing]:
        """Where the logs of several catalogues stand, in one statement; absent where there is none of that id."""
        with self._database.peek() as connection:
            return reading.heads(connection, ids)

    def reading(self, id: str, at_seq: int | None = None) -> Reading:
        """The catalogue and its items frozen now, or as they were after the change ``at_seq``.

        Raises:
            UnknownCatalogue: There is no such catalogue, or it has no such change.
        """
        with self._database.read() as connection:
            return reading.reading(connection, id, at_seq)

    def changes(
        self,
        id: str,
        since: int = 0,
        *,
        item: str | None = None,
        kind: ChangeKind | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[Change]:
        """The changes after seq ``since``, in order or newest first.

        Args:
            item: Only those of this item (:data:`~kpicat.model.CATALOGUE`: the catalogue's own fields).
            kind: Only those of this kind.
            limit: At most so many, counted from the end the order begins at.

        Raises:
            UnknownCatalogue: There is no such catalogue.
        """
        with self._database.read() as connection:
            reading.standing(connection, id)
            found = history.changes(
                connection, id, since=since, item=item, kind=kind, limit=limit, newest_first=newest_first
            )
            return list(found)

    def batches(self, id: str, *, limit: int = 50, before: int | None = None, actor: str | None = None) -> list[Batch]:
        """Batches, newest first.

        Args:
            limit: At most so many.
            before: Only those whose ``first_seq`` is below; the last one's leads to the next page.
            actor: Only those of this person.

        Raises:
            UnknownCatalogue: There is no such catalogue.
        """
        with self._database.read() as connection:
            reading.standing(connection, id)
            return history.batches(connection, id, limit=limit, before=before, actor=actor)

    def batch(self, id: str, batch: str) -> Batch:
        """One batch.

        Raises:
            UnknownCatalogue: The catalogue has no such batch.
        """
        with self._database.peek() as connection:
            return history.batch(connection, id, batch)

    def last_set_by(self, id: str, *, label: str, fields: Collection[str], until: int) -> set[str]:
        """Ids of the items of whose ``fields`` the last one written, up to a seq, was by a batch of this label."""
        with self._database.peek() as connection:
            return gestures.last_set_by(connection, id, label=label, fields=fields, until=until)

    # -- writing ---------------------------------------------------------------

    def commit(
        self,
        id: str,
        writes: Sequence[Write],
        *,
        actor: str,
        at: datetime,
        label: str = "edit",
        request: str | None = None,
        whole: bool = False,
        undoes: str | None = None,
    ) -> Outcome:
        """Do ``writes`` in order, as one batch in one transaction.

        A write that would overwrite somebody is left undone and told as a conflict; the
        others are done all the same. Where nothing changes, nothing is written.

        An edit to what was seen changes nothing and is a conflict where that stands there no
        more: a gesture that read a cell says so with it.

        Args:
            at: The moment for the log; aware.
            label: The gesture, see :class:`~kpicat.model.Batch`.
            request: The gesture's own id, where it may come twice with the same writes: the
                second time gives the first outcome and writes nothing.
            whole: All of them or nothing: where one is a conflict none is done, and the outcome
                has no batch. The same request may then be made again.
            undoes: The batch that the writes, of :meth:`inverse`, take back.

        Raises:
            UnknownCatalogue: There is no such catalogue, or a write names an item that never
                was; nothing was written.
            InputError: A value holds a character no database keeps, or the writes take a step to approval back,
                or what was approved; nothing was written.
            Locked: The catalogue is before the authority, or approved; nothing was written.
        """
        with self._database.write() as connection:
            return writing.commit(
                connection, id, writes, actor=actor, at=at, label=label, request=request, undoes=undoes, whole=whole
            )

    def undo(self, id: str, batch: str, *, actor: str, at: datetime, whole: bool = False) -> Outcome:
        """Take a batch back by a new batch of inverse writes, last change first.

        They are compare-and-set like any other: what somebody has changed since is a
        conflict and stays. Undoing an undo does the first batch again.

        Args:
            whole: Take all of it back or nothing, as :meth:`commit`.

        Raises:
            UnknownCatalogue: The catalogue has no such batch.
        """
        return self.commit(id, self.inverse(id, batch), actor=actor, at=at, label="undo", whole=whole, undoes=batch)

    def inverse(self, id: str, batch: str) -> list[Write]:
        """The writes that take a batch back, last change first.

        Raises:
            UnknownCatalogue: The catalogue has no such batch.
        """
        with self._database.read() as connection:
            done = history.batch(connection, id, batch)
            return inverse(history.changes(connection, id, since=done.first_seq - 1, until=done.last_seq))

    # -- news ----------------------------------------------------------------

    def watch(self) -> Watch:
        """What wakes when any process commits, to this database; it is closed by whoever asked for it."""
        watch = Watch(Database(self._database.url, busy_timeout=_SHORT))
        if self._database.is_sqlite:
            self._database.wakes(watch.wake)
        return watch
