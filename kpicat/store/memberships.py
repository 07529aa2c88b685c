"""Who is what in a catalogue, written: with a chair at every moment, once it has one."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, delete, func, select, update

from kpicat.access import Role
from kpicat.errors import InputError
from kpicat.language import _
from kpicat.store import schema
from kpicat.store.passing import insert
from kpicat.store.schema_access import account, membership


def new_stamp() -> str:
    """A mark that no state of anybody's rights has had."""
    return uuid.uuid4().hex


def put(connection: Connection, catalogue_id: str, account_id: str, role: Role | None) -> None:
    """Give somebody a role instead of what they are, or none; whoever changes the members of a catalogue waits.

    Raises:
        InputError: It would be without a chair.
    """
    own = schema.catalogue.c
    connection.execute(select(own.id).where(own.id == catalogue_id).with_for_update())
    of_catalogue = membership.c.catalogue_id == catalogue_id
    mine = of_catalogue & (membership.c.account_id == account_id)
    before = connection.execute(select(membership.c.role).where(mine)).scalar()
    if before == Role.CHAIR and role is not Role.CHAIR:
        chairs = select(func.count()).select_from(membership).where(of_catalogue, membership.c.role == Role.CHAIR.value)
        if connection.execute(chairs).scalar_one() == 1:
            raise InputError(_("The catalogue would be without a chair; name another one first."))
    if role is None:
        connection.execute(delete(membership).where(mine))
    else:
        new = insert(connection, membership).values(catalogue_id=catalogue_id, account_id=account_id, role=role.value)
        keys = ["catalogue_id", "account_id"]
        connection.execute(new.on_conflict_do_update(index_elements=keys, set_={"role": role.value}))
    connection.execute(update(account).where(account.c.id == account_id).values(stamp=new_stamp()))
