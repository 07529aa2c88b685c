"""The catalogue as a scenario would have it.

One rule says what points an item gets: those of its tier where the tier has a single mark; in a frame its own
points, as far as they lie within, else the nearest end. It is kept to wherever a scenario gives a tier or moves
the marks of one. Points that are off the scale were somebody's decision, and are not moved by the marks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from kpicat.convert import converted
from kpicat.errors import InputError
from kpicat.guidance import Guidance, Tier
from kpicat.language import _
from kpicat.model import FIELDS, Kind, values_of
from kpicat.scenario.body import Rule, Scenario
from kpicat.standard_unit import would_become
from kpicat.text.normalise import fold

_TEXTS = [name for name, f in FIELDS.items() if f.kind is Kind.TEXT]


def applied(
    items: pd.DataFrame,
    guidance: Guidance,
    scenario: Scenario,
    *,
    table: pd.DataFrame | None = None,
    texts: pd.Series | None = None,
    but: Collection[str] = (),
) -> tuple[pd.DataFrame, Guidance]:
    """The items and the scale as the scenario has them.

    Where tier or points become others the coefficient a file had stated is withdrawn. An item
    that the scenario names and that is there no more is passed over.

    Args:
        items: As :func:`kpicat.model.items_frame` gives; not changed.
        guidance: The catalogue's scale.
        scenario: What is tried.
        table: ``convert.converted(items, guidance)``, where it is at hand.
        texts: Every item's texts folded, where they are at hand; only rules with words ask for them.
        but: Ids of items that get no tier of the scenario's.

    Raises:
        InputError: The marks are out of order, a tier is none of the scale, or the standard unit is gone.
    """
    scale = guidance.adjusted(scenario.marks)
    table = converted(items, guidance) if table is None else table
    levels = values_of(table["tier"])
    scores: list[Decimal | None] = table["points"].tolist()
    given_now = given(items, scenario, table, texts)
    wanted = [None if row in but else given_now.get(row) for row in items.index.tolist()]
    known = {tier.level: tier for tier in scale.tiers}
    if wrong := set(wanted) - known.keys() - {None}:
        words = _("The scenario gives tier {level}, which this scale does not have; choose another tier.")
        raise InputError(words.format(level=next(iter(wrong))))
    moved = {old.level for old, new in zip(guidance.tiers, scale.tiers, strict=True) if _span(old) != _span(new)}
    tiers = values_of(items["tier"])
    points: list[Decimal | None] = items["points"].tolist()
    changed = []
    for place, (level, score) in enumerate(zip(levels, scores, strict=True)):
        if (to := wanted[place]) is not None:
            new = to, _fitting(known[to], score)
        elif level in moved and (tier := guidance.tier(level)) and tier.holds(points[place]):
            new = tiers[place], _fitting(known[level], score)
        else:
            continue
        if new != (tiers[place], points[place]):
            tiers[place], points[place] = new
            changed.append(place)
    after = _with(items, tiers, points, changed) if changed else items
    return (_with_unit(after, scale, scenario) if scenario.standard_unit else after), scale


def given(
    items: pd.DataFrame, scenario: Scenario, table: pd.DataFrame, texts: pd.Series | None = None
) -> Mapping[str, int]:
    """Id of an item -> the tier that a rule or a row of the scenario gives it; other items are absent.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        scenario: What is tried.
        table: Their converted table.
        texts: As for :func:`applied`.
    """
    ids = items.index.tolist()
    levels = values_of(table["tier"])
    found: dict[str, int] = {}
    for rule in scenario.rules:
        places = np.flatnonzero(matching(items, rule, levels, texts)).tolist()
        found.update((ids[place], rule.to) for place in places)
    there = set(ids) if scenario.tiers else ()
    return found | {row: to for row, to in scenario.tiers.items() if row in there}


def matching(
    items: pd.DataFrame, rule: Rule, levels: Sequence[int | None], texts: pd.Series | None = None
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which items a rule finds, one flag an item.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        rule: The filter.
        levels: Each item's tier, stated or by its points.
        texts: As for :func:`applied`.
    """
    found = np.ones(len(items), dtype=bool)
    for name in ("group", "department", "position"):
        if values := getattr(rule, name):
            found &= items[name].isin(values).to_numpy()
    if rule.tiers:
        found &= np.array([(level or 0) in rule.tiers for level in levels], dtype=bool)
    words = fold(rule.words).split()
    if words:
        there = _folded(items) if texts is None else texts.tolist()
        found &= np.array([all(word in text for word in words) for text in there], dtype=bool)
    return found


def _folded(items: pd.DataFrame) -> list[str]:
    return [fold("\n".join(cells)) for cells in zip(*(items[name].tolist() for name in _TEXTS), strict=True)]


def _span(tier: Tier) -> tuple[Decimal, Decimal]:
    return tier.lowest, tier.highest


def _fitting(tier: Tier, score: Decimal | None) -> Decimal | None:
    """The points an item of a tier has, which had ``score``."""
    if tier.mark is not None or score is None:
        return tier.mark
    return min(max(score, tier.lowest), tier.highest)


def _with(
    items: pd.DataFrame, tiers: Sequence[int | None], points: Sequence[Decimal | None], changed: Sequence[int]
) -> pd.DataFrame:
    """The items with these tiers and points; those changed lose the coefficient that was stated."""
    after = items.copy(deep=False)
    after["tier"] = pd.Series(list(tiers), items.index, dtype="Int64")
    after["points"] = pd.Series(list(points), items.index, dtype="object")
    stated = items["coefficient"].tolist()
    for place in changed:
        stated[place] = None
    after["coefficient"] = pd.Series(stated, items.index, dtype="object")
    return after


def _with_unit(items: pd.DataFrame, scale: Guidance, scenario: Scenario) -> pd.DataFrame:
    """The items with another standard unit, which has exactly the scale's standard points."""
    lines = would_become(items, scale, scenario.standard_unit, rescaled=scenario.rescaled).lines
    tiers = values_of(items["tier"])
    points: list[Decimal | None] = items["points"].tolist()
    changed = []
    for place, (old, new) in enumerate(zip(lines["points_before"], lines["points_after"], strict=True)):
        if old != new:
            points[place] = new
            tiers[place] = tier.level if (tier := scale.tier_of(new)) else tiers[place]
            changed.append(place)
    after = _with(items, tiers, points, changed)
    parts = scale.parts(items)
    here = parts[items.index.tolist().index(scenario.standard_unit)]
    marks = zip(items.index.tolist(), parts, items["standard_unit"].tolist(), strict=True)
    after["standard_unit"] = [row == scenario.standard_unit if part == here else mark for row, part, mark in marks]
    return after
