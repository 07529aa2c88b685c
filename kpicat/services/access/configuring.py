"""Which settings a server is started with otherwise than before, in the audit log; of secrets only that they moved."""

from __future__ import annotations

import hashlib
import socket
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat import settings
from kpicat.access.configured import Moved
from kpicat.access.records import Entry, Event
from kpicat.errors import InputError
from kpicat.services.access.installation import CONSOLE

if TYPE_CHECKING:
    from kpicat.store import Store

NOTHING = "—"
_UNREAD = "?"
_LONGEST = 70  # characters of a value: a line of the log has room for two
_TRIES = {"n": 2**14, "r": 8, "p": 1}  # what it costs to try one word as a secret, where somebody has the database


def configured(store: Store, *, at: datetime) -> None:
    """Note what moved since a server was last started on this database, each setting in a line of its own."""
    known = settings.KNOWN.values()
    salt = store.secret("configured").encode()
    told = {each.key: _kept(each, salt) for each in known}
    server = f"{socket.gethostname()}:{told['port']}"
    usual = {each.key: each.default for each in known}

    def line(one: Moved) -> Entry:
        words = f"{one.key}: {_shown(one.key, one.before)} → {_shown(one.key, one.now)} ({server[:50]})"
        return Entry(at, CONSOLE.name, Event.CONFIGURED, detail=words)

    store.accounts.configured(server, told, usual, line)


def _kept(setting: settings.Setting, salt: bytes) -> str:
    """What is kept of a setting: its value, of a secret only what tells another one from it."""
    if not setting.secret:
        return settings.masked(settings.said(setting.key).value)
    try:
        value = settings.said(setting.key).value
    except InputError:  # its file is for others, as that of the backups' key may be
        return _UNREAD
    return value and hashlib.scrypt(value.encode(), salt=salt, dklen=16, **_TRIES).hex()


def _shown(key: str, value: str) -> str:
    if value and settings.KNOWN[key].secret:
        return settings.MASK
    return NOTHING if not value else value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
