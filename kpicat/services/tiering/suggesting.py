"""A tier proposed for each item of a catalogue, with reasons; taken over for many items at a person's word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from kpicat.convert import converted
from kpicat.guidance import Guidance
from kpicat.language import language
from kpicat.model import Write
from kpicat.services import editing
from kpicat.services.bulk.proposal import Proposal, proposal, within
from kpicat.services.view import View
from kpicat.suggest import Line, Proposer, Suggestion

if TYPE_CHECKING:
    from kpicat.store import Store

LABEL = "suggest"
"""Of the batches that take proposals over."""
_DECIDED = ("tier", "points", "criteria", "rationale")
"""Cells in which a group says what it thinks; a vote for the tier there is writes its grounds only."""
_TEXTS = ("task", "product", "detail", "department", "frequency")


def suggestions(view: View, reference: View | None = None, *, but: Collection[str] = ()) -> Mapping[str, Suggestion]:
    """Item id -> the tier proposed for it, in catalogue order; made once a view.

    What the group has decided counts from its next view on.

    Args:
        view: The catalogue; an item's own tier is of no account for itself.
        reference: Another catalogue on a scale of as many tiers, from which to learn too.
        but: Items whose tier nobody has decided, as :func:`taken_over` gives them: nothing is learnt from these.
    """

    def make() -> Mapping[str, Suggestion]:
        proposer = _proposer(view, reference, but)
        return {item_id: proposer.propose(item_id) for item_id in view.items.index.tolist()}

    return view.own.get(("suggestions", language(), *_learnt_from(reference, but)), make)


def suggestion(view: View, item_id: str, *, but: Collection[str] = ()) -> Suggestion:
    """The tier proposed for one item of the view, as :func:`suggestions` would have it, without making all of them."""
    return _proposer(view, None, but).propose(item_id)


def taken_over(store: Store, view: View) -> Collection[str]:
    """The items whose tier is one that was proposed, as :func:`accept` gave it and nobody has said more of since.

    It is what the proposals led to, not what the group thinks, so it must not bear them out.
    """
    return view.own.get(
        "tiers taken over",
        lambda: frozenset(store.last_set_by(view.catalogue.id, label=LABEL, fields=_DECIDED, until=view.seq)),
    )


def suggestions_for(
    items: pd.DataFrame, guidance: Guidance, reference: pd.DataFrame | None = None
) -> dict[str, Suggestion]:
    """The tier proposed for each item, in their order.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        guidance: The scale; an item with points but no tier counts as decided too.
        reference: Items of another catalogue, read on the same scale.
    """
    proposer = _proposer_for(items, guidance, reference)
    return {item_id: proposer.propose(item_id) for item_id in items.index.tolist()}


def _learnt_from(reference: View | None, but: Collection[str]) -> tuple[object, frozenset[str]]:
    return reference and (reference.catalogue.id, reference.catalogue.standing), frozenset(but)


def _proposer(view: View, reference: View | None, but: Collection[str]) -> Proposer[str]:
    return view.own.get(
        ("proposer", *_learnt_from(reference, but)),
        lambda: _proposer_for(view.items, view.guidance, reference.items if reference else None, but),
    )


def _proposer_for(
    items: pd.DataFrame, guidance: Guidance, reference: pd.DataFrame | None, but: Collection[str] = ()
) -> Proposer[str]:
    there: Sequence[tuple[Line, int]] = ()
    if reference is not None:
        there = [
            (line, tier)
            for line, tier in zip(lines_of(reference), _tiers(reference, guidance), strict=True)
            if tier is not None
        ]
    ids = items.index.tolist()
    tiers = zip(ids, _tiers(items, guidance), strict=True)
    return Proposer(
        dict(zip(ids, lines_of(items), strict=True)),
        {item_id: tier for item_id, tier in tiers if tier is not None and item_id not in but},
        tiers=len(guidance.tiers),
        reference=there,
    )


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


def _tiers(items: pd.DataFrame, guidance: Guidance) -> list[int | None]:
    """Each item's tier as stated, or by its points."""
    return [None if tier is pd.NA else int(tier) for tier in converted(items, guidance)["tier"].astype("object")]
