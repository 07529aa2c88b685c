"""Headings of several rows put together: which stands over which, and which part names a column best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpicat.exchange.tables import columns, lines
from kpicat.exchange.tables.grid import Merge, Row, Sheet
from kpicat.exchange.tables.likeness import likeness

_STACK = "\x00"


def parts(headings: Mapping[int, str]) -> dict[int, list[str]]:
    """Column -> its headings, from the top, of what :func:`stacked` gives."""
    return {column: text.split(_STACK) for column, text in headings.items()}


def readable(headings: Mapping[int, str]) -> dict[int, str]:
    """For each column the words that name it best: its lowest heading, all of them, its topmost."""
    chosen = {}
    for column, own in parts(headings).items():
        forms = [own[-1], " ".join(own), *reversed(own)]
        chosen[column] = min(forms, key=_how_unlike)
    return chosen


def _how_unlike(form: str) -> float:
    """0 for a heading's very words … 9 for words that are like none."""
    named = min(columns.fields_named(form).values(), default=None)
    return 9 - max(likeness(form).values(), default=0) if named is None else named


def stacked(rows: Sequence[Row], texts: Sequence[Mapping[int, str]], sheet: Sheet) -> dict[int, str] | None:
    """Headings of several rows put together, or None where the lower rows are not part of a header.

    A lower heading stands under an empty cell or under a heading that spans columns.
    """
    top = dict(texts[0])
    for row, below in zip(rows, texts[1:], strict=False):
        spans = _spans(top, below, sheet.merges_from.get(row.number, ()))
        further = {column: text for column, text in below.items() if column in top and column not in spans}
        if further and not _go_on(top, further):
            return None
        if not any(column in spans for column in below) and len(below) > len(top):
            return None  # a title above a header, not a part of it
        for column, text in below.items():
            over = spans.get(column)
            top[column] = f"{top[column]} {text}" if column in further else f"{over}{_STACK}{text}" if over else text
    return top


def _go_on(top: Mapping[int, str], below: Mapping[int, str]) -> bool:
    """The lower row has the rest of headings that a row was too narrow for: "Tên" over "công việc"."""
    whole = [columns.is_heading(f"{top[column]} {text}") for column, text in below.items()]
    return all(map(lines.goes_on_mid_sentence, below.values())) and 2 * sum(whole) > len(whole)


def _spans(top: Mapping[int, str], below: Mapping[int, str], merges: Sequence[Merge]) -> dict[int, str]:
    """Column -> the heading of ``top`` that spans it and others."""
    spans: dict[int, str] = {}
    for merge in merges:
        if merge.right > merge.left and merge.left in top:
            reach = min(merge.right, max(below))
            spans |= dict.fromkeys(range(merge.left, reach + 1), top[merge.left])
    if len(top) < 2:
        return {}  # a title
    if spans:
        return spans
    for column in sorted(below):  # no merges in this file: a heading spans the blanks after it
        if column not in top:
            left = max((c for c in top if c < column), default=None)
            if left is not None and left in below and all(c in below for c in range(left, column)):
                spans |= {left: top[left], column: top[left]}
    return spans
