"""Opening the store: a database that is ready for this version, or one sentence why it is not."""

from __future__ import annotations

from kpicat.store.copying import keep_beside
from kpicat.store.database import BUSY_TIMEOUT, Database
from kpicat.store.store import Store


def open_store(url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> Store:
    """Open the store at ``url``; a SQLite file is made, and migrated, as needed.

    What is migrated is first copied beside itself, called after the revision it stood at: ``kpicat.db.0011``.

    Args:
        url: ``sqlite:///data/var/kpicat.db`` or ``postgresql+psycopg://…``.
        busy_timeout: Seconds a write waits for another one.

    Raises:
        SchemaTooOld: A PostgreSQL database that :func:`migrate` has not been run on, or one
            of a newer kpicat.
        StoreBusy: The database cannot be reached.
        StoreError: ``url`` names none, or the file is not a database.
    """
    database = Database(url, busy_timeout=busy_timeout)
    try:
        database.make_ready(keep_beside)
    except BaseException:
        database.close()
        raise
    return Store(database)


def migrate(url: str) -> None:
    """Bring the database at ``url`` to the tables of this version; nothing where it is there.

    Raises:
        SchemaTooOld: It was made by a newer kpicat.
        StoreBusy: It cannot be reached, or is in use for long.
    """
    database = Database(url)
    try:
        database.migrate()
    finally:
        database.close()
