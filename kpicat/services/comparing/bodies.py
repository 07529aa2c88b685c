"""Several bodies' catalogues on one measure, and the same work that they value differently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpicat.charts import headings
from kpicat.comparing import Body, Spread, Work, spread, works
from kpicat.services.keeping import Kept
from kpicat.services.view import View

MOST_BODIES = 10
_made = Kept(4)
"""The last comparisons, for all who look: ten bodies of a thousand lines take some seconds."""


@dataclass(frozen=True)
class Bodies:
    """Several bodies as they stood when they were held against each other.

    Attributes:
        stood: Standing of each catalogue then.
        works: Every work at two bodies or more, those valued differently first.
    """

    bodies: tuple[Body, ...]
    spreads: tuple[Spread, ...]
    works: tuple[Work, ...]
    stood: tuple[str, ...]


def bodies(ids: Sequence[str], newest: Callable[[str], View]) -> Bodies:
    """Hold catalogues against each other as they stand.

    Args:
        ids: Of at most :data:`MOST_BODIES`.
        newest: A catalogue as it stands.

    Raises:
        UnknownCatalogue: One of them is there no more.
    """
    views = [newest(id) for id in ids]
    key = tuple((view.catalogue.id, str(view.catalogue.standing)) for view in views)
    return _made.get(key, lambda: _held(views))


def _held(views: Sequence[View]) -> Bodies:
    found = tuple(
        Body(view.catalogue.id, name, view.items, view.table, view.guidance)
        for view, name in zip(views, _names(views), strict=True)
    )
    stood = tuple(str(view.catalogue.standing) for view in views)
    return Bodies(found, tuple(map(spread, found)), tuple(works(found)), stood)


def _names(views: Sequence[View]) -> list[str]:
    """What each is called, no two alike: by its body, by its catalogue's name where a body has several."""
    names: list[str] = []
    for view in views:
        about = view.catalogue
        same = [each for each in views if each.catalogue.body == about.body]
        called = about.body if about.body and len(same) == 1 else " · ".join(filter(None, (about.body, about.name)))
        names.append(called)
    return headings(names)
