"""Rows put elsewhere in the catalogue: only what moves gets a new place, the others keep theirs."""

from __future__ import annotations

import enum
from collections.abc import Collection, Sequence

from kpicat.errors import InputError
from kpicat.language import _, number
from kpicat.model import PLACE, Edit, order
from kpicat.services.bulk.proposal import Line, Proposal, as_read, names, proposal, within
from kpicat.services.view import View
from kpicat.text.normalise import canonical


class Where(enum.StrEnum):
    """Where rows may be moved to."""

    TOP = "top"
    BOTTOM = "bottom"
    BEFORE = "before"
    AFTER = "after"
    UP = "up"
    DOWN = "down"


def move(view: View, ids: Sequence[str], where: Where, *, beside: str = "", steps: int = 1) -> Proposal:
    """Move rows, keeping their order among themselves.

    Args:
        beside: With ``BEFORE`` and ``AFTER``, the row they go to.
        steps: With ``UP`` and ``DOWN``, past how many rows.

    Raises:
        InputError: They are to go beside one of themselves.
    """
    rows = view.items.index.tolist()
    meant = within(view, ids)
    moved = set(meant)
    rest = [row for row in rows if row not in moved]
    if where in (Where.UP, Where.DOWN):
        return rearranged(view, _stepped(rows, moved, steps, up=where is Where.UP), stay=rest)
    if where in (Where.BEFORE, Where.AFTER) and beside not in rest:
        raise InputError(_("The row they are to go to is one of those that move; name another."))
    read: list[Edit] = []
    match where:
        case Where.TOP:
            gap = 0
        case Where.BOTTOM:
            gap = len(rest)
        case _:
            gap = rest.index(beside) + (where is Where.AFTER)
            read = as_read(view, [beside], [PLACE.name])
    return rearranged(view, [*rest[:gap], *meant, *rest[gap:]], stay=rest, read=read)


def _stepped(rows: Sequence[str], moved: Collection[str], steps: int, *, up: bool) -> list[str]:
    """Each moved row past up to ``steps`` of the others; those at the end already wait there in their order."""
    ahead = list(rows) if up else list(rows)[::-1]
    passed = 0
    stands: dict[str, tuple[int, bool]] = {}
    for row in ahead:
        stands[row] = (max(passed - steps, 0), False) if row in moved else (passed, True)
        passed += row not in moved
    stepped = sorted(ahead, key=stands.__getitem__)
    return stepped if up else stepped[::-1]


def rearranged(view: View, wanted: Sequence[str], stay: Collection[str], read: Sequence[Edit] = ()) -> Proposal:
    """The catalogue in another order, all of it or not at all; what others type meanwhile is no hindrance.

    Args:
        wanted: Every item, as it should be.
        stay: Items that need no new place, in their order of now.
        read: Cells that must still be so.
    """
    rows = view.items.index.tolist()
    if list(wanted) == rows:
        return proposal(view, [], same=len(rows) - len(stay), lines=[], label="move", whole=True)
    writes = place_edits(view, new_places(view, wanted, stay))
    was, will = ({item_id: n for n, item_id in enumerate(ids, start=1)} for ids in (rows, wanted))
    called, settled = names(view), set(stay)
    going = [item_id for item_id in wanted if item_id not in settled and was[item_id] != will[item_id]]
    lines = [Line(called[i], _("No."), str(was[i]), str(will[i])) for i in going]
    return proposal(view, writes, lines=lines, label="move", whole=True, read=read)


def new_places(view: View, wanted: Sequence[str], stay: Collection[str]) -> dict[str, str]:
    """Places that bring items into the wanted order.

    An item of ``stay`` whose place does not follow the one before it (two may hold
    the same, of which the older comes first) gets a new one too.

    Returns:
        Id -> place, for those that need one.
    """
    stands = dict(zip(view.items.index.tolist(), view.items["place"].tolist(), strict=True))
    settled = set(stay)
    places: dict[str, str] = {}
    last: str | None = None
    between: list[str] = []

    def fill(after: str | None) -> None:
        if between:
            places.update(zip(between, order.spread(last, after, len(between)), strict=True))
            between.clear()

    for item_id in wanted:
        own = stands.get(item_id)
        if item_id in settled and own and (last is None or own > last):
            fill(own)
            last = own
        else:
            between.append(item_id)
    fill(None)
    return places


def place_edits(view: View, places: dict[str, str]) -> list[Edit]:
    """New places of items that exist, as edits."""
    stands = dict(zip(view.items.index.tolist(), view.items["place"].tolist(), strict=True))
    return [Edit(i, "place", stands[i], place) for i, place in places.items() if i in stands]


def row_named(view: View, text: str) -> str:
    """The item a person names by its code or its number in the catalogue.

    Raises:
        InputError: There is none, or more than one.
    """
    wanted = canonical(text)
    codes = view.items["code"]
    named = codes.index[codes.map(canonical) == wanted].tolist() if wanted else []
    if len(named) > 1:
        say = _("{n} rows have the code “{code}”; give the number of the one you mean.")
        raise InputError(say.format(n=number(len(named)), code=text.strip()))
    if named:
        return str(named[0])
    if wanted.isdecimal() and 1 <= int(wanted) <= len(codes):
        return str(codes.index[int(wanted) - 1])
    say = _("There is no row “{text}”; give a number from 1 to {n}, or a code.")
    raise InputError(say.format(text=text.strip(), n=number(len(codes))))
