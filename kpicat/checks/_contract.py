"""What a check is, what it sees and how it says so."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kpicat.checks._lines import Lines
from kpicat.guidance import Guidance
from kpicat.model import Level

Case = str | Mapping[str, object] | Sequence[Mapping[str, object]]
"""A task, field values over a complete item, or a small catalogue of such."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check sees; the fields are those of :class:`kpicat.model.Finding`."""

    item_id: str | None
    field: str
    message: str
    suggestion: str = ""
    other: str = ""


Pair = tuple[str, str]
"""Ids of two items, in order."""


class Check(Protocol):
    """What a module of this package must have.

    Attributes:
        SCOPE: "item" when what is said of an item rests on that item alone, so that
            editing another one changes nothing; "pairs" when lines are held against each
            other, see :class:`OfPairs`; else "catalogue".
        STEP: The place in the guidance.
        PASS, FAIL: Its own cases, with the default edition.
    """

    ID: str
    LEVEL: Level
    STEP: str
    SCOPE: Literal["item", "catalogue", "pairs"]
    PASS: tuple[Case, ...]
    FAIL: tuple[Case, ...]

    def check(self, items: Lines, guidance: Guidance) -> Iterator[Problem]:
        """Yield the problems among ``items``, none of which is a blank row."""


class OfPairs(Protocol):
    """What a check of scope "pairs" has besides."""

    def check(self, items: Lines, guidance: Guidance, apart: Collection[Pair]) -> Iterator[Problem]:
        """Yield the problems among ``items``; two of a pair in ``apart`` are not held against each other."""


class Grouped(Protocol):
    """What a check has besides, that holds lines against each other only within groups.

    What it says of a line rests on the lines that share a group with it, so that after an
    edit only these are looked at again.
    """

    def groups(self, items: Lines, place: int) -> Collection[Hashable]:
        """The groups in which the line at a place stands; none where it is held against no other."""
