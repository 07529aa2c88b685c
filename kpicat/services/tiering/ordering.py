"""Items one after another, as a group goes through them, and what to look at beside each."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from kpicat.services.tiering.suggesting import lines_of, suggestions, without_tier
from kpicat.services.view import View
from kpicat.suggest.nearest import Nearest
from kpicat.suggest.reading import read

_NEIGHBOURS = 2  # lines above and below
_ALIKE = 6


class Order(enum.StrEnum):
    """In which order a group goes through its items."""

    CATALOGUE = "catalogue"
    UNCERTAIN = "uncertain"
    OPEN = "open"


def in_order(view: View, order: Order) -> list[str]:
    """All items: as they stand, the least sure proposals first, or those without a tier first."""
    ids: list[str] = view.items.index.tolist()
    if order is Order.UNCERTAIN:
        found = suggestions(view)
        return sorted(ids, key=lambda item_id: found[item_id].confidence)
    if order is Order.OPEN:
        still_open = set(without_tier(view, ids))
        return sorted(ids, key=lambda item_id: item_id not in still_open)
    return ids


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
