"""One work at several titles: one decision for all its lines, or a reason why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from kpicat.errors import InputError
from kpicat.language import _
from kpicat.matrix import Row
from kpicat.model import Decision, Ruling, Write
from kpicat.services import appraising, bulk
from kpicat.services.appraising import Keys, Pair
from kpicat.services.bulk import Proposal
from kpicat.services.view import View
from kpicat.similar import Verdict

CHECK = "unequal-tiers"


def lines_of_work(row: Row) -> list[str]:
    """Ids of all lines of a work, title by title."""
    return [item_id for ids in row.cells.values() for item_id in ids]


def one_tier(view: View, row: Row, tier: int) -> Proposal:
    """Give all lines of a work the same tier."""
    return bulk.set_field(view, lines_of_work(row), "tier", tier)


def accept_difference(view: View, row: Row, reason: str, *, actor: str, at: datetime) -> list[Write]:
    """Let the lines of a work keep different tiers, for a reason: they are not held against each other any more.

    Raises:
        InputError: There is no reason, it is too long, or one of the lines was deleted meanwhile.
    """
    if not reason.strip():
        raise InputError(_("Write why this work has different tiers at different titles, so that it can be followed."))
    return [
        write
        for one, other in _differing(row)
        for write in appraising.decide(
            view, Pair(one, other, CHECK, Verdict.SAME, ()), Ruling.RELATED, reason, actor=actor, at=at
        )
    ]


def accepted(view: View, row: Row) -> Sequence[Decision]:
    """The decisions that let the lines of a work differ; none unless there is one for each two that do."""
    decided = {(each.item_id, each.key): each for each in view.reading.decisions if each.verdict is not Ruling.WAIVED}
    if not decided:
        return ()
    keys, found = view.own.get("keys", lambda: Keys(view.items)), []
    for one, other in _differing(row):
        (first, _second), key = keys.of_pair(one, other)
        if (first, key) not in decided:
            return ()
        found.append(decided[first, key])
    return found


def _differing(row: Row) -> list[tuple[str, str]]:
    """Every two lines of a work that have tiers, and not the same."""
    tiers = [
        (item_id, tier)
        for title, ids in row.cells.items()
        for item_id, tier in zip(ids, row.tiers[title], strict=True)
        if tier is not None
    ]
    return [(one, other) for (one, a), (other, b) in combinations(tiers, 2) if a != b]
