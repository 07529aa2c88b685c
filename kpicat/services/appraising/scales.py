"""A catalogue whose points are of another scale: every line is at odds with its own, and no line is wrong."""

from __future__ import annotations

from kpicat import checks
from kpicat.checks.other_scale import EXPLAINS, ID
from kpicat.guidance import Guidance, fitting
from kpicat.language import _
from kpicat.model import values_of
from kpicat.services.view import View

AT_ODDS = (*EXPLAINS, ID)
"""Checks that then speak of nearly every line, and the one that says why."""


def other_scale(view: View) -> Guidance | None:
    """The edition that most of a catalogue's points are of, where most are not of its own."""
    found: tuple[Guidance | None] = view.kept("other scale", lambda: (_other_scale(view),))
    return found[0]


def _other_scale(view: View) -> Guidance | None:
    lines = checks.filled(view.items)
    return fitting.home(fitting.scored(values_of(lines["tier"]), values_of(lines["points"])), view.guidance)


def in_words(scale: Guidance) -> str:
    """What to do about it, in one sentence."""
    say = _("Most points are of another scale: choose “{scale}” in the catalogue's settings before changing any line.")
    return say.format(scale=scale.title)
