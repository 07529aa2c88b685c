"""Columns and fields paired so that all pairs together are the likeliest."""

from __future__ import annotations

from collections.abc import Mapping


def paired(worth: Mapping[tuple[int, str], float]) -> dict[int, str]:
    """The pairs of greatest total worth, each column and each field in one at most.

    Args:
        worth: (column, field) -> what the pair is worth, above 0; what is missing can be no pair.
    """
    columns = list(dict.fromkeys(column for column, _field in worth))
    best = {column: max((f for c, f in worth if c == column), key=lambda f: worth[column, f]) for column in columns}
    if len(set(best.values())) == len(best):
        return best  # nobody wants what another has
    fields = list(dict.fromkeys(field for _column, field in worth))
    cost = [[-worth.get((c, f), 0.0) for f in fields] + [0.0] * len(columns) for c in columns]
    chosen = _least(cost)
    return {c: fields[n] for c, n in zip(columns, chosen, strict=True) if n < len(fields) and (c, fields[n]) in worth}


def _least(cost: list[list[float]]) -> list[int]:
    """For each row a column of its own so that the sum is least (the Hungarian method, by shortest paths)."""
    height, width = len(cost), len(cost[0])
    rows, columns = [0.0] * (height + 1), [0.0] * (width + 1)  # the potentials, places from 1
    taken = [0] * (width + 1)  # column -> its row; 0 for none
    for row in range(1, height + 1):
        taken[0], at = row, 0
        nearest, came_from, seen = [float("inf")] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while taken[at]:
            seen[at] = True
            step, following = float("inf"), 0
            for column in range(1, width + 1):
                if seen[column]:
                    continue
                reduced = cost[taken[at] - 1][column - 1] - rows[taken[at]] - columns[column]
                if reduced < nearest[column]:
                    nearest[column], came_from[column] = reduced, at
                if nearest[column] < step:
                    step, following = nearest[column], column
            for column in range(width + 1):
                if seen[column]:
                    rows[taken[column]] += step
                    columns[column] -= step
                else:
                    nearest[column] -= step
            at = following
        while at:
            taken[at] = taken[came_from[at]]
            at = came_from[at]
    chosen = [0] * height
    for column in range(1, width + 1):
        if taken[column]:
            chosen[taken[column] - 1] = column - 1
    return chosen
