"""The one place of SQL: a log of changes and the table it leads to."""

from kpicat.store.backups import backup, prove, restore
from kpicat.store.guarded import Guarded
from kpicat.store.opening import migrate, open_store
from kpicat.store.store import Store
from kpicat.store.upgrading import is_ready, upgrade
from kpicat.store.verifying import examine
from kpicat.store.watching import Watch

__all__ = [
    "Guarded",
    "Store",
    "Watch",
    "backup",
    "examine",
    "is_ready",
    "migrate",
    "open_store",
    "prove",
    "restore",
    "upgrade",
]
