"""A scenario tried on a view: made once for all who look at the same, and again only when one of the two moves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pandas as pd

from kpicat.guidance.edition import span
from kpicat.language import language
from kpicat.model import plain, values_of
from kpicat.model.scenarios import SavedScenario
from kpicat.scenario import Difference, Rule, Scenario, Side, applied, decode, difference, matching, side
from kpicat.services.keeping import Kept
from kpicat.services.view import View
from kpicat.store import Store

MOST_COMPARED = 4
_MOST_KEPT = 12  # scenarios of a view whose figures are at hand


def ground(store: Store, view: View, kept: SavedScenario | None) -> View:
    """What a scenario is tried on: the catalogue as it stands or, once it was adopted, as it stood before that.

    Raises:
        UnknownCatalogue: The log was put back to before that.
    """
    if kept is None or kept.adopted is None or kept.adopted == view.seq:
        return view
    seq = kept.adopted
    return view.own.get(("stood", seq), lambda: View(store.reading(view.catalogue.id, seq)))


def before(view: View) -> Side:
    """The catalogue as it is, as it is held against what is tried; made once a view."""
    return view.own.get(
        ("as it is", language()), lambda: side(view.items, view.guidance, table=view.table, apart=view.told_apart)
    )


def tried(view: View, scenario: Scenario) -> Difference:
    """What becomes of the catalogue.

    Raises:
        InputError: The marks are out of order, a tier is none of the scale, or the standard unit is gone.
    """

    def make() -> Difference:
        as_it_is = before(view)
        items, scale = applied(
            view.items, view.guidance, scenario, table=view.table, texts=texts(view, *scenario.rules)
        )
        return difference(as_it_is, side(items, scale, apart=view.told_apart, like=as_it_is))

    kept: Kept = view.own.get("scenarios", lambda: Kept(_MOST_KEPT))
    return kept.get((language(), scenario.encode()), make)


def became(store: Store, view: View, kept: SavedScenario) -> Difference:
    """What became of the catalogue when a scenario was adopted, without the places that were left as they were.

    Raises:
        UnknownCatalogue: The log was put back to before that.
    """
    stood, about = ground(store, view, kept), view.catalogue.id
    batch = next(iter(store.batches(about, before=stood.seq + 2, limit=1)), None)
    if batch is None or batch.first_seq != stood.seq + 1:  # the log was put back to just before it
        return tried(stood, decode(kept.body))

    def make() -> Difference:
        after = View(store.reading(about, batch.last_seq))
        as_it_was = before(stood)
        adopted = side(after.items, after.guidance, table=after.table, apart=after.told_apart, like=as_it_was)
        return difference(as_it_was, adopted)

    return stood.own.get(("became", batch.id, language()), make)


def found_by(view: View, rule: Rule) -> int:
    """How many lines a rule meets."""
    levels = values_of(view.table["tier"])
    return int(np.count_nonzero(matching(view.items, rule, levels, texts(view, rule))))


def texts(view: View, *rules: Rule) -> pd.Series | None:
    """Every item's texts folded, made where one of the rules looks for words."""
    return view.haystack if any(rule.words.strip() for rule in rules) else None


def spans(view: View, scenario: Scenario) -> dict[str, tuple[Decimal, Decimal]]:
    """Tier key -> lowest and highest points in the scenario, also where these are out of order."""
    own = json.loads(scenario.marks or "{}", parse_float=Decimal, parse_int=Decimal)
    return {
        tier.key: span(own[tier.key], tier.key) if tier.key in own else (tier.lowest, tier.highest)
        for tier in view.guidance.tiers
    }


def marks_of(view: View, spans: Mapping[str, tuple[Decimal, Decimal]]) -> str:
    """Marks as a scenario keeps them: those that are other than the catalogue's; "" where none is.

    Args:
        spans: Tier key -> lowest and highest points.
    """
    other = {
        tier.key: {"points": plain(low)} if low == high else {"lowest": plain(low), "highest": plain(high)}
        for tier in view.guidance.tiers
        for low, high in [spans[tier.key]]
        if (low, high) != (tier.lowest, tier.highest)
    }
    return json.dumps(other, ensure_ascii=False, sort_keys=True) if other else ""
