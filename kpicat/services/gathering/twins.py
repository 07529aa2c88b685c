"""The same work in two units' parts: named, for those who merge them to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kpicat.model import SOURCE_COLUMNS, Item
from kpicat.services.gathering.matching import Line, LineKey, Standing


@dataclass(frozen=True)
class Place:
    """Where a work stands: a line that was sent, or an item that is there already.

    Attributes:
        unit: As people write it.
        item_id: Of the item that is there; "" for a line that is not.
        valued: The tier it was given, else its points, as text; "" for neither.
    """

    unit: str
    file: str
    sheet: str
    row: int | None
    item_id: str
    valued: str


@dataclass(frozen=True)
class Twins:
    """One work that several units have.

    Attributes:
        text: The work, as one of them writes it.
    """

    text: str
    places: Sequence[Place]

    @property
    def unequal(self) -> bool:
        """Whether two units value it differently."""
        return len({place.valued for place in self.places if place.valued}) > 1


def twins(
    lines: Sequence[Line], items: Sequence[Standing], table: pd.DataFrame, pairs: Mapping[LineKey, str]
) -> list[Twins]:
    """Works that stand in the parts of several units, or in one part and elsewhere in the catalogue.

    Args:
        lines: That were sent.
        items: That are there.
        table: The catalogue's items, for what they say.
        pairs: Line -> the item that it is.
    """
    sent: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for one in lines:
        if one.unit and one.words[0]:
            sent[one.words[:3]].append(one)
    updated = set(pairs.values())
    there: dict[tuple[str, ...], list[Standing]] = defaultdict(list)
    for item in items:
        if item.unit and item.id not in updated and item.words[:3] in sent:
            there[item.words[:3]].append(item)
    rows = _rows(table, {item.id for ones in there.values() for item in ones})
    found = []
    for words, ones in sent.items():
        if len({one.unit for one in ones} | {item.unit for item in there[words]}) > 1:
            places = [_of_line(one.item, pairs.get(one.key, "")) for one in ones]
            places += [_of_item(item.id, rows[item.id]) for item in there[words]]
            found.append(Twins(str(ones[0].item["task"]), places))
    return found


def _of_line(item: Item, item_id: str) -> Place:
    valued = item["points"] if item["tier"] is None else item["tier"]
    source = item.source
    return Place(
        str(item["department"]), source.file, source.sheet, source.row, item_id, "" if valued is None else str(valued)
    )


def _rows(table: pd.DataFrame, ids: Collection[str]) -> dict[Hashable, dict[Hashable, Any]]:
    """What the items say, None for an empty number."""
    rows = table.loc[table.index.isin(ids), ["department", "tier", "points", *SOURCE_COLUMNS]].astype("object")
    return rows.where(rows.notna(), None).to_dict("index")


def _of_item(item_id: str, row: Mapping[Hashable, Any]) -> Place:
    valued = row["points"] if row["tier"] is None else row["tier"]
    where = row["source_file"], row["source_sheet"], row["source_row"]
    return Place(row["department"], *where, item_id, "" if valued is None else str(valued))
