"""Places of items among each other: texts that leave room between any two of them.

A place is ten digits, the number of the row, and after them a fraction in base 62
without trailing zeros: between ``0000000003`` and ``0000000004`` lies
``0000000003V``. Rows nobody has moved have no fraction and every place made here
has one, so a moved row never takes the place of one that was added. Compared as
plain code points (``0-9 < A-Z < a-z``); rows of one and the same place, made by two
people at once, stand in the order in which they were added.
"""

from __future__ import annotations

import re

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_WHOLE = 10  # digits before the fraction
_PLACE = re.compile(rf"(?!0{{{_WHOLE}}}$)[0-9]{{{_WHOLE}}}([0-9A-Za-z]*[1-9A-Za-z])?")


def is_place(text: str | None) -> bool:
    """Whether ``text`` can be a place."""
    return text is not None and _PLACE.fullmatch(text) is not None


def default_place(rank: int) -> str:
    """The place of an item nobody has moved; ``rank`` is the seq of its addition."""
    return f"{rank:0{_WHOLE}}"


def between(before: str | None, after: str | None) -> str:
    """A place after ``before`` and before ``after``; None where there is no neighbour.

    Raises:
        ValueError: ``before`` is not before ``after``.
    """
    return spread(before, after, 1)[0]


def spread(before: str | None, after: str | None, n: int) -> list[str]:
    """``n`` growing places strictly between two.

    Raises:
        ValueError: ``before`` is not before ``after``, or either is no place.
    """
    if not all(is_place(end) for end in (before, after) if end is not None):
        raise ValueError(f"not places: {before!r}, {after!r}")
    if before is not None and after is not None and before >= after:
        raise ValueError(f"{before!r} is not before {after!r}")
    whole, low, high = _gap(before, after)
    return [whole + fraction for fraction in _fractions(low, high, n)]


def _gap(before: str | None, after: str | None) -> tuple[str, str, str | None]:
    """The number that places between two begin with, and the fractions they lie between."""
    if before is None:
        if after is None:
            return default_place(0), "", None
        whole, fraction = after[:_WHOLE], after[_WHOLE:]
        return (whole, "", fraction) if fraction else (default_place(int(whole) - 1), "", None)
    whole, fraction = before[:_WHOLE], before[_WHOLE:]
    same = after is not None and after.startswith(whole)
    return whole, fraction, after[_WHOLE:] if after and same else None


def _fractions(low: str, high: str | None, n: int) -> list[str]:
    """``n`` fractions strictly between two, as few digits as it takes.

    Evenly, except beside an end: there they keep close to the neighbour they have, for
    whoever moves rows to an end does it again and again.
    """
    length, first, room = 0, 0, 0
    while room <= n:
        length += 1
        first = _number(low, length)
        room = (_BASE**length if high is None else _number(high, length) + bool(high[length:])) - first
    steps = range(1, n + 1)
    if low and high is None:
        numbers = [first + step for step in steps]
    elif high is not None and not low:
        numbers = [first + room - n - 1 + step for step in steps]
    else:
        numbers = [first + room * step // (n + 1) for step in steps]
    return [_text(number, length) for number in numbers]


def _number(fraction: str, length: int) -> int:
    """The first ``length`` digits of a fraction as a number."""
    number = 0
    for digit in fraction[:length].ljust(length, "0"):
        number = number * _BASE + _DIGITS.index(digit)
    return number


def _text(number: int, length: int) -> str:
    digits = []
    for _place in range(length):
        number, digit = divmod(number, _BASE)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits)).rstrip("0")
