"""``versions``: what was approved of a catalogue, or what is in force on a day."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError, Namespace
from datetime import date
from typing import TYPE_CHECKING

from kpicat import settings
from kpicat.language import _

if TYPE_CHECKING:
    from kpicat.model.approvals import Version


def versions(asked: Namespace) -> int:
    """Print each version as a line of JSON, or the one in force on a day; none where there is none."""
    from kpicat import approval
    from kpicat.store import open_store
    from kpicat.store.database import insist_on_file

    insist_on_file(settings.database_url())
    store = open_store(settings.database_url())
    try:
        store.catalogue(asked.catalogue)  # none of that id is said, not answered with no version
        found = store.approvals.of(asked.catalogue)
    finally:
        store.close()
    if asked.on is not None:
        there = approval.in_force(found, asked.on)
        found = [there] if there else []
    for version in found:
        print(json.dumps(_record(version), ensure_ascii=False))
    return 0


def day(text: str) -> date:
    """A day as programs write it.

    Raises:
        ArgumentTypeError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“{text}” is no day; write it like 2026-02-05.").format(text=text)) from None


def _record(version: Version) -> dict[str, object]:
    said: dict[str, object] = json.loads(version.encode())
    by, at = version.approved_by, version.approved_at.isoformat()
    return {"catalogue": version.catalogue_id, **said, "seq": version.seq, "approved_by": by, "approved_at": at}
