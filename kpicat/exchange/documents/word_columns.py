"""Columns of a Word table: its rows may each be cut a little differently.

Word stores each row's cells by the edges they span, and an edge that somebody
dragged by a millimetre in one row is an edge of its own. So the commonest row says
where the columns are; rows cut into as many cells follow it cell by cell, the
others by the nearest edges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_NEAR = 150  # twips (2.6 mm); the narrowest column, of running numbers, has about 400

Edges = tuple[int, ...]
"""Left edges of a row's cells and the right one of its last, in twips."""
Span = tuple[int, int]
"""First and last column of a cell, zero-based."""


def spans(rows: Sequence[Edges]) -> tuple[list[list[Span]], Edges]:
    """The columns each row's cells stand in, and the edges of the columns."""
    patterns = Counter(row for row in rows if len(row) > 1)
    if not patterns:
        return [[] for _row in rows], ()
    common = max(patterns, key=lambda edges: (patterns[edges], len(edges)))
    edges = list(common)
    for pattern, _times in patterns.most_common():
        if len(pattern) != len(common):
            edges += [edge for edge in pattern if all(abs(edge - known) > _NEAR for known in edges)]
    edges.sort()
    known = {pattern: _placed(common if len(pattern) == len(common) else pattern, edges) for pattern in patterns}
    return [known.get(row, []) for row in rows], tuple(edges)


def _placed(row: Edges, edges: Sequence[int]) -> list[Span]:
    found: list[Span] = []
    for left, right in pairwise(_nearest(edge, edges) for edge in row):
        first = max(left, found[-1][1] + 1 if found else 0)
        found.append((first, max(right - 1, first)))
    return found


def _nearest(edge: int, edges: Sequence[int]) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge))
