"""Tokens by which other software reads what was approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, insert, select, true, update

from kpicat.access.records import Entry, Token
from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.store import attempts, auditing, schema
from kpicat.store.attempts import Claim
from kpicat.store.database import Database
from kpicat.store.schema_api import api_token, token_catalogue

_ABOUT = tuple(api_token.c[name] for name in Token.__dataclass_fields__ if name != "catalogues")
_TRIED = " api token"
"""What wrong tokens are counted under: a name that no account can have."""


class Tokens:
    """The tokens in a database; safe to share between threads. Fails as :class:`~kpicat.store.Store` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: Token, noted: Entry) -> None:
        """Keep a new token.

        Args:
            noted: For the audit log, where each catalogue that the token names has a line of its own.

        Raises:
            UnknownCatalogue: It names one that is not there; nothing was written.
        """
        told = {column.name: getattr(new, column.name) for column in _ABOUT}
        with self._database.write() as connection:
            of = _insist_on(connection, sorted(new.catalogues or ()))
            connection.execute(insert(api_token), told | {"every": new.catalogues is None})
            if of:
                connection.execute(insert(token_catalogue), [{"token_id": new.id, "catalogue_id": id} for id in of])
            for id in of or [noted.catalogue_id]:
                auditing.note(connection, replace(noted, catalogue_id=id))

    def all(self) -> list[Token]:
        """Every token, those that are none any more too; the oldest first."""
        with self._database.peek() as connection:
            return list(_tokens(connection, true()))

    def by_id(self, id: str) -> Token | None:
        """The token of an id: one read by keys."""
        with self._database.peek() as connection:
            return next(_tokens(connection, api_token.c.id == id), None)

    def revoke(self, id: str, noted: Entry) -> bool:
        """Let a token be one no more; False, and nothing done, where it was none."""
        with self._database.write() as connection:
            mine = (api_token.c.id == id) & api_token.c.revoked_at.is_(None)
            if connection.execute(update(api_token).where(mine).values(revoked_at=noted.at)).rowcount != 1:
                return False
            auditing.note(connection, noted)
            return True

    def used(self, id: str, *, at: datetime) -> None:
        """Know that a token is in use."""
        with self._database.write_passing() as connection:
            connection.execute(update(api_token).where(api_token.c.id == id).values(used_at=at))

    def claim(self, origin: str, *, at: datetime) -> Claim:
        """Count a wrong token from an address, as :mod:`kpicat.store.attempts` does passwords."""
        with self._database.write_passing() as connection:
            return attempts.claim(connection, _TRIED, origin, at)


def _insist_on(connection: Connection, catalogue_ids: Sequence[str]) -> Sequence[str]:
    """Hold the rows of catalogues, so that none goes until the transaction ends."""
    own = schema.catalogue.c
    held = select(own.id).where(own.id.in_(catalogue_ids)).with_for_update(read=True, key_share=True)
    there = set(connection.execute(held).scalars()) if catalogue_ids else set()
    for id in catalogue_ids:
        if id not in there:
            words = _("There is no catalogue “{id}”; its id stands in the address of its pages.")
            raise UnknownCatalogue(words.format(id=id))
    return catalogue_ids


def _tokens(connection: Connection, which: ColumnElement[bool]) -> Iterator[Token]:
    query = (
        select(*_ABOUT, api_token.c.every, token_catalogue.c.catalogue_id)
        .select_from(api_token.outerjoin(token_catalogue))
        .where(which)
        .order_by(api_token.c.created_at, api_token.c.id)
    )
    found = [tuple(row) for row in connection.execute(query)]
    for (*own, every), rows in groupby(found, key=lambda row: row[:-1]):
        told = dict(zip((column.name for column in _ABOUT), own, strict=True))
        of = frozenset(row[-1] for row in rows if row[-1] is not None)
        yield Token(**told, catalogues=None if every else of)
