"""Why the work of a part is as much as it is: what contributes most, and whether by number, quantity or difficulty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicat import distribution
from kpicat.convert import EXACT, total
from kpicat.distribution import share
from kpicat.services.results.filtering import Filter
from kpicat.services.results.parts import Part, part_of

_MOST = 5


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one value of a field, or one item, brings to the work of a part.

    Attributes:
        field: "item", or a field of the items.
        value: Of the field, or the item's id.
        name: In words.
        amount: Converted quantity, standard units a year.
        part: Of the part's, 0 to 1.
        quantity, coefficient: Of an item.
        others: How many other values of the field bring as much.
    """

    field: str
    value: str
    name: str
    amount: Decimal
    part: Decimal
    quantity: Decimal | None = None
    coefficient: Decimal | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Why:
    """What makes a part's work.

    Attributes:
        amount: Its converted quantity, standard units a year.
        of_work, of_items: What part of the catalogue's work and items it is, 0 to 1.
        items: The items that bring most, most first.
        fields: Of each field with several values, the one that brings most.
        quantity, all_quantity: Mean quantity of the items that are counted, here and in the catalogue; None of none.
        coefficient, all_coefficient: Mean coefficient, the same.
    """

    amount: Decimal
    of_work: Decimal
    of_items: Decimal
    items: Sequence[Contribution]
    fields: Sequence[Contribution]
    quantity: Decimal | None
    all_quantity: Decimal | None
    coefficient: Decimal | None
    all_coefficient: Decimal | None


def why(part: Part) -> Why:
    """What contributes most to the work of a part."""
    return part.own.get("why", lambda: _why(part))


def _why(part: Part) -> Why:
    whole = part_of(part.view, Filter())
    amount = part.figures.converted_total
    ids = distribution.heaviest(part.table, _MOST)
    made = part.table.loc[ids, ["converted_quantity", "quantity", "coefficient"]]
    columns = (ids, part.items.loc[ids, "task"].tolist(), *(made[name].tolist() for name in made))
    items = [
        Contribution("item", one, task, each, share(each, amount), quantity, coefficient)
        for one, task, each, quantity, coefficient in zip(*columns, strict=True)
    ]
    fields = []
    for name in distribution.GROUPINGS:
        found = part.loads(name)
        if len(found) > 1 and amount > 0:
            value, words, held = found.iloc[0][["value", "name", "converted_quantity"]]
            others = found["converted_quantity"].tolist().count(held) - 1
            fields.append(Contribution(name, value, words, held, share(held, amount), others=others))
    return Why(
        amount, share(amount, whole.figures.converted_total), share(len(part.items), len(whole.items)), items,
        sorted(fields, key=lambda one: -one.part), _mean_quantity(part), _mean_quantity(whole),
        part.figures.mean_coefficient, whole.figures.mean_coefficient,
    )  # fmt: skip


def _mean_quantity(part: Part) -> Decimal | None:
    known = [quantity for quantity in part.table["quantity"].tolist() if quantity is not None]
    return EXACT.quantize(EXACT.divide(total(known), len(known)), Decimal("0.1")) if known else None
