"""``explain``: what a check asks, by what right, why, what to do, and lines that keep and that break it."""

from __future__ import annotations

from argparse import Namespace
from difflib import get_close_matches

from kpicat.errors import InputError
from kpicat.language import _

_LIKE = 0.5  # share of its letters that an id has in common with what was typed


def explain(asked: Namespace) -> int:
    """Print a check's manual, or every check with its principle.

    Raises:
        InputError: There is no such check; the sentence names those most like it.
    """
    from kpicat import checks

    if asked.check is None:
        width = max(map(len, checks.ids()))
        for check_id in checks.ids():
            print(f"{check_id:<{width}}  {checks.principle(check_id)}")
    else:
        print(manual(_known(asked.check, checks.ids())))
    return 0


def manual(check_id: str) -> str:
    """A check's manual as Markdown in the reader's language, under its id as a heading of the second order."""
    from kpicat import checks
    from kpicat.commands.records import level_word

    check = checks.get(check_id)
    keep, broken = checks.examples(check_id)
    return "\n\n".join([
        f"## {check_id}",
        f"*{level_word(check.LEVEL)} · {check.STEP}*",
        checks.manual(check_id),
        _("Lines that keep it (what is not named is filled in and alike, and other checks may have a word to say):"),
        "\n".join(f"- {text}" for text in keep),
        _("Lines that break it:"),
        "\n".join(f"- {text}" for text in broken),
    ])  # fmt: skip


def _known(asked: str, ids: tuple[str, ...]) -> str:
    typed = asked.lower().replace("_", "-")
    if typed in ids:
        return typed
    like = dict.fromkeys([*(one for one in ids if typed and typed in one), *get_close_matches(typed, ids, 3, _LIKE)])
    if not like:
        raise InputError(_("There is no check “{id}”; “explain” alone lists those there are.").format(id=asked))
    raise InputError(_("There is no check “{id}”; did you mean {like}?").format(id=asked, like=", ".join(like)))
