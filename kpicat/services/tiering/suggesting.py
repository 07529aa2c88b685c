"""A tier proposed for each item of a catalogue, with reasons; taken over for many items at a person's word."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kpicat import guidance
from kpicat.convert import converted
from kpicat.errors import InputError
from kpicat.guidance import Guidance
from kpicat.language import language
from kpicat.model import Catalogue, Write
from kpicat.services import editing
from kpicat.services.bulk.proposal import Proposal, proposal, within
from kpicat.services.catalogues import entries, shelf
from kpicat.services.view import View
from kpicat.suggest import Line, Proposer, Suggestion, suggest

if TYPE_CHECKING:
    from kpicat.store import Store

LABEL = "suggest"
"""Of the batches that take proposals over."""
_DECIDED = ("tier", "points", "criteria", "rationale")
"""Cells in which a group says what it thinks; a vote for the tier there is writes its grounds only."""
_TEXTS = ("task", "product", "detail", "department", "frequency", "position", "group")


@dataclass(frozen=True)
class Sources:
    """What the proposals for a catalogue are learnt from, besides the tiers that its group has decided on.

    Attributes:
        taken: Its items whose tier is one that was proposed, as :func:`accept` gave it, and nobody has said more of
            since: that is what the proposals led to, not what the group thinks, so it must not bear them out.
        reference: Another catalogue on a scale of as many tiers, whose decided items count, too.
        taken_there: As ``taken``, of the reference.
    """

    taken: Collection[str] = frozenset()
    reference: View | None = None
    taken_there: Collection[str] = frozenset()

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Equal where the same is learnt."""
        other = self.reference and (self.reference.catalogue.id, self.reference.catalogue.standing)
        return frozenset(self.taken), other, frozenset(self.taken_there)


HERE_ALONE = Sources()
"""Every tier of the catalogue, and no other catalogue."""


def sources(store: Store, view: View, reference: View | None = None) -> Sources:
    """What is learnt from, for the catalogue as it stands."""
    return Sources(_taken(store, view), reference, _taken(store, reference) if reference else frozenset())


def _taken(store: Store, view: View) -> Collection[str]:
    return view.own.get(
        "tiers taken over",
        lambda: frozenset(store.last_set_by(view.catalogue.id, label=LABEL, fields=_DECIDED, until=view.seq)),
    )


def references(store: Store, view: View) -> list[Catalogue]:
    """The catalogues that can be a reference for this one: on a scale of as many tiers, with items, not removed."""
    tiers = len(view.guidance.tiers)
    return [
        entry.catalogue
        for entry in entries(store, shelf(store))
        if entry.items and entry.catalogue.id != view.catalogue.id and _tiers_of(entry.catalogue) == tiers
    ]


def _tiers_of(catalogue: Catalogue) -> int:
    with suppress(InputError):
        return len(guidance.get(catalogue.guidance).tiers)
    return 0  # of an edition that is not installed any more


def suggestions(view: View, learnt: Sources = HERE_ALONE) -> Mapping[str, Suggestion]:
    """Item id -> the tier proposed for it, in catalogue order; made once a view.

    What the group has decided counts from its next view on; an item's own tier is of no account for itself.
    """

    def make() -> Mapping[str, Suggestion]:
        return _proposer(view, learnt).propose_all(view.items.index.tolist())

    return view.own.get(("suggestions", language(), learnt.key), make)


def suggestion(view: View, item_id: str, learnt: Sources = HERE_ALONE) -> Suggestion:
    """The tier proposed for one item of the view, as :func:`suggestions` would have it, without making all of them."""
    return _proposer(view, learnt).propose(item_id)


def _proposer(view: View, learnt: Sources) -> Proposer[str]:
    def make() -> Proposer[str]:
        there = learnt.reference
        return Proposer(
            dict(zip(view.items.index.tolist(), lines_of(view.items), strict=True)),
            _decided(view.items, view.guidance, learnt.taken),
            tiers=len(view.guidance.tiers),
            reference=_told(there.items, there.guidance, learnt.taken_there) if there else (),
        )

    return view.own.get(("proposer", learnt.key), make)


def suggestions_for(
    items: pd.DataFrame, scale: Guidance, reference: pd.DataFrame | None = None
) -> dict[str, Suggestion]:
    """The tier proposed for each item, in their order.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        scale: The scale; an item with points but no tier counts as decided too.
        reference: Items of another catalogue, read on the same scale.
    """
    lines = dict(zip(items.index.tolist(), lines_of(items), strict=True))
    there = () if reference is None else _told(reference, scale)
    return suggest(lines, _decided(items, scale), tiers=len(scale.tiers), reference=there)


def _decided(items: pd.DataFrame, scale: Guidance, but: Collection[str] = ()) -> dict[str, int]:
    """Each item's tier as stated, or by its points; without those that have none."""
    levels = converted(items, scale)["tier"].astype("object").tolist()
    tiers = zip(items.index.tolist(), levels, strict=True)
    return {item_id: int(tier) for item_id, tier in tiers if tier is not pd.NA and item_id not in but}


def _told(items: pd.DataFrame, scale: Guidance, but: Collection[str] = ()) -> list[tuple[Line, int]]:
    lines = dict(zip(items.index.tolist(), lines_of(items), strict=True))
    return [(lines[item_id], tier) for item_id, tier in _decided(items, scale, but).items()]


def accept(view: View, found: Mapping[str, Suggestion], ids: Sequence[str], least: float) -> Proposal:
    """Give items without a tier the one proposed, where it is at least so sure; what has a tier is left alone.

    Args:
        view: The catalogue.
        found: As :func:`suggestions` gave them to the person who agrees.
        ids: The items meant.
        least: The least confidence, 0 to 1.
    """
    sure = [i for i in without_tier(view, ids) if i in found and found[i].confidence >= least]
    writes: list[Write] = [w for i in sure for w in editing.set_field(view, [i], "tier", found[i].tier)]
    return proposal(view, writes, label=LABEL)


def without_tier(view: View, ids: Sequence[str]) -> list[str]:
    """Those of ``ids`` that are items with neither a tier nor points that fall in one, in catalogue order."""
    tiers = dict(zip(view.items.index.tolist(), view.table["tier"].isna().tolist(), strict=True))
    return [item_id for item_id in within(view, ids) if tiers[item_id]]


def lines_of(items: pd.DataFrame) -> list[Line]:
    """Each item as far as it tells its difficulty, in their order."""
    return [Line(*texts) for texts in zip(*(items[name].tolist() for name in _TEXTS), strict=True)]
