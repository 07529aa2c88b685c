"""Columns and fields paired so that all pairs together are the likeliest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_FAR = float("inf")


def paired(worth: Mapping[tuple[int, str], float]) -> dict[int, str]:
    """The pairs of greatest total worth, each column and each field in one at most.

    Args:
        worth: (column, field) -> what the pair is worth, above 0; what is missing can be no pair.
    """
    wishes: dict[int, dict[str, float]] = {}
    for (column, field), value in worth.items():
        wishes.setdefault(column, {})[field] = value
    best = {column: max(fields, key=fields.__getitem__) for column, fields in wishes.items()}
    if len(set(best.values())) == len(best):
        return best  # nobody wants what another has
    fields = list(dict.fromkeys(field for _column, field in worth))
    chosen = _least([[-own.get(field, 0.0) for field in fields] for own in wishes.values()])
    pairs = ((column, fields[n]) for column, n in zip(wishes, chosen, strict=True) if n is not None)
    return {column: field for column, field in pairs if field in wishes[column]}


def _least(cost: Sequence[Sequence[float]]) -> list[int | None]:
    """For each row a column of its own, or none at no cost, so that the sum is least.

    The Hungarian method, by shortest paths: each row in turn takes the column that costs least when those who
    hold what is wanted are moved on, or leave.
    """
    width = len(cost[0])
    rows, columns = [0.0] * len(cost), [0.0] * (width + 1)  # the potentials; column 0 is where a path begins
    taken: list[int | None] = [None] * (width + 1)  # column, from 1 -> its row
    for row in range(len(cost)):
        taken[0], at = row, 0
        nearest, came_from, seen = [_FAR] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        leaving, leaves = _FAR, 0
        while (holder := taken[at]) is not None:
            seen[at] = True
            if -rows[holder] < leaving:
                leaving, leaves = -rows[holder], at
            step, following = _FAR, 0
            for column in range(1, width + 1):
                if seen[column]:
                    continue
                reduced = cost[holder][column - 1] - rows[holder] - columns[column]
                if reduced < nearest[column]:
                    nearest[column], came_from[column] = reduced, at
                if nearest[column] < step:
                    step, following = nearest[column], column
            ends = leaving < step
            step = min(leaving, step)
            for column in range(width + 1):
                if not seen[column]:
                    nearest[column] -= step
                elif (own := taken[column]) is not None:
                    rows[own] += step
                    columns[column] -= step
            leaving -= step
            at = leaves if ends else following
            if ends:
                break
        while at:
            taken[at] = taken[came_from[at]]
            at = came_from[at]
    chosen: list[int | None] = [None] * len(cost)
    for column in range(1, width + 1):
        if (own := taken[column]) is not None:
            chosen[own] = column - 1
    return chosen
