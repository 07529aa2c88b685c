"""Which lines stand in a group together, for checks that hold lines against each other, and what an edit moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import cast

from kpicat.checks._contract import Grouped
from kpicat.checks._lines import Lines


class Groups:
    """Which lines stand in a group together."""

    def __init__(self, of_line: list[Collection[Hashable]], lines: dict[Hashable, Sequence[int]]) -> None:
        self._of_line = of_line
        self._lines = lines

    @classmethod
    def of(cls, check: Grouped, lines: Lines) -> Groups:
        """The groups of all lines."""
        of_line = [check.groups(lines, place) for place in range(len(lines))]
        members: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place, keys in enumerate(of_line):
            for key in keys:
                members[key].append(place)
        return cls(of_line, cast(dict[Hashable, Sequence[int]], members))

    def moved(self, check: Grouped, lines: Lines, places: Iterable[int]) -> tuple[Groups, set[int]]:
        """The groups after an edit of some lines, and the lines that share one with them, before or after."""
        of_line, members, near = self._of_line.copy(), self._lines.copy(), set(places)
        for place in places:
            new = check.groups(lines, place)
            for key in of_line[place]:
                near.update(members[key])
                members[key] = [each for each in members[key] if each != place]
            for key in new:
                there = members.get(key, ())
                near.update(there)
                members[key] = sorted((*there, place))
            of_line[place] = new
        return Groups(of_line, members), near

    def around(self, places: Iterable[int]) -> list[int]:
        """The lines that share a group with one of these, and these, in order."""
        keys = {key for place in places for key in self._of_line[place]}
        return sorted({*places, *(each for key in keys for each in self._lines[key])})
