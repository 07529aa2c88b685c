"""The same work for other positions: copies beside their originals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kpicat.model import CELLS, Add, Item, Value, Write
from kpicat.services.bulk.moving import new_places, place_edits
from kpicat.services.bulk.proposal import Proposal, as_read, proposal, records
from kpicat.services.editing import new_id
from kpicat.services.view import View
from kpicat.text.normalise import canonical

NEVER_COPIED = ("standard_unit", "coefficient", "place")
"""A catalogue has one standard unit; a coefficient is what a file stated of that very line."""


def duplicate(
    view: View,
    ids: Sequence[str],
    positions: Sequence[str],
    *,
    keep_responsible: bool = False,
    number_codes: bool = False,
) -> Proposal:
    """A copy of each row for each position, beside it; a row that is of that position already gets none.

    Args:
        keep_responsible: Keep the person responsible instead of leaving that open.
        number_codes: Give a copy of "VP.01" the code "VP.01-2" instead of none.
    """
    codes = fresh_codes(view)
    beside: dict[str, list[Item]] = {}
    same = 0
    for item_id, original in records(view, ids).items():
        for position in positions:
            if canonical(str(original["position"])) == canonical(position):
                same += 1
                continue
            values = copied(original) | {"position": position}
            if not keep_responsible:
                values.pop("responsible", None)
            if number_codes and original["code"]:
                values["code"] = codes(str(original["code"]))
            beside.setdefault(item_id, []).append(Item(new_id(), values))
    return proposal(view, added(view, beside), same=same, label="copy", whole=True, read=as_read(view, ids, CELLS))


def copied(original: Item) -> dict[str, Value]:
    """What a new line takes over from another; its code must be its own."""
    return {name: value for name, value in original.values.items() if name not in (*NEVER_COPIED, "code")}


def fresh_codes(view: View) -> Callable[[str], str]:
    """Makes codes nobody has, never the same twice: "VP.01" -> "VP.01-2", then "VP.01-3"."""
    taken = set(view.items["code"].map(canonical))
    last: dict[str, int] = {}

    def fresh(code: str) -> str:
        while True:
            last[code] = last.get(code, 1) + 1
            candidate = f"{code}-{last[code]}"
            if canonical(candidate) not in taken:
                return candidate

    return fresh


def added(view: View, beside: Mapping[str, Sequence[Item]]) -> list[Write]:
    """New items, each right after the one whose id it stands under."""
    rows = view.items.index.tolist()
    wanted = [item_id for row in rows for item_id in (row, *(item.id for item in beside.get(row, ())))]
    places = new_places(view, wanted, rows)
    new = [item for row in rows for item in beside.get(row, ())]
    adds = [Add(Item(item.id, {**item.values, "place": places[item.id]})) for item in new]
    return [*place_edits(view, places), *adds]
