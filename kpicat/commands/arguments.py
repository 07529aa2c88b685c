"""What may be typed after ``python -m kpicat``, and the help that says so."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kpicat import __version__, guidance
from kpicat.commands import accounts, backups, configured, dossiers, files, installation
from kpicat.commands.explain import explain
from kpicat.commands.similar import COLUMNS, similar
from kpicat.commands.suggest import suggest
from kpicat.commands.tokens import describe as describe_tokens
from kpicat.commands.tokens import list_ as list_tokens
from kpicat.commands.versions import day, versions
from kpicat.language import _, ngettext
from kpicat.settings import LOGS, usual_file

N_ = str  # marks words for the translators
OF_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
"""What argparse itself says of our options, in its own words."""


def parser() -> ArgumentParser:
    """The parser, speaking the reader's language; each command is a function of its Namespace."""
    vars(argparse).update(_=_, ngettext=ngettext)  # argparse looks these two up whenever it speaks
    top = ArgumentParser(prog="python -m kpicat", description=_("Catalogues of converted products and work."))
    top.add_argument(
        "--version", action="version", version=__version__, help=_("show program's version number and exit")
    )
    commands = top.add_subparsers(metavar=_("COMMAND"), required=True)

    def command(name: str, about: str, does: Callable[[Namespace], int]) -> ArgumentParser:
        made: ArgumentParser = commands.add_parser(name, help=about, description=about)
        made.set_defaults(command=does)
        return made

    _about_files(command)
    _about_the_installation(command)
    return top


def _about_files(command: Callable[..., ArgumentParser]) -> None:
    convert = command("convert", _("Convert a catalogue file into standard units and write the result."), files.convert)
    _file(convert)
    convert.add_argument(
        "-o",
        dest="out",
        metavar=_("OUT"),
        type=Path,
        help=_(
            "the file to write, ending in .xlsx, .docx, .pdf, .csv or .json (default: beside IN, as IN-quy-doi.xlsx)"
        ),
    )
    convert.add_argument(
        "--form",
        choices=("party", "state"),
        default="party",
        help=_("whose paper a .docx or .pdf is (default: party)"),
    )
    read = command("read", _("Show what is read from a file: items, and what became of every row."), files.read)
    _file(read)
    read.add_argument("--format", choices=("json",), default="json", help=_("form of the answer"))
    check = command("check", _("Check a catalogue file against the principles; one finding a line."), files.check)
    _file(check)
    check.add_argument("--format", choices=("text", "json", "csv"), default="text", help=_("form of the answer"))
    manual = command("explain", _("Say what a check asks, why, and how to put right what it finds."), explain)
    about = _("id of the check, as “check” gives it (default: list them all)")
    manual.add_argument("check", metavar=_("CHECK"), nargs="?", help=about)
    alike = command(
        "similar", _("Find lines that are one work in other words, or of which one holds the other."), similar
    )
    _file(alike, nargs="?")
    alike.add_argument(
        "--pairs",
        metavar="CSV",
        type=Path,
        help=_("judge each pair of this table instead (columns {columns})").format(columns=", ".join(COLUMNS)),
    )
    alike.add_argument("--format", choices=("json",), default="json", help=_("form of the answer"))
    propose = command(
        "suggest", _("Propose a tier for each line, with how sure that is and why; nothing is written."), suggest
    )
    _file(propose)
    propose.add_argument(
        "--reference",
        metavar=_("FILE"),
        type=Path,
        help=_("another catalogue whose tiers are learnt from too"),
    )
    propose.add_argument("--format", choices=("text", "json"), default="text", help=_("form of the answer"))


def _about_the_installation(command: Callable[..., ArgumentParser]) -> None:
    serve = command("serve", _("Serve the pages to browsers."), installation.serve)
    serve.add_argument("--host", help=_("address to listen on (default: KPICAT_HOST, else 127.0.0.1)"))
    serve.add_argument("--port", type=_port, help=_("port to listen on (default: KPICAT_PORT, else 8501)"))
    serve.add_argument("--log", choices=LOGS, help=_("what the log is written as (default: KPICAT_LOG, else text)"))
    demo = command("demo", _("Put the sample catalogues into a database that holds none."), installation.demo)
    demo.add_argument("--fresh", action="store_true", help=_("put them there even beside other catalogues"))
    migrate = command("migrate", _("Bring the database up to this version."), installation.migrate)
    fsck = command("fsck", _("Prove that the database is sound, while people work."), installation.fsck)
    about = _("Show each setting, what it is and who says so; secrets are not shown.")
    held = command("settings", about, configured.show)
    held.add_argument("--format", choices=("text", "markdown"), default="text", help=_("form of the answer"))
    approved = command("versions", _("Show what was approved of a catalogue; one version a line."), versions)
    approved.add_argument("catalogue", metavar=_("CATALOGUE"), help=_("its id, as the address of its pages has it"))
    approved.add_argument("--on", metavar=_("DATE"), type=day, help=_("only the version in force on that day"))
    of_dossiers = dossiers.describe(command)
    people = command("accounts", _("Say who may sign in, and who is what in which catalogue."), accounts.list_)
    of_people = accounts.describe(people)
    others = command("api-tokens", _("Say by which tokens other software reads what was approved."), list_tokens)
    of_people += describe_tokens(others)
    for each in (serve, demo, migrate, fsck, held, approved, *of_dossiers, *_about_backups(command), *of_people):
        each.add_argument(
            "--database", metavar="URL", help=_("the database (default: KPICAT_DATABASE, else data/var/kpicat.db)")
        )
        each.add_argument(
            "--settings",
            metavar=_("FILE"),
            help=_("the settings file (default: KPICAT_SETTINGS, else {usual})").format(usual=usual_file()),
        )


def _about_backups(command: Callable[..., ArgumentParser]) -> list[ArgumentParser]:
    backup = command("backup", _("Copy the whole database into a file, while people work."), backups.backup)
    backup.add_argument(
        "out", metavar=_("OUT"), type=Path, help=_("the backup to write, or a folder that names it by the moment")
    )
    backup.add_argument(
        "--keep",
        metavar=_("DAYS,WEEKS,MONTHS"),
        type=backups.keeping,
        help=_("of the backups in the folder keep the last one of so many days, weeks and months, delete the others"),
    )
    upgrade = command(
        "upgrade", _("Back the database up, then bring it to this version and prove it sound, or change nothing."),
        backups.upgrade,
    )  # fmt: skip
    upgrade.add_argument(
        "--backups",
        metavar=_("FOLDER"),
        help=_("where the backup goes (default: KPICAT_BACKUPS, else data/var/backups)"),
    )
    restore = command("restore", _("Replace everything in the database by a backup."), backups.restore)
    restore.add_argument("source", metavar=_("IN"), type=Path, help=_("the backup to take back"))
    restore.add_argument("--check", action="store_true", help=_("only prove that it could be: nothing is replaced"))
    for each in (backup, upgrade, restore):
        each.add_argument(
            "--backup-key-file",
            metavar=_("FILE"),
            help=_("holds what backups are encrypted with (default: KPICAT_BACKUP_KEY_FILE, else they are not)"),
        )
    return [backup, upgrade, restore]


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) < 65536):
        raise ArgumentTypeError(_("“{text}” is no port; give a whole number up to 65535.").format(text=text))
    return int(text)


def _file(command: Any, **how_many: Any) -> None:
    about = _("a catalogue: workbook, text table, Word file or web page; or a folder or .zip of many units' files")
    command.add_argument("source", metavar=_("IN"), type=Path, help=about, **how_many)
    command.add_argument(
        "--guidance",
        metavar="ID",
        default=guidance.DEFAULT,
        help=_("the scale: {known} (default: {default})").format(
            known=", ".join(guidance.editions()), default=guidance.DEFAULT
        ),
    )
