"""``api-tokens``: by which other software reads what was approved."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kpicat.commands.accounts import opened
from kpicat.commands.versions import day
from kpicat.language import _

if TYPE_CHECKING:
    from kpicat.access.records import Token


def describe(tokens: ArgumentParser) -> list[ArgumentParser]:
    """Say what may be typed after ``api-tokens``; returns the parser of each command."""
    commands = tokens.add_subparsers(metavar=_("COMMAND"), required=True)

    def command(name: str, about: str, does: Callable[[Namespace], int]) -> ArgumentParser:
        made: ArgumentParser = commands.add_parser(name, help=about, description=about)
        made.set_defaults(command=does)
        return made

    added = command("add", _("Make a token and print it, this once."), add)
    added.add_argument("name", metavar=_("NAME"), help=_("of the software that will show it"))
    added.add_argument(
        "--catalogue", metavar=_("CATALOGUE"), action="append", dest="catalogues",
        help=_("id of one that it may read, and once more for each other (default: all, those of tomorrow too)"),
    )  # fmt: skip
    added.add_argument("--until", metavar=_("DATE"), type=day, help=_("the last day on which it is good"))
    listed = command("list", _("List the tokens, one a line; none of them can be shown again."), list_)
    ended = command("revoke", _("Withdraw a token: from the next request on it lets nobody in."), revoke)
    ended.add_argument("id", metavar="ID", help=_("as “list” gives it"))
    return [added, listed, ended]


def add(asked: Namespace) -> int:
    """Make a token; it alone is on standard output, so that a script can take it."""
    from kpicat.services import access, publishing

    with opened() as store:
        made = publishing.make_token(
            store, access.CONSOLE, asked.name, catalogue_ids=asked.catalogues, until=asked.until, at=datetime.now(UTC)
        )
    print(made)
    print(_("Copy it into the software now: it is shown this once, and kept by nobody."), file=sys.stderr)
    return 0


def list_(asked: Namespace) -> int:
    """Print each token: id, name, what it is, what it reads, until when, when last used."""
    from kpicat.services import access, publishing

    now = datetime.now(UTC)
    with opened() as store:
        for token in publishing.tokens(store, access.CONSOLE):
            print(*_told(token, now), sep="\t")
    return 0


def revoke(asked: Namespace) -> int:
    """Withdraw a token."""
    from kpicat.services import access, publishing

    with opened() as store:
        ended = publishing.revoke_token(store, access.CONSOLE, asked.id, at=datetime.now(UTC))
    print(_("{name} is let in no more by this token.").format(name=ended.name))
    return 0


def _told(token: Token, now: datetime) -> list[str]:
    state = "good" if token.is_good(now) else "withdrawn" if token.revoked_at else "expired"
    reads = "*" if token.catalogues is None else ",".join(sorted(token.catalogues))
    moments = [f"{at:%Y-%m-%dT%H:%M%z}" if at else "-" for at in (token.expires_at, token.used_at)]
    return [token.id, token.name, state, reads, *moments]
