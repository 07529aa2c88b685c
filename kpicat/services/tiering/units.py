"""Another standard unit: chosen on what it is fit for, with what follows from it shown first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpicat import standard_unit
from kpicat.language import _, language, number
from kpicat.matrix import Matrix, matrix
from kpicat.model import Edit, Value
from kpicat.services import yardsticks
from kpicat.services.bulk.proposal import Proposal, as_read, proposal, records
from kpicat.services.view import View
from kpicat.standard_unit import Becoming, Candidate


def candidates(view: View, part: str | None = None) -> Sequence[Candidate]:
    """Every line as the standard unit, the fittest first; made once a view.

    Args:
        part: Of the catalogue, held against itself alone; None for all of it.
    """

    def make() -> Sequence[Candidate]:
        items = view.items
        if part is not None:
            items = items[[each == part for each in view.guidance.parts(items)]]
        return standard_unit.candidates(items, view.guidance)

    return view.own.get(("standard unit", language(), part), make)


def would_become(view: View, item_id: str, *, rescaled: bool = False) -> Becoming:
    """What every coefficient and each position's load becomes if that item is the standard unit.

    Raises:
        InputError: There is no such item, or all are to be held against one without points.
    """
    return standard_unit.would_become(view.items, view.guidance, item_id, rescaled=rescaled)


def choose(view: View, item_id: str, *, rescaled: bool = False) -> Proposal:
    """Make an item the standard unit of its part, with the scale's standard points, in one batch or not at all.

    Args:
        view: The catalogue.
        item_id: The item.
        rescaled: Whether all other points are held against its own; else they stay.

    Raises:
        InputError: There is no such item, or all are to be held against one without points.
    """
    after = would_become(view, item_id, rescaled=rescaled).lines
    wanted: dict[str, dict[str, Value]] = {}
    for row, old, new in zip(after.index.tolist(), after["points_before"], after["points_after"], strict=True):
        if row == item_id or old != new:
            tier = view.guidance.tier_of(new)
            wanted[row] = {"points": new, "coefficient": None, **({"tier": tier.level} if tier else {})}
    for row in (item_id, *yardsticks.beside(view, item_id)):
        wanted.setdefault(row, {})["standard_unit"] = row == item_id
    writes = _edits(view, wanted)
    read = as_read(
        view, yardsticks.within(view, [item_id]), ["standard_unit", "points", "tier"] if rescaled else ["standard_unit"]
    )
    return proposal(view, writes, remarks=_remarks(view, item_id, rescaled=rescaled), whole=True, read=read)


def _edits(view: View, wanted: Mapping[str, Mapping[str, Value]]) -> list[Edit]:
    before = records(view, wanted)
    return [
        Edit(row, name, before[row][name], new)
        for row, values in wanted.items()
        for name, new in values.items()
        if before[row][name] != new
    ]


def _remarks(view: View, item_id: str, *, rescaled: bool) -> list[str]:
    points = dict(zip(view.table.index.tolist(), view.table["points"].tolist(), strict=True))
    own, standard = points[item_id], view.guidance.standard_points
    if own is None or own == standard:
        return []
    if rescaled:
        words = _("It has {points} points; all points are divided by them, and many leave the marks of the scale.")
    else:
        words = _("It has {points} points; as the standard unit it gets {standard}, and all others keep theirs.")
    return [words.format(points=number(own), standard=number(standard))]


def side_by_side(view: View) -> Matrix:
    """Each work that stands at two titles or more; by departments where nobody has named positions."""
    by = "position" if view.items["position"].str.strip().ne("").any() else "department"
    return view.own.get("side by side", lambda: matrix(view.items, view.guidance, by=by))
