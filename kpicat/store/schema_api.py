"""The tables of what other software reads: its tokens, and the order in which approvals became known.

A token is kept as its SHA-256. ``announced`` is made of ``version`` alone (:mod:`kpicat.store.published`). All belong
to an installation: no backup has them and a restore ends them, as a token that was withdrawn must not come back.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from kpicat.store.schema import Moment, catalogue, metadata, version

api_token = Table(
    "api_token",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("every", Boolean, nullable=False),  # whether it reads all catalogues, or those of token_catalogue
    Column("created_by", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Column("used_at", Moment),
)

token_catalogue = Table(
    "token_catalogue",
    metadata,
    Column("token_id", ForeignKey(api_token.c.id), primary_key=True),
    Column("catalogue_id", ForeignKey(catalogue.c.id), primary_key=True),
)

announced = Table(
    "announced",
    metadata,
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("version_id", ForeignKey(version.c.id), nullable=False),
    Column("chain", Text, nullable=False),  # digest of all versions up to this one, in this order
    UniqueConstraint("version_id", name="announced_once"),
    UniqueConstraint("chain", name="announced_by_chain"),
)
