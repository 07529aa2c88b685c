"""Areas side by side that fill a rectangle, each as large as its number, as nearly square as can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Tile(NamedTuple):
    """Where an area lies, as parts of the whole: from the left, from the top, how wide, how tall."""

    x: float
    y: float
    width: float
    height: float


WHOLE = Tile(0, 0, 1, 1)
_LEAST = 1e-9
"""Part of the whole below which an area is none: beside a giant others have no width a number could hold."""


def tiles(values: Sequence[float], shape: float, within: Tile = WHOLE) -> list[Tile]:
    """A tile for each value, in the order of the values.

    Args:
        values: At least one above 0, none below; a value of 0, or next to it, has no area.
        shape: How many times as wide as tall the whole is when drawn.
        within: Of which tile they are parts.

    Source: Bruls, Huizing, van Wijk, Squarified Treemaps (2000).
    """
    found = [within._replace(width=0, height=0)] * len(values)
    whole = sum(values) or 1
    parts = [value / whole for value in values]
    left = sorted((place for place, part in enumerate(parts) if part > _LEAST), key=parts.__getitem__, reverse=True)
    scale = within.width * within.height / sum(parts[place] for place in left) if left else 0
    room = within
    while left and room.width > 0 and room.height > 0:
        across = room.width * shape >= room.height
        side = room.height if across else room.width * shape
        most = 1
        while most < len(left) and _worst(parts, left[: most + 1], scale * shape, side) <= _worst(
            parts, left[:most], scale * shape, side
        ):
            most += 1
        row, left = left[:most], left[most:]
        sizes = [parts[place] * scale for place in row]
        laid, room = _down(sizes, room) if across else _right(sizes, room)
        for place, tile in zip(row, laid, strict=True):
            found[place] = tile
    return found


def _worst(values: Sequence[float], row: Sequence[int], scale: float, side: float) -> float:
    """How far from a square the least square of a row is, 1 for none."""
    areas = [values[place] * scale for place in row]
    thick = sum(areas) / side
    return max(max(thick**2 / area, area / thick**2) for area in areas)


def _down(sizes: Sequence[float], room: Tile) -> tuple[list[Tile], Tile]:
    """Areas below each other at the left of what room there is, and what is left of it."""
    thick, at, laid = sum(sizes) / room.height, room.y, []
    for size in sizes:
        laid.append(Tile(room.x, at, thick, size / thick))
        at += size / thick
    return laid, Tile(room.x + thick, room.y, max(room.width - thick, 0), room.height)


def _right(sizes: Sequence[float], room: Tile) -> tuple[list[Tile], Tile]:
    """The same from left to right, at its top."""
    turned, left = _down(sizes, _turned(room))
    return [_turned(tile) for tile in turned], _turned(left)


def _turned(tile: Tile) -> Tile:
    return Tile(tile.y, tile.x, tile.height, tile.width)
