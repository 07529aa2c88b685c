"""Whether what was approved still is what was approved: its hash, the log that led to it, the log's word of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from kpicat.approval import State, digest, freeze, thaw
from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.model import CATALOGUE, ChangeKind
from kpicat.store import guarding, history, reading, schema
from kpicat.store.approvals import ABOUT, as_version


def contradictions(connection: Connection, catalogue_id: str) -> Iterator[str]:
    """Every place where a version of a catalogue and the log disagree, as sentences without their beginning."""
    own = history.changes(connection, catalogue_id, item=CATALOGUE, kind=ChangeKind.EDIT)
    said = {change.seq: change for change in own if change.field == "approved"}
    version = schema.version.c
    rows = connection.execute(
        select(*ABOUT, version.content).where(version.catalogue_id == catalogue_id).order_by(version.number)
    )
    for *about, content in rows.all():
        kept = as_version(about)
        logged = said.pop(kept.seq, None)
        if logged is None or (logged.new, logged.actor, logged.at) != (
            kept.encode(), kept.approved_by, kept.approved_at
        ):  # fmt: skip
            yield _("version {n} is not what the log says was approved").format(n=kept.number)
        if digest(content) != kept.hash:
            yield _("the content of version {n} is not that of its hash").format(n=kept.number)
        elif not _leads_to(connection, catalogue_id, kept.seq, content):
            yield _("the log does not lead to the content of version {n}").format(n=kept.number)
    for seq in said:
        yield _("the version that change {seq} approved is missing").format(seq=seq)


def unguarded(connection: Connection) -> Iterator[str]:
    """That nothing would keep versions, or the audit log, from being changed."""
    for name in guarding.missing(connection):
        yield _("The trigger “{name}”, which keeps approved versions as they are, is missing.").format(name=name)
    for name in guarding.missing(connection, guarding.AUDIT):
        yield _("The trigger “{name}”, which keeps the audit log as it is, is missing.").format(name=name)


def _leads_to(connection: Connection, catalogue_id: str, seq: int, content: str) -> bool:
    """Whether the log's lines, converted by the scale that was approved, are the very content."""
    try:
        _then, scale = thaw(content, status=State.APPROVED)
        return freeze(reading.reading(connection, catalogue_id, seq), scale) == content
    except (ValueError, TypeError, KeyError, UnknownCatalogue):
        return False
