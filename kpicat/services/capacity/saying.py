"""Say what people can carry: one cell of the catalogue, on which each person's part is laid beside the others'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from kpicat.capacity import MOST, Capacity, decode
from kpicat.errors import InputError
from kpicat.language import _, number
from kpicat.model import CATALOGUE, Edit, Outcome
from kpicat.services.view import View
from kpicat.store import Store
from kpicat.text.numbers import parse_number

_TRIES = 5  # others may say something else each time


@dataclass(frozen=True, slots=True)
class Wanted:
    """One number as it was typed; "" takes it back.

    Attributes:
        name: "persons" or "a_month".
        field, value: Of which position or department; "" for what holds for all.
    """

    name: str
    text: str
    field: str = ""
    value: str = ""


def say(store: Store, view: View, wanted: Sequence[Wanted], *, actor: str, at: datetime) -> Outcome:
    """Write what people can carry; what others said meanwhile of other positions stays.

    Where another has said something else of the same, nothing is written, and the conflict says who.

    Raises:
        InputError: A text is no number that is possible; nothing was written.
    """
    new = [(each, _number(each.text)) for each in wanted]
    seen = view.catalogue.capacity
    outcome = None
    for _n in range(_TRIES):
        stands = store.catalogue(view.catalogue.id).capacity
        same = all(_cell(decode(stands), each) == _cell(decode(seen), each) for each in wanted)
        base = stands if same else seen
        laid = decode(base)
        for each, value in new:
            laid = _laid(laid, each, value)
        edit = Edit(CATALOGUE, "capacity", base, laid.encode())
        outcome = store.commit(view.catalogue.id, [edit], actor=actor, at=at, label="settings", whole=True)
        if not outcome.conflicts or not same:
            break
    assert outcome is not None
    return outcome


def _cell(capacity: Capacity, wanted: Wanted) -> Decimal | None:
    if not wanted.field:
        return capacity.a_month
    found: Decimal | None = getattr(capacity.share(wanted.field, wanted.value), wanted.name)
    return found


def _laid(capacity: Capacity, wanted: Wanted, value: Decimal | None) -> Capacity:
    if not wanted.field:
        return replace(capacity, a_month=value)
    share = capacity.share(wanted.field, wanted.value)
    return capacity.with_share(wanted.field, wanted.value, replace(share, **{wanted.name: value}))


def _number(text: str) -> Decimal | None:
    if not text.strip():
        return None
    value = parse_number(text)
    if value is None or not 0 <= value <= MOST:
        sentence = _("“{text}” is no number from 0 to {most}; write one such as 2 or 22,5.")
        raise InputError(sentence.format(text=text, most=number(MOST)))
    return value
