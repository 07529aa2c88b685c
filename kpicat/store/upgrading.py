"""Bringing a database to this version whole, or leaving it as it was."""

from __future__ import annotations

from kpicat.errors import KpicatError, StoreError
from kpicat.language import _
from kpicat.store import migrations, verifying
from kpicat.store.database import Database, insist_on_file


def is_ready(url: str) -> bool:
    """Whether the database at ``url`` has the tables of this version.

    Raises:
        InputError: There is no such file.
        SchemaTooOld: It was made by a newer kpicat.
        StoreBusy: It cannot be reached.
    """
    insist_on_file(url)
    database = Database(url)
    try:
        return database.is_current()
    finally:
        database.close()


def upgrade(url: str) -> None:
    """Bring the database at ``url`` to the tables of this version, and prove it sound, in one transaction.

    Raises:
        StoreError: It could not be done, or the log would not lead to the tables any more: nothing was changed.
        StoreBusy: It cannot be reached, or is in use for long.
    """
    database = Database(url)
    try:
        with database.write() as connection:
            migrations.upgrade(connection)
            if contradiction := next(verifying.contradictions(connection), None):
                raise StoreError(contradiction)
    except KpicatError:
        raise
    except Exception as error:  # whatever a migration comes to, the transaction has been rolled back
        words = _("The tables could not be brought to this version: {why}")
        raise StoreError(words.format(why=str(error).partition("\n")[0] or type(error).__name__)) from error
    finally:
        database.close()
