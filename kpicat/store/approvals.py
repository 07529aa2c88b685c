"""The steps to approval, and the versions that were approved."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from kpicat.approval import MOVES, Step, digest
from kpicat.errors import StoreError
from kpicat.language import _
from kpicat.model import CATALOGUE, Change, ChangeKind, Conflict, Edit, Outcome, Standing
from kpicat.model.approvals import Approval, Version, VersionKind, number_of
from kpicat.store import history, locking, schema, writing
from kpicat.store.cells import refuse_broken
from kpicat.store.database import Database
from kpicat.store.rows import Touch

ABOUT = tuple(schema.version.c[field.name] for field in fields(Version))
"""What the table says of a version, but its content."""


class Approvals:
    """The versions in a database; safe to share between threads, as :class:`kpicat.store.Store`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, catalogue_id: str) -> list[Version]:
        """Those of a catalogue, in order."""
        version = schema.version.c
        query = select(*ABOUT).where(version.catalogue_id == catalogue_id).order_by(version.number)
        with self._database.peek() as connection:
            return [as_version(row) for row in connection.execute(query)]

    def content(self, version: Version) -> str:
        """What was approved, as :func:`kpicat.approval.freeze` made it.

        Raises:
            StoreError: It is there no more, or is not what the hash says.
        """
        kept = schema.version.c
        query = select(kept.content).where(kept.catalogue_id == version.catalogue_id, kept.number == version.number)
        with self._database.peek() as connection:
            content = connection.execute(query).scalar()
        if content is None or digest(content) != version.hash:
            words = _("Version {n} is not what was approved: have the IT officer run “python -m kpicat fsck”.")
            raise StoreError(words.format(n=version.number))
        return str(content)

    def steps(self, catalogue_id: str) -> list[Change]:
        """The changes of the log by which the catalogue's status moved, in order."""
        with self._database.peek() as connection:
            own = history.changes(connection, catalogue_id, item=CATALOGUE, kind=ChangeKind.EDIT)
            return [change for change in own if change.field in ("status", "remarks")]

    def take(
        self, catalogue_id: str, step: Step, *, seen: Standing, remarks: str = "", actor: str, at: datetime
    ) -> Outcome:
        """Take any step but approving, unless anything but comments was written since ``seen``.

        Args:
            remarks: With which the catalogue is returned.

        Returns:
            Its batch; where somebody was first, none and who that was as a conflict.

        Raises:
            UnknownCatalogue: There is no such catalogue.
            InputError: The remarks hold a character no database keeps; nothing was written.
        """
        assert step is not Step.APPROVE
        with self._database.write() as connection:
            own = writing.locked(connection, catalogue_id)
            if conflict := _overtaken(connection, own, step, seen):
                return Outcome(own["head"], None, (), [conflict], at)
            said = {"amends": own["amends"] or "", "remarks": own["remarks"] or ""}
            match step:
                case Step.SUBMIT | Step.RETURN:
                    wanted = {"remarks": remarks}
                case Step.BEGIN_SUPPLEMENT:
                    wanted = {"amends": str(number_of(own["approved"] or ""))}
                case _:
                    wanted = {"amends": ""}
            edits = [Edit(CATALOGUE, name, said[name], text) for name, text in wanted.items()]
            return _write(connection, catalogue_id, step, edits, actor=actor, at=at)

    def approve(
        self, catalogue_id: str, approval: Approval, content: str, *, seen: Standing, actor: str, at: datetime
    ) -> Outcome:
        """Keep ``content`` as the next version, unless anything but comments was written since ``seen``.

        Returns:
            As :meth:`take`; where somebody was first, nothing is kept.

        Raises:
            UnknownCatalogue: There is no such catalogue.
            InputError: A text holds a character no database keeps; nothing was written.
        """
        for text in (approval.decision_number, approval.signatory):
            refuse_broken("decision", text)
        with self._database.write() as connection:
            own = writing.locked(connection, catalogue_id)
            if conflict := _overtaken(connection, own, Step.APPROVE, seen):
                return Outcome(own["head"], None, (), [conflict], at)
            before, amends = own["approved"] or "", own["amends"]
            version = Version(
                id=uuid.uuid4().hex,
                catalogue_id=catalogue_id,
                number=number_of(before) + 1,
                kind=VersionKind.SUPPLEMENT if amends else VersionKind.FULL,
                basis=int(amends) if amends else None,
                seq=own["head"] + 2,  # the second of the two changes that approving is
                hash=digest(content),
                decision_number=approval.decision_number,
                decided_on=approval.decided_on,
                effective_on=approval.effective_on,
                signatory=approval.signatory,
                approved_by=actor,
                approved_at=schema.utc(at),
            )
            said = [Edit(CATALOGUE, "approved", before, version.encode())]
            outcome = _write(connection, catalogue_id, Step.APPROVE, said, actor=actor, at=at)
            assert outcome.seq == version.seq
            row = {column.name: getattr(version, column.name) for column in ABOUT}
            connection.execute(insert(schema.version), row | {"content": content})
            return outcome


def as_version(row: Sequence[Any]) -> Version:
    """A version from a row of :data:`ABOUT`."""
    told = dict(zip((column.name for column in ABOUT), row, strict=True))
    return Version(**told | {"kind": VersionKind(told["kind"])})


def _write(
    connection: Connection, catalogue_id: str, step: Step, edits: Sequence[Edit], *, actor: str, at: datetime
) -> Outcome:
    before, after = MOVES[step]
    writes = [Edit(CATALOGUE, "status", before.value, after.value), *edits]
    return writing.commit(connection, catalogue_id, writes, actor=actor, at=at, label=step.value, step=step, whole=True)


def _overtaken(connection: Connection, own: dict[str, Any], step: Step, seen: Standing) -> Conflict | None:
    """Who was there first: took a step, or changed what this step rests on; None where nobody was."""
    before, after = MOVES[step]
    if own["status"] != before:
        who = locking.who_moved(connection, own)
    elif (changed := _changed(connection, own["id"], seen)) is not None:
        who = changed
    else:
        return None
    return Conflict(CATALOGUE, "status", after.value, own["status"], who.by, who.at)


def _changed(connection: Connection, catalogue_id: str, seen: Standing) -> Touch | None:
    """The last change since ``seen`` that is no comment; the one at its seq where that is of another batch."""
    change = schema.change.c
    query = select(change.actor, change.at).where(change.catalogue_id == catalogue_id).order_by(change.seq.desc())
    shelf = (change.item_id == CATALOGUE) & (change.field == "removed")
    others = (change.seq > seen.seq) & (change.kind != ChangeKind.COMMENT.value) & ~shelf
    restored = (change.seq == seen.seq) & (change.batch != seen.batch)
    found = connection.execute(query.where(others | restored).limit(1)).one_or_none()
    return Touch(*found) if found else None
