"""Put items to the vote: which first, and in what words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kpicat.errors import InputError
from kpicat.language import _
from kpicat.services.bulk import within
from kpicat.services.tiering import HERE_ALONE, Sources, suggestions, without_tier
from kpicat.services.view import View
from kpicat.store import Store

ORDERS = ("catalogue", "least sure", "no tier")
"""As the catalogue has them; those whose proposed tier is least sure first; those without a tier first."""
MOST = 60
"""Questions at once: a meeting does not get through more."""
_WORDS = ("code", "task", "detail", "product", "measure", "frequency", "department", "position")


def ordered(view: View, ids: Sequence[str], order: str, learnt: Sources = HERE_ALONE) -> list[str]:
    """Items in one of :data:`ORDERS`; those alike in it stay in catalogue order.

    Args:
        learnt: What the proposals come from.
    """
    here = within(view, ids)
    if order == "least sure":
        sure = suggestions(view, learnt)
        return sorted(here, key=lambda id: sure[id].confidence if id in sure else 0.0)
    if order == "no tier":
        without = set(without_tier(view, here))
        return sorted(here, key=lambda id: id not in without)
    return here


def ask(store: Store, view: View, key: str, ids: Sequence[str], *, actor: str, at: datetime) -> None:
    """Open items to the vote, in the given order; those that are open or wait for a decision are left out.

    Raises:
        InputError: None is chosen, or too many.
        NotAllowed: The key chairs no meeting that lasts.
    """
    there = set(within(view, ids))
    chosen = [item_id for item_id in ids if item_id in there]
    if not chosen:
        raise InputError(_("Tick the items to vote on first."))
    if len(chosen) > MOST:
        raise InputError(_("At most {n} items are voted on at once; tick fewer.").format(n=MOST))
    store.ballots.ask(key, {id: words(view, id) for id in chosen}, actor=actor, at=at)


def words(view: View, item_id: str) -> dict[str, str]:
    """An item's texts by field, as it is put to the vote."""
    return {name: str(value) for name in _WORDS if (value := view.value(item_id, name))}
