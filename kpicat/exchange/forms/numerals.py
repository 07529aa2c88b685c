"""Numbers, dates and outline marks as an official Vietnamese document writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kpicat.model import plain

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def number(value: Decimal, decimals: int = 0) -> str:
    """1234.5 as 1.234,5; with at least so many decimals, and never fewer than it has."""
    whole, _, part = plain(value).partition(".")
    grouped = f"{Decimal(whole):,f}".replace(",", ".")
    part = part.ljust(decimals, "0")
    return f"{grouped},{part}" if part else grouped


def written_day(day: date | None) -> str:
    """ "ngày 05 tháng 02 năm 2026", dotted where it is not known.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I: days below 10 and the first two months take a zero.
    """
    if day is None:
        return "ngày … tháng … năm ……"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def roman(n: int) -> str:
    """1 as I, 4 as IV."""
    text = ""
    for value, sign in _ROMAN:
        times, n = divmod(n, value)
        text += sign * times
    return text


def letters(n: int) -> str:
    """1 as A, 26 as Z, 27 as AA."""
    text = ""
    while n:
        n, digit = divmod(n - 1, 26)
        text = chr(ord("A") + digit) + text
    return text
