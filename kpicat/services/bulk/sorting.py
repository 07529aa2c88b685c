"""Rows put in the order of a column, as a Vietnamese dictionary and a spreadsheet would."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from kpicat.model import FIELDS, Kind, values_of
from kpicat.services.bulk.moving import rearranged
from kpicat.services.bulk.proposal import Proposal, within
from kpicat.services.view import View
from kpicat.text.normalise import canonical

_PIECES = re.compile(r"(\d{1,1000})")  # a longer one is no number that anybody counts with
_NUMBER = "\U0010f000"  # after every sign that is written, in the last plane of private use
_LETTERS = {letter: chr(ord(_NUMBER) + n) for n, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng


def sort(view: View, ids: Sequence[str], field: str, *, descending: bool = False) -> Proposal:
    """Put rows in the order of a column, among the places they have; empty cells last, equals as they were."""
    meant = within(view, ids)
    cells = dict(zip(meant, _cells(view, meant, field), strict=True))
    filled = [item_id for item_id in meant if cells[item_id] is not None]
    filled.sort(key=lambda item_id: cells[item_id], reverse=descending)
    wanted = iter([*filled, *(item_id for item_id in meant if cells[item_id] is None)])
    sorted_ids = set(meant)
    rows = view.items.index.tolist()
    order = [next(wanted) if row in sorted_ids else row for row in rows]
    return rearranged(view, order, _longest_kept(rows, order))


def _cells(view: View, ids: Sequence[str], field: str) -> list[Any]:
    source = view.table if field in view.table else view.items
    values = values_of(source[field].loc[list(ids)])
    if field in FIELDS and FIELDS[field].kind is Kind.TEXT:
        return [dictionary_key(text) if text else None for text in values]
    return values


def dictionary_key(text: str) -> tuple[str, str, str]:
    """What texts are ordered by: letters as a, ă, â … đ; then tones; numbers in them by their size.

    The parts are texts of characters that stand in that order: other signs as they are, then
    numbers (how many digits, then these), then letters.
    """
    letters, tones = [], []
    for piece in _PIECES.split(canonical(text)):
        if piece.isdecimal():
            digits = str(int(piece))
            letters.append(f"{_NUMBER}{chr(len(digits))}{digits}")
            continue
        for character in piece:
            letter, tone = _letter_and_tone(character)
            letters.append(letter)
            tones.append(tone)
    return "".join(letters), "".join(tones), text


@lru_cache(4096)
def _letter_and_tone(character: str) -> tuple[str, str]:
    apart = unicodedata.normalize("NFD", character)
    tone = max((_TONES.get(mark, "0") for mark in apart), default="0")
    letter = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    return _LETTERS.get(letter, letter), tone


def _longest_kept(rows: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The most items that can stay where they are: the longest run of ``wanted`` in the order of ``rows``."""
    now = {item_id: n for n, item_id in enumerate(rows)}
    ends: list[int] = []  # of runs of each length, the smallest last position
    last: list[str] = []
    before: dict[str, str | None] = {}
    for item_id in wanted:
        length = bisect_left(ends, now[item_id])
        before[item_id] = last[length - 1] if length else None
        ends[length : length + 1] = [now[item_id]]
        last[length : length + 1] = [item_id]
    kept: list[str] = []
    at = last[-1] if last else None
    while at is not None:
        kept.append(at)
        at = before[at]
    return kept[::-1]
