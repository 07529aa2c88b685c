"""``serve``, ``demo``, ``migrate``, ``fsck``: looking after an installation."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime

from kpicat import settings
from kpicat.language import _, ngettext, number


def serve(_asked: Namespace) -> int:
    """Serve the pages until stopped."""
    from kpicat import server

    server.serve(*settings.address())
    return 0


def demo(asked: Namespace) -> int:
    """Put the samples into a database that holds no catalogue."""
    from kpicat.services.samples import prepare
    from kpicat.store import open_store

    store = open_store(settings.database_url())
    try:
        made = prepare(store, fresh=asked.fresh, actor="kpicat", at=datetime.now(UTC))
    finally:
        store.close()
    said = ngettext("{n} sample catalogue is ready.", "{n} sample catalogues are ready.", len(made))
    print(said.format(n=number(len(made))) if made else _("The database holds catalogues already; nothing was added."))
    return 0


def migrate(_asked: Namespace) -> int:
    """Bring the database up to this version."""
    from kpicat import store

    store.migrate(settings.database_url())
    print(_("The database is ready for this version."))
    return 0


def fsck(_asked: Namespace) -> int:
    """Prove that the tables are where the log leads; say every place where they are not."""
    from kpicat import store

    found = 0
    for sentence in store.examine(settings.database_url()):
        found += 1
        print(sentence)
    if found == 0:
        print(_("The database is sound: every table is where the log of changes leads."))
        return 0
    said = ngettext(
        "{n} contradiction: keep a copy of the database, then restore the last sound backup.",
        "{n} contradictions: keep a copy of the database, then restore the last sound backup.",
        found,
    )
    print(said.format(n=number(found)), file=sys.stderr)
    return 1
