"""Names of accounts: what the log calls somebody, so no two look alike."""

from __future__ import annotations

import unicodedata

from kpicat.errors import InputError
from kpicat.language import _

LONGEST = 60


def tidy(name: str) -> str:
    """A name as it is kept: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name[: 4 * LONGEST]).split())


def folded(name: str) -> str:
    """A name as it must not occur twice: whatever looks the same is the same."""
    return unicodedata.normalize("NFKC", tidy(name)).casefold()


def insist_on_name(name: str) -> str:
    """A name that may be one, as it is kept.

    Raises:
        InputError: It is none.
    """
    kept = tidy(name)
    if not kept or len(kept) > LONGEST or not kept.isprintable() or not any(map(str.isalpha, kept)):
        words = _("A name has letters and at most {most} characters, none of them invisible; type it anew.")
        raise InputError(words.format(most=LONGEST))
    return kept


def taken(name: str) -> InputError:
    """The error that a name is another's."""
    words = _("Somebody called {name} has an account already; add your title or department.")
    return InputError(words.format(name=name))
