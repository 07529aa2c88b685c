"""Words in the reader's language: English in the code, Vietnamese from a .po file.

The core asks for a sentence with :func:`_`; who is reading is decided at the
edge, of a browser's session by :func:`resolve_with`, of a terminal within :func:`usually`;
what is written for others than the reader is written within :func:`speaking`.
Numbers and dates follow the same language, through Babel.
"""

from __future__ import annotations

import errno
import functools
import gettext
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

from babel.dates import format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
DEFAULT = "vi"
_LOCALE = Path(__file__).parent / "locale"

_current: Callable[[], str | None] = lambda: None  # noqa: E731 - replaced by resolve_with
_usual = DEFAULT

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def resolve_with(current: Callable[[], str | None]) -> None:
    """Let ``current`` say the reader's language from now on (None: the usual one)."""
    global _current
    _current = current


@contextmanager
def usually(code: str) -> Iterator[None]:
    """Within it that language is what nobody's browser is asked about: what is said on a terminal, and of a server."""
    global _usual
    before, _usual = _usual, code
    try:
        yield
    finally:
        _usual = before


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within it everything is said in that language, whoever reads: a document of the authority's, in Vietnamese."""
    before = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """The reader's language, a key of :data:`LANGUAGES`."""
    asked = _spoken.get() or _current() or _usual
    return asked if asked in LANGUAGES else DEFAULT


def _(message: str) -> str:
    """``message`` (English, in the code) in the reader's language."""
    return _translations(language()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """``one`` or ``many`` as ``n`` asks, in the reader's language."""
    return _translations(language()).ngettext(one, many, n)


def number(value: Decimal | int | float | None, decimals: int | None = None) -> str:
    """A number as the reader writes it: 1.234,5 in Vietnamese; "" for None.

    Args:
        value: The number.
        decimals: Exactly so many decimals, halves away from zero; None shows those that are there.
    """
    if value is None:
        return ""
    pattern = "#,##0." + "#" * 12 if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=1000, rounding=ROUND_HALF_UP):
        return format_decimal(value, format=pattern, locale=language())


def percent(share: float | Decimal) -> str:
    """A share from 0 to 1 as a percentage with one decimal: 12,5 %.

    What is not nothing never reads as nothing, nor what is not the whole as the whole: < 0,1 %, > 99,9 %.
    """
    part, sign = Decimal(str(share)), ""
    if 0 < part < Decimal("0.0005"):
        part, sign = Decimal("0.001"), "<\N{NO-BREAK SPACE}"
    elif Decimal("0.9995") <= part < 1:
        part, sign = Decimal("0.999"), ">\N{NO-BREAK SPACE}"
    return f"{sign}{number(part * 100, 1)}\N{NO-BREAK SPACE}%"


def percentage_points(moved: Decimal) -> str:
    """By how much a share from 0 to 1 moved, with one decimal or as many as it takes to say anything."""
    points = moved * 100
    return _("{n} percentage points").format(n=number(points, max(1, -points.adjusted())))


def signed(value: Decimal, write: Callable[[Decimal], str] = number) -> str:
    """A difference with its sign, above 0 too: +1,5.

    Args:
        value: The difference.
        write: How the number is written.
    """
    return f"{'+' if value > 0 else ''}{write(value)}"


def moment(at: datetime) -> str:
    """A date and time as the reader writes it: 22/11/2026 14:05."""
    return format_datetime(at, "dd/MM/yyyy HH:mm", locale=language())


def why(error: OSError) -> str:
    """Why the system refused a file, in the reader's words where it is one of the usual reasons."""
    words = {
        errno.EACCES: _("no permission"),
        errno.EPERM: _("no permission"),
        errno.ENOENT: _("there is no such folder"),
        errno.ENOTDIR: _("there is no such folder"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOSPC: _("the disk is full"),
        errno.EROFS: _("the disk is read-only"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    return words.get(error.errno or 0) or error.strerror or type(error).__name__


@functools.cache
def _translations(code: str) -> gettext.NullTranslations:
    path = _LOCALE / code / "LC_MESSAGES" / "kpicat.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as po:
        write_mo(compiled, read_po(po, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
