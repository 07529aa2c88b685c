"""Items one after another, as a group goes through them, and what to look at beside each."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpicat.model import values_of
from kpicat.services.tiering.suggesting import HERE_ALONE, Sources, lines_of, suggestions, without_tier
from kpicat.services.view import View
from kpicat.suggest import Suggestion
from kpicat.suggest.nearest import Nearest
from kpicat.suggest.reading import read

_NEIGHBOURS = 2  # lines above and below
_ALIKE = 6


class Order(enum.StrEnum):
    """In which order a group goes through its items."""

    CATALOGUE = "catalogue"
    UNCERTAIN = "uncertain"
    DISPUTED = "disputed"
    OPEN = "open"


def in_order(view: View, order: Order, learnt: Sources = HERE_ALONE) -> list[str]:
    """All items in an order; those alike in it stay in catalogue order.

    As they stand; the least sure proposals first; those first whose tier is furthest from the one proposed, the
    surest proposal first among equals; or those without a tier first.

    Args:
        learnt: What the proposals come from.
    """
    ids: list[str] = view.items.index.tolist()
    if order is Order.UNCERTAIN:
        found = suggestions(view, learnt)
        return sorted(ids, key=lambda item_id: found[item_id].confidence)
    if order is Order.DISPUTED:
        return _disputed(view, ids, suggestions(view, learnt))
    if order is Order.OPEN:
        still_open = set(without_tier(view, ids))
        return sorted(ids, key=lambda item_id: item_id not in still_open)
    return ids


def _disputed(view: View, ids: Sequence[str], found: Mapping[str, Suggestion]) -> list[str]:
    tiers = dict(zip(ids, values_of(view.table["tier"]), strict=True))

    def agreement(item_id: str) -> tuple[int, float]:
        proposed, tier = found[item_id], tiers[item_id]
        apart = 0 if tier is None else abs(tier - proposed.tier)
        return -apart, -proposed.confidence if apart else 0.0

    return sorted(ids, key=agreement)


def followed(view: View, sequence: Sequence[str]) -> list[str]:
    """An order begun earlier, on the catalogue as it stands: what was deleted is left out, what is new comes last."""
    known, here = set(sequence), set(view.items.index)
    return [*(i for i in sequence if i in here), *(i for i in view.items.index.tolist() if i not in known)]


def next_open(view: View, sequence: Sequence[str], item_id: str) -> str | None:
    """The next item without a tier, from the first on again after the last; None where there is no other."""
    at = sequence.index(item_id) if item_id in sequence else -1
    still_open = set(without_tier(view, sequence))
    return next((i for i in [*sequence[at + 1 :], *sequence[: max(at, 0)]] if i in still_open), None)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a group looks at beside an item, as ids.

    Attributes:
        alike: The items most like it in their words, the most alike first.
        around: Those that stand next to it in the catalogue, in their order, without the item itself.
    """

    alike: tuple[str, ...]
    around: tuple[str, ...]


def beside(view: View, item_id: str) -> Beside:
    """The items most like one, and those next to it; none that is not there."""
    ids: list[str] = view.items.index.tolist()
    if item_id not in ids:
        return Beside((), ())
    at = ids.index(item_id)
    around = [*ids[max(at - _NEIGHBOURS, 0) : at], *ids[at + 1 : at + 1 + _NEIGHBOURS]]
    lines = lines_of(view.items)
    near: Nearest[str] = view.own.get("alike", lambda: _index(view))
    alike = tuple(near.alike(read(lines[at]), but=item_id, most=_ALIKE))
    return Beside(alike, tuple(i for i in around if i not in alike))


def _index(view: View) -> Nearest[str]:
    near = Nearest[str]()
    said = {}
    for item_id, line in zip(view.items.index.tolist(), lines_of(view.items), strict=True):
        said[item_id] = read(line)
        near.add(item_id, line, said[item_id], 0)
    near.settle(said)
    return near
