"""Which items a person wants to see: words, groups, tiers, only those with findings."""

from __future__ import annotations

from dataclasses import dataclass

from kpicat.model import Level
from kpicat.services.view import View
from kpicat.text.normalise import fold

FILTERED = ("group", "department", "position")
NO_TIER = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter; everything empty wants all. Values of one field are alternatives."""

    words: str = ""
    group: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    tiers: tuple[int, ...] = ()
    with_findings: bool = False

    @property
    def everything(self) -> bool:
        """Nothing is filtered out."""
        return self == Wanted()


def find(view: View, wanted: Wanted) -> list[str]:
    """Ids of the wanted items, in catalogue order. Words match without diacritics, all of them."""
    items = view.items
    if wanted.everything:
        return list(view.kept("all", lambda: [str(item_id) for item_id in items.index]))
    keep = items["task"].map(lambda _task: True).astype("bool")
    for name in FILTERED:
        if values := getattr(wanted, name):
            keep &= items[name].isin(values)
    if wanted.tiers:
        keep &= view.table["tier"].fillna(NO_TIER).isin(wanted.tiers)
    for word in fold(wanted.words).split():
        keep &= view.haystack.str.contains(word, regex=False)
    if wanted.with_findings:
        marked = {f.item_id for f in view.open_findings if f.level is not Level.INFO}
        keep &= items.index.isin(marked)
    return [str(item_id) for item_id in items.index[keep]]


def choices(view: View, field: str) -> list[str]:
    """The different values of a field, in the order they first appear."""
    return list(view.kept(("choices", field), lambda: [str(value) for value in view.items[field].unique() if value]))
