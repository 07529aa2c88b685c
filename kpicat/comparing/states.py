"""Two states of a catalogue: what became of each line, and how that leads from the old total to the new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from kpicat.comparing.matching import match
from kpicat.convert import EXACT, total
from kpicat.guidance import Guidance
from kpicat.model import values_of
from kpicat.text.normalise import canonical

CHANGES = ("added", "dropped", "renamed", "retiered", "repointed", "requantified", "rescaled", "reassigned")
"""What may have become of a line: new, gone, in other words, of another tier, of other points within its tier, of
another quantity, of another coefficient by the scale alone, at another position or department."""
EFFECTS = ("added", "dropped", "tier", "points", "scale", "quantity", "gaps")
"""What moves the total: lines, tiers, points, the scale's own numbers, quantities, and cells filled in or emptied."""
_NAMED, _ASSIGNED = ("task", "detail", "product"), ("position", "department")
_FIELDS, _COLUMNS = (*_NAMED, *_ASSIGNED), ("tier", "points", "coefficient", "quantity", "converted_quantity")
_ZERO = Decimal(0)


@dataclass(frozen=True, eq=False)
class State:
    """A catalogue at one moment.

    Attributes:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        guidance: The scale.
    """

    items: pd.DataFrame
    table: pd.DataFrame
    guidance: Guidance

    def lines(self, fields: Sequence[str], columns: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Id -> field or column -> value, of some fields of the items and some columns of the table."""
        values = [values_of(self.items[name]) for name in fields] + [values_of(self.table[name]) for name in columns]
        names, ids = (*fields, *columns), self.items.index.tolist()
        return {id: dict(zip(names, row, strict=True)) for id, *row in zip(ids, *values, strict=True)}


@dataclass(frozen=True, slots=True)
class Pair:
    """A line before and after.

    Attributes:
        before, after: Its ids; None where it was not there.
        changes: Of :data:`CHANGES`; empty for a line that is as it was.
        moves: Effect -> standard units a year that it adds to the total, only those that are not 0.
    """

    before: str | None
    after: str | None
    changes: frozenset[str]
    moves: Mapping[str, Decimal]

    @property
    def moved(self) -> Decimal:
        """What it adds to the total in all."""
        return total(self.moves.values())


@dataclass(frozen=True, eq=False)
class Comparison:
    """What lies between two states.

    Attributes:
        pairs: Every line once, those of ``after`` in their order, then those that are gone.
        old, new: The converted totals; ``old`` and all ``effects`` add up to ``new``, to the last digit.
        effects: Each of :data:`EFFECTS` -> what it adds.
    """

    before: State
    after: State
    pairs: tuple[Pair, ...]
    old: Decimal
    new: Decimal
    effects: Mapping[str, Decimal]

    def count(self, change: str) -> int:
        """How many lines a change has happened to."""
        return sum(change in pair.changes for pair in self.pairs)


def compare(before: State, after: State, *, one_log: bool) -> Comparison:
    """What became of each line.

    Args:
        before, after: The states.
        one_log: They are of one catalogue, whose lines keep their ids.
    """
    old, new = (state.lines(_FIELDS, _COLUMNS) for state in (before, after))
    pairs = tuple(
        Pair(was, now, *_difference(old.get(was or ""), new.get(now or "")))
        for was, now in match(before.items, after.items, one_log=one_log)
    )
    effects = {name: total(pair.moves.get(name) for pair in pairs) for name in EFFECTS}
    first, last = (total(state.table["converted_quantity"]) for state in (before, after))
    return Comparison(before, after, pairs, first, last, effects)


def _difference(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> tuple[frozenset[str], Mapping[str, Decimal]]:
    """Of a line: what became of it, and what that adds to the total."""
    if old is None or new is None:
        there = new or old or {}
        amount = there["converted_quantity"] or _ZERO
        name, moved = ("added", amount) if old is None else ("dropped", amount.copy_negate())
        return frozenset({name}), {name: moved} if moved else {}
    found = set()
    if any(canonical(old[name]) != canonical(new[name]) for name in _NAMED):
        found.add("renamed")
    if old["tier"] != new["tier"]:
        found.add("retiered")
    elif old["points"] != new["points"]:
        found.add("repointed")
    if old["quantity"] != new["quantity"]:
        found.add("requantified")
    if old["points"] == new["points"] and old["coefficient"] != new["coefficient"]:
        found.add("rescaled")
    if any(canonical(old[name]) != canonical(new[name]) for name in _ASSIGNED):
        found.add("reassigned")
    return frozenset(found), {name: amount for name, amount in _moves(old, new).items() if amount}


def _moves(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Decimal]:
    """The coefficient at the old quantity, then the quantity at the new coefficient: together the whole difference."""
    was, now = old["converted_quantity"], new["converted_quantity"]
    if was is None or now is None:
        return {"gaps": EXACT.subtract(now or _ZERO, was or _ZERO)}
    by_tier = "scale" if old["points"] == new["points"] else "points" if old["tier"] == new["tier"] else "tier"
    ratio = EXACT.multiply(EXACT.subtract(new["coefficient"], old["coefficient"]), old["quantity"])
    amount = EXACT.multiply(EXACT.subtract(new["quantity"], old["quantity"]), new["coefficient"])
    return {by_tier: ratio, "quantity": amount}
