"""``settings``: what holds, who says so, and what there is to set."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from kpicat import settings
from kpicat.language import _
from kpicat.settings import Setting


def show(asked: Namespace) -> int:
    """Print each setting, its value and who says so; or the table of the manual."""
    if asked.format == "markdown":
        print(table())
        return 0
    for each in settings.KNOWN.values():
        print(each.key, *_held(each), sep="\t")
    for name in settings.unknown_variables():
        print(_("{name} is in the environment and is no setting.").format(name=name), file=sys.stderr)
    settings.insist()
    return 0


def table() -> str:
    """All there is to set, as Markdown in the reader's language."""
    return "\n".join(
        (f"| {_('in the file')} | {_('in the environment')} | {_('default')} | {_('what for')} |", *_rows())
    )


def _rows() -> Iterator[str]:
    yield "|---|---|---|---|"
    for each in settings.KNOWN.values():
        default = f"`{each.default}`" if each.default else ""
        yield f"| {'' if each.secret else f'`{each.key}`'} | `{each.variable}` | {default} | {_(each.about)} |"


def _held(setting: Setting) -> tuple[str, str]:
    """Its value, without what is secret, and who says so."""
    said = settings.said(setting.key)
    value = settings.MASK if setting.secret and said.value else settings.masked(said.value)
    return value, said.by or _("default")
