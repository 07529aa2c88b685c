"""Which lines are the standard unit, part by part where each part of a catalogue has one of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kpicat.services.view import View


def parts(view: View) -> Mapping[str, list[str]]:
    """Part of the catalogue, as :meth:`kpicat.guidance.Guidance.parts` names it -> ids of its standard units.

    In the order the parts are met; one, "", where the catalogue has one standard unit.
    """
    found: dict[str, list[str]] = {}
    rows = zip(view.items.index.tolist(), _part_of(view).values(), view.items["standard_unit"].tolist(), strict=True)
    for item_id, part, marked in rows:
        units = found.setdefault(part, [])
        if marked:
            units.append(item_id)
    return found


def off(view: View) -> list[str]:
    """The standard units that have not the scale's standard points, so that their coefficient is not 1."""
    marked = view.items.index[view.items["standard_unit"]].tolist()
    points = dict(zip(view.table.index.tolist(), view.table["points"].tolist(), strict=True)) if marked else {}
    return [item_id for item_id in marked if points[item_id] != view.guidance.standard_points]


def within(view: View, ids: Collection[str]) -> list[str]:
    """All items of the parts in which these stand."""
    part_of = _part_of(view)
    here = {part_of.get(item_id, "") for item_id in ids}
    return [item_id for item_id, part in part_of.items() if part in here]


def beside(view: View, item_id: str) -> list[str]:
    """The other items that are marked as the standard unit of an item's part."""
    units = parts(view).get(_part_of(view).get(item_id, ""), [])
    return [other for other in units if other != item_id]


def _part_of(view: View) -> Mapping[str, str]:
    def make() -> Mapping[str, str]:
        return dict(zip(view.items.index.tolist(), view.guidance.parts(view.items), strict=True))

    return view.own.get("parts", make)
