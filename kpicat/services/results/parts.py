"""The part of a catalogue that a leader looks at, with all that follows from it; made once for all who look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from kpicat import charts, distribution
from kpicat.charts import Asked, Chart
from kpicat.charts import Kept as Bar
from kpicat.distribution import Figures, Measure
from kpicat.guidance import Guidance
from kpicat.language import language
from kpicat.services import appraising
from kpicat.services.keeping import Kept, once
from kpicat.services.results.filtering import Filter
from kpicat.services.view import View
from kpicat.text import products

_MOST_PARTS = 16
_MOST_CHARTS = 24
_MOST_CHECKED = 5_000
"""Items of a catalogue that is checked when its results are opened: 1 000 take a quarter of a second."""
UNEQUAL_TIERS = "unequal-tiers"
"""The check that finds the same work at different tiers."""


@dataclass(eq=False)
class Part:
    """Some items of a view.

    Attributes:
        view: The whole.
        items, table: Those of the part.
        filter: Which they are.
    """

    view: View
    filter: Filter
    items: pd.DataFrame
    table: pd.DataFrame
    own: Kept = field(default_factory=lambda: Kept(_MOST_CHARTS), repr=False)

    @property
    def guidance(self) -> Guidance:
        """The catalogue's scale."""
        return self.view.guidance

    @once
    def figures(self) -> Figures:
        """The handful of numbers."""
        return distribution.figures(self.items, self.table, self.guidance)

    @property
    def measure(self) -> Measure:
        """What is added up where nobody says: the work, and items where none is counted yet."""
        return "converted_quantity" if self.figures.converted_total > 0 else "count"

    @once
    def balance(self) -> Decimal | None:
        """How unevenly the work lies on the positions, see :func:`kpicat.distribution.gini`."""
        return distribution.balance(self.items, self.table)

    @once
    def papers(self) -> frozenset[str]:
        """Ids of the items whose product is only papers."""
        return papers(self.view) & frozenset(self.items.index)

    @once
    def valued_differently(self) -> frozenset[str] | None:
        """Ids of the items with another tier than a line of the same work, let stand by nobody.

        None in a catalogue of so many items that looking for it would keep people waiting.
        """
        if len(self.view.items) > _MOST_CHECKED:
            return None
        found = {one.item_id for one in self.view.open_findings if one.check == UNEQUAL_TIERS and one.item_id}
        return frozenset(found) & frozenset(self.items.index)

    def loads(self, name: str) -> pd.DataFrame:
        """Each value of a field as a whole, see :func:`kpicat.distribution.loads`."""
        make = lambda: distribution.loads(self.items, self.table, self.guidance, name)  # noqa: E731
        return self.own.get(("loads", name, language()), make)

    def chart(
        self, name: str, group_by: str = "department", measure: Measure = "count", *, most: int | None = charts.MOST
    ) -> Chart:
        """A chart of :data:`kpicat.charts.CHARTS` of these items, in the reader's language."""

        def describe() -> Chart:
            papers = self.papers if name == "papers" else frozenset[str]()
            kept = self.principles() if name == "principles" else ()
            asked = Asked(self.items, self.table, self.guidance, papers, kept, group_by, measure, most)
            return charts.CHARTS[name](asked)

        return self.own.get((name, group_by, measure, most, language()), describe)

    def principles(self) -> Sequence[Bar]:
        """How many of these lines keep each principle."""
        if self.filter.everything:
            shares = appraising.compliance(self.view).by_principle
            return [Bar(key, appraising.principle_name(key), one.kept, one.of) for key, one in shares.items()]
        there, broken = set(self.items.index), breaking(self.view)
        return [
            Bar(key, appraising.principle_name(key), len(there) - len(there & broken.get(key, frozenset())), len(there))
            for key in appraising.PRINCIPLES
            if key in broken or key != "standard-unit"
        ]


def part_of(view: View, chosen: Filter) -> Part:
    """The items a filter finds, in catalogue order."""
    kept: Kept = view.own.get("parts of the results", lambda: Kept(_MOST_PARTS))
    return kept.get(chosen, lambda: _part(view, chosen))


def _part(view: View, chosen: Filter) -> Part:
    if chosen.everything:
        return Part(view, chosen, view.items, view.table)
    there = pd.Series(True, index=view.items.index)
    for name, values in chosen.chosen:
        there &= _asked(view, name, values)
    return Part(view, chosen, view.items[there], view.table[there])


def _asked(view: View, name: str, values: Sequence[str]) -> pd.Series:
    index = view.items.index
    match name:
        case "tier":
            levels = [level or 0 for level in distribution.levels_of(view.table, view.guidance)]
            return pd.Series(levels, index=index).isin([int(value) for value in values])
        case "item":
            return pd.Series(index.isin(values), index=index)
        case "papers":
            return pd.Series(index.isin(papers(view)), index=index)
        case "principle":
            broken = breaking(view)
            return pd.Series(index.isin(frozenset().union(*(broken.get(v, frozenset()) for v in values))), index=index)
    return view.items[name].isin(values)


def papers(view: View) -> frozenset[str]:
    """Ids of the items of a view whose product is only papers; only items edited since are looked at anew."""

    def make() -> frozenset[str]:
        found = view.made_before(lambda before: before.own.peek("papers"))
        known, ids = (frozenset[str](), view.items.index.tolist()) if found is None else (found[0], sorted(found[2]))
        looked = view.items.loc[ids, ["product", "task"]]
        texts = zip(ids, looked["product"].tolist(), looked["task"].tolist(), strict=True)
        return known - set(ids) | {one for one, product, task in texts if products.is_paper_only(product, task)}

    return view.own.get("papers", make)


def breaking(view: View) -> Mapping[str, frozenset[str]]:
    """Key of a principle -> ids of the items with an open finding under it."""

    def make() -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for finding in view.open_findings:
            if finding.item_id is not None:
                found.setdefault(appraising.OF[finding.check], set()).add(finding.item_id)
        return {key: frozenset(ids) for key, ids in found.items()}

    return view.own.get("breaking", make)
