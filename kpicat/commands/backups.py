"""``backup``, ``restore``, ``upgrade``: copies of an installation, taken and taken back."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpicat import settings
from kpicat.errors import InputError, KpicatError, StoreError
from kpicat.language import _, ngettext, number

if TYPE_CHECKING:
    from kpicat.store.rotating import Keep


def backup(asked: Namespace) -> int:
    """Copy the database into a file, or into a folder of which some are kept."""
    into_folder = asked.out.is_dir() or asked.keep is not None
    made = _made(asked.out, into_folder=into_folder)
    print(_("Written: {name}").format(name=made))
    if asked.keep is not None:
        _rotate(made, asked.keep)
    return 0


def restore(asked: Namespace) -> int:
    """Replace everything in the database by a backup, or only prove that it could be."""
    from kpicat import store
    from kpicat.services import access
    from kpicat.store import rotating

    key = settings.backup_key()
    rotating.insist_on_hash(asked.source)
    if asked.check:
        store.prove(asked.source, key)
        print(_("“{name}” is a whole backup; nothing was replaced.").format(name=asked.source.name))
        return 0
    store.restore(settings.database_url(), asked.source, key, first=lambda: _keep(asked.source))
    opened = store.open_store(settings.database_url())
    try:
        access.restored(opened, access.CONSOLE, asked.source.name, at=datetime.now(UTC))
    finally:
        opened.close()
    print(_("The database holds what “{name}” held.").format(name=asked.source.name))
    return 0


def _keep(source: Path) -> None:
    """Back up what a restore is about to replace; a database that is unsound is kept as it is, and may be replaced."""
    from kpicat import store
    from kpicat.store import rotating

    made = _made(settings.backups(source.resolve().parent), into_folder=True, before="restore")
    rotating.insist_on_hash(made)
    try:
        store.prove(made, settings.backup_key())
        print(_("What the database held is kept in “{name}”.").format(name=made))
    except InputError:
        words = _("What the database held is kept in “{name}”, but is unsound, so that it cannot be restored as it is.")
        print(words.format(name=made))


def upgrade(asked: Namespace) -> int:
    """Back the database up, then bring it to this version or leave it as it is."""
    from kpicat import store

    url = settings.database_url()
    if store.is_ready(url):
        print(_("The database is ready for this version."))
        return 0
    made = _made(settings.backups(), into_folder=True, before="upgrade")
    print(_("Written: {name}").format(name=made))
    try:
        store.upgrade(url)
    except StoreError as error:
        words = _("The database was left as it was, the backup of it is “{name}”: {why}")
        raise StoreError(words.format(name=made, why=error)) from error
    print(_("The database is ready for this version."))
    return 0


def keeping(text: str) -> Keep:
    """What was typed after ``--keep``: numbers of days, weeks and months, with commas."""
    from kpicat.store.rotating import Keep

    parts = text.split(",")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdecimal() for part in parts) or not int(parts[0]):
        words = _("“{text}” does not say what to keep; give days, weeks and months, such as 7,4,12.")
        raise ArgumentTypeError(words.format(text=text))
    return Keep(*map(int, parts))


def _made(out: Path, *, into_folder: bool, before: str = "") -> Path:
    """A backup written to ``out``, or into that folder, with its hash beside it."""
    from kpicat import store
    from kpicat.store import rotating

    key = settings.backup_key()
    target = out
    if into_folder:
        target = rotating.unused(rotating.named(out, datetime.now(UTC), sealed=key is not None, before=before))
    store.backup(settings.database_url(), target, key)
    rotating.put_down(target)
    return target


def _rotate(made: Path, keep: Keep) -> None:
    """Delete what is not to be kept, once the newest has been read back."""
    from kpicat import store
    from kpicat.store import rotating

    try:
        rotating.insist_on_hash(made)
        store.prove(made, settings.backup_key())
    except KpicatError as error:
        words = _("The new backup cannot be taken back, so no older one was deleted: {why}")
        raise InputError(words.format(why=error)) from error
    gone = rotating.rotate(made.parent, keep, made)
    said = ngettext("{n} older backup was deleted.", "{n} older backups were deleted.", len(gone))
    if gone:
        print(said.format(n=number(len(gone))))
