"""``dossier`` and ``verify``: all that goes to the authority as one .zip, and whether one still is what was made."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kpicat import settings
from kpicat.commands.progress import bar
from kpicat.language import _, ngettext, number

if TYPE_CHECKING:
    from kpicat.exchange.dossier import Verified


def describe(command: Callable[..., ArgumentParser]) -> list[ArgumentParser]:
    """What may be typed after the two commands; those that take the usual options."""
    made = command("dossier", _("Write all that goes to the authority, or what was approved, as one .zip."), dossier)
    made.add_argument("catalogue", metavar=_("CATALOGUE"), help=_("its id, as the address of its pages has it"))
    out = _("the .zip to write (default: in this folder, called after the catalogue)")
    made.add_argument("-o", dest="out", metavar=_("OUT"), type=Path, help=out)
    which = _("number of an approved version (default: the catalogue as it stands, approved last where it is that)")
    made.add_argument("--number", type=int, metavar="N", help=which)
    made.add_argument("--to", metavar=_("NAME"), default="", help=_("whom the letter addresses"))
    looked = command("verify", _("Say whether a dossier still is what was made, and which hash it has."), verify)
    about = _("a dossier: the .zip, the folder it was unpacked to, or its content alone")
    looked.add_argument("source", metavar=_("IN"), type=Path, help=about)
    looked.add_argument("--database", metavar="URL", help=_("say also whether this database approved it"))
    return [made]


def dossier(asked: Namespace) -> int:
    """Write the dossier of a catalogue as it stands, or of an approved version; noted as every export is."""
    from kpicat.services import access, files
    from kpicat.services import dossier as services
    from kpicat.store import open_store
    from kpicat.store.database import insist_on_file

    insist_on_file(settings.database_url())
    store = open_store(settings.database_url())
    try:
        view, version = services.chosen(store, asked.catalogue, asked.number)
        target = asked.out or Path(services.dossier_name(view, version))
        at = datetime.now(UTC)
        with bar() as progress:
            content = services.dossier(
                store, view, version, to=asked.to, by=access.CONSOLE.name, at=at, progress=progress
            )
        noted = access.Entry(at, access.CONSOLE.name, access.Event.EXPORT, view.catalogue.id, target.name)
        store.accounts.note(noted)
        files.put(content, target)
    finally:
        store.close()
    print(_("Written: {name}").format(name=target))
    return 0


def verify(asked: Namespace) -> int:
    """Say whether a dossier is what was made; where a database is named, also whether it is what was approved there."""
    from kpicat.services import dossier as services

    found = services.look(asked.source)
    said = [*found.contradictions, *(_not_approved(found) if asked.database else ())]
    for sentence in said:
        print(sentence)
    if said:
        return 1
    lines = ngettext("{n} item", "{n} items", found.items).format(n=number(found.items))
    for file in found.filled_in:
        print(_("{file} was filled in after the dossier was made, as drafts are.").format(file=file))
    print(
        _("“{name}”: {lines}, converted quantity {total}.").format(
            name=found.name, lines=lines, total=number(Decimal(found.total))
        )
    )
    print(_("Hash of the content: {hash}").format(hash=found.hash))
    if found.compared:
        told = _(
            "Lines and totals kpicat reads in {files} are those of the content; formulas and looks were not compared."
        )
        print(told.format(files=", ".join(found.compared)))
    if found.listed:
        told = _("Not compared with the content, only with the list of hashes, which can be forged: {files}.")
        print(told.format(files=", ".join(found.listed)))
    print(_("The content is what was made if its hash is the one on the signed paper; compare them."))
    return 0


def _not_approved(found: Verified) -> list[str]:
    """That no version of the database is this content; nothing where one is, which is said on standard error."""
    from kpicat.services import dossier as services
    from kpicat.store import open_store
    from kpicat.store.database import insist_on_file

    insist_on_file(settings.database_url())
    store = open_store(settings.database_url())
    try:
        version = services.approved_as(store, found)
    finally:
        store.close()
    if version is None:
        return [_("No version approved in the database has this content.")]
    words = _("It is version {n}, approved by {decision}.")
    print(words.format(n=version.number, decision=version.decision_number), file=sys.stderr)
    return []
