"""Before and after: what a scenario makes of a catalogue's figures, lines, positions and principles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from kpicat import checks, distribution
from kpicat.convert import converted, total
from kpicat.distribution import Figures, Measure, gini
from kpicat.guidance import Guidance
from kpicat.model import Finding, values_of

CHECKED = (
    "missing-tier",
    "off-scale-points",
    "points-tier-mismatch",
    "coefficient-mismatch",
    "unequal-tiers",
    "no-standard-unit",
    "many-standard-units",
    "standard-unit-not-100",
    "standard-unit-not-regular",
    "standard-unit-unclear",
    "paper-share",
    "other-scale",
)
"""The checks that look at what a scenario can change; all others find what they found."""

_FEW = 200
"""Items changed up to which checking them again is quicker than checking all."""
_CELLS = ("tier", "points", "coefficient", "converted_quantity")


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two that are held side by side.

    Attributes:
        items: As :func:`kpicat.model.items_frame` gives.
        guidance: The scale.
        table: ``convert.converted(items, guidance)``.
        figures: The handful of numbers.
        loads: Position, "" for none -> its converted quantity (standard units a year), in the order they are met.
        findings: Of :data:`CHECKED`.
    """

    items: pd.DataFrame
    guidance: Guidance
    table: pd.DataFrame
    figures: Figures
    loads: Mapping[str, Decimal]
    findings: Sequence[Finding]

    @property
    def balance(self) -> Decimal | None:
        """How unevenly the load lies on the positions that have a name, see :func:`kpicat.distribution.gini`."""
        return gini(load for position, load in self.loads.items() if position)

    def by_tier(self) -> pd.DataFrame:
        """As :func:`kpicat.distribution.by_tier`."""
        return distribution.by_tier(self.table, self.guidance)

    def by_field(self, field: str, order: Measure = "count") -> pd.DataFrame:
        """As :func:`kpicat.distribution.by_field`."""
        return distribution.by_field(self.items, self.table, self.guidance, field, order=order)


@dataclass(frozen=True, eq=False)
class Difference:
    """What becomes of a catalogue.

    Attributes:
        before, after: The two sides, the same items in the same order.
        lines: One row per item whose coefficient moves, indexed by item, in catalogue order, with columns ``tier``,
            ``points``, ``coefficient`` (unit: 1) and ``converted_quantity`` (standard units a year), each with
            ``_before`` and ``_after``; None where there is none.
        broken: What the checks find after and did not find before.
        mended: What they found before and find no more.
    """

    before: Side
    after: Side
    lines: pd.DataFrame
    broken: Sequence[Finding]
    mended: Sequence[Finding]


def side(
    items: pd.DataFrame,
    guidance: Guidance,
    *,
    table: pd.DataFrame | None = None,
    apart: Collection[checks.Pair] = frozenset(),
    like: Side | None = None,
) -> Side:
    """All that is held side by side of some items on a scale.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        guidance: The scale.
        table: ``convert.converted(items, guidance)``, where it is at hand.
        apart: Pairs of lines that people say are two works.
        like: The other side, of the same items: on the same scale only what differs is checked anew.
    """
    table = converted(items, guidance) if table is None else table
    return Side(
        items, guidance, table, distribution.figures(items, table, guidance),
        _loads(items, table), _findings(items, guidance, apart, like),
    )  # fmt: skip


def difference(before: Side, after: Side) -> Difference:
    """What lies between two sides of the same items.

    Raises:
        ValueError: They are not of the same items (a programmer's mistake).
    """
    if not (before.items.index is after.items.index or before.items.index.equals(after.items.index)):
        raise ValueError("the sides are not of the same items")
    pairs = zip(before.table["coefficient"].tolist(), after.table["coefficient"].tolist(), strict=True)
    moved = [place for place, (old, new) in enumerate(pairs) if old != new]
    columns = {
        f"{name}_{when}": _cells(side.table, name, moved)
        for name in _CELLS
        for when, side in (("before", before), ("after", after))
    }
    lines = pd.DataFrame(columns, index=before.items.index[moved], dtype="object")
    known, found = ({_what(f) for f in side.findings} for side in (before, after))
    return Difference(
        before, after, lines,
        [finding for finding in after.findings if _what(finding) not in known],
        [finding for finding in before.findings if _what(finding) not in found],
    )  # fmt: skip


def _loads(items: pd.DataFrame, table: pd.DataFrame) -> dict[str, Decimal]:
    amounts: dict[str, list[Decimal | None]] = {}
    for position, amount in zip(items["position"].tolist(), table["converted_quantity"].tolist(), strict=True):
        amounts.setdefault(position.strip(), []).append(amount)
    return {position: total(each) for position, each in amounts.items()}


def _findings(
    items: pd.DataFrame, guidance: Guidance, apart: Collection[checks.Pair], like: Side | None
) -> Sequence[Finding]:
    if like is None or like.guidance != guidance:
        return checks.run(items, guidance, CHECKED, apart=apart)
    changed = _edited(like.items, items)
    if len(changed) > _FEW:
        return checks.run(items, guidance, CHECKED, apart=apart)
    return checks.rerun(like.findings, items, guidance, changed, CHECKED, apart=apart) if changed else like.findings


def _edited(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """Ids of the items of which something that is checked differs."""
    edited: set[str] = set()
    ids: list[str] = after.index.tolist()
    for name in ("tier", "points", "coefficient", "standard_unit"):
        if before[name] is not after[name]:
            cells = (values_of(frame[name]) for frame in (before, after))
            edited.update(row for row, old, new in zip(ids, *cells, strict=True) if old != new)
    return edited


def _cells(table: pd.DataFrame, name: str, places: Sequence[int]) -> list[Any]:
    cells = values_of(table[name])
    return [cells[place] for place in places]


def _what(finding: Finding) -> tuple[str, str | None, str, str]:
    return finding.check, finding.item_id, finding.field, finding.other
