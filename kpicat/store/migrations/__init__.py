"""Bringing a database from any earlier revision to the one this code knows."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_one_at_a_time = threading.Lock()  # Alembic's operations go through a module-wide proxy


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


@cache
def revisions() -> tuple[str, ...]:
    """Every revision this code knows, oldest first."""
    walk = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(script.revision for script in walk)[::-1]


def revision(connection: Connection) -> str | None:
    """The revision a database stands at; None for one without our tables."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, target: str = "head") -> None:
    """Bring the database to ``target`` inside the transaction of ``connection``."""
    config = _config()
    config.attributes["connection"] = connection
    with _one_at_a_time:
        command.upgrade(config, target)
