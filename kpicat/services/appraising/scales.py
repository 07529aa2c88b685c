"""A catalogue whose points are of another scale: every line is at odds with its own, and no line is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kpicat import checks
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Item
from kpicat.services import fitting
from kpicat.services.view import View

LEAST = 10
"""Lines with points below which nothing can be told of the scale they are on."""
AT_ODDS = ("off-scale-points", "points-tier-mismatch", "coefficient-mismatch", "standard-unit-not-100")
"""Checks that then speak of nearly every line."""


def other_scale(view: View) -> Guidance | None:
    """The edition that a catalogue's points are at home on, where more than half of them are not on its own."""
    found: tuple[Guidance | None] = view.kept("other scale", lambda: (_other_scale(view),))
    return found[0]


def _other_scale(view: View) -> Guidance | None:
    lines = checks.filled(view.items)
    columns: list[list[Any]] = [lines[name].astype("object").tolist() for name in ("tier", "points")]
    items = [
        Item("", {"points": points, "tier": int(tier) if isinstance(tier, int) else None})
        for tier, points in zip(*columns, strict=True)
        if isinstance(points, Decimal)
    ]
    if len(items) < LEAST or 2 * fitting.off_scale(items, view.guidance) <= len(items):
        return None
    return fitting.better_edition(items, view.guidance)


def in_words(scale: Guidance) -> str:
    """What to do about it, in one sentence."""
    say = _("Most points are of another scale: choose “{scale}” in the catalogue's settings before changing any line.")
    return say.format(scale=scale.title)
