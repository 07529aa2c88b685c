"""Text in a .csv that a spreadsheet must not run as a formula.

A cell that begins with one of :data:`DANGEROUS` is written with an apostrophe
before it; the reader takes that apostrophe off again. So text that itself begins
with an apostrophe and then one of these gets one too, and every text comes back
as it was.
"""

from __future__ import annotations

import re

DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""Also as East Asian keyboards type them, which spreadsheets there take for the same."""

_NEEDS_ONE = re.compile(rf"'*[{re.escape(DANGEROUS)}]")
_HAS_ONE = re.compile(rf"''*[{re.escape(DANGEROUS)}]")


def neutralise(text: str) -> str:
    """``text`` as no spreadsheet runs it; most texts are unchanged."""
    return f"'{text}" if _NEEDS_ONE.match(text) else text


def restore(text: str) -> str:
    """The text that :func:`neutralise` was given."""
    return text[1:] if _HAS_ONE.match(text) else text
