"""The ten principles of the guidance, which checks hold a catalogue to each, and what each check asks people to do."""

from __future__ import annotations

from collections.abc import Mapping

from kpicat.language import _

N_ = str  # marks words for the translators

_TITLES = {
    "clear-task": N_("Clear task"),
    "clear-product": N_("Clear product"),
    "clear-time": N_("Clear time of completion"),
    "clear-responsibility": N_("Clear personal responsibility"),
    "measurable": N_("Measurable result"),
    "tied-to-duty": N_("Tied to an assigned duty"),
    "no-duplicates": N_("No duplicates"),
    "no-formality": N_("No formality"),
    "scale": N_("On the scale of points"),
    "standard-unit": N_("A sound standard unit"),
}

PRINCIPLES: Mapping[str, tuple[str, ...]] = {
    "clear-task": ("missing-task", "catch-all", "vague-task", "composite"),
    "clear-product": ("missing-product", "vague-product"),
    "clear-time": ("missing-deadline", "vague-deadline", "periodic-deadline"),
    "clear-responsibility": ("missing-responsible", "collective-responsible", "unclear-responsible"),
    "measurable": (
        *("missing-measure", "uncountable-measure", "ratio-measure", "negative-quantity", "doubtful-quantity"),
        *("missing-quality", "vague-quality"),
    ),
    "tied-to-duty": ("missing-duty",),
    "no-duplicates": ("duplicate", "duplicate-code", "near-duplicate"),
    "no-formality": ("paper-only", "paper-share"),
    "scale": (
        "missing-tier",
        "off-scale-points",
        "points-tier-mismatch",
        "coefficient-mismatch",
        "unequal-tiers",
        "other-scale",
    ),
    "standard-unit": (
        *("no-standard-unit", "many-standard-units", "standard-unit-not-regular", "standard-unit-unclear"),
        *("standard-unit-not-100",),
    ),
}
"""Key of a principle -> ids of the checks that hold a catalogue to it; every check is under one principle.

Source: PL3 §1b, §2 bước 2 and bước 3, lưu ý (1) to (5).
"""

OF: Mapping[str, str] = {check: principle for principle, checks in PRINCIPLES.items() for check in checks}
"""Id of a check -> key of its principle."""


def principle_name(key: str) -> str:
    """A principle as the guidance calls it, in the reader's language."""
    return _(_TITLES[key])


_ASKED = {
    "missing-task": N_("Write what the work is"),
    "catch-all": N_("Name the definite works instead of “other duties”"),
    "vague-task": N_("Say which definite work is done"),
    "composite": N_("Give each of several works in one line a line of its own"),
    "missing-product": N_("Write the product"),
    "vague-product": N_("Name a product that can be handed over or counted"),
    "missing-deadline": N_("Write the time of completion"),
    "vague-deadline": N_("Write a date, or a number of days, as time of completion"),
    "periodic-deadline": N_("Add the day by which each turn is done"),
    "missing-responsible": N_("Write who is responsible"),
    "collective-responsible": N_("Name one person, by title, instead of a body or several"),
    "unclear-responsible": N_("Name who is responsible by title"),
    "missing-measure": N_("Write the unit of measure"),
    "uncountable-measure": N_("Write a unit of measure that can be counted"),
    "ratio-measure": N_("Write what is counted instead of a ratio"),
    "negative-quantity": N_("Correct the quantity below zero"),
    "doubtful-quantity": N_("Look at the quantity again"),
    "missing-quality": N_("Write what quality is asked for"),
    "vague-quality": N_("Write a quality that can be told from the product"),
    "missing-duty": N_("Say which assigned duty the work belongs to"),
    "duplicate": N_("Keep one of lines that repeat each other"),
    "duplicate-code": N_("Give each line a code of its own"),
    "near-duplicate": N_("Keep one of lines that are the same work, or write what makes them differ"),
    "unequal-tiers": N_("Give the same work the same tier"),
    "paper-only": N_("Name the result beside the papers, where there is one"),
    "paper-share": N_("Name results instead of papers in the lines that weigh most"),
    "missing-tier": N_("Choose the tier"),
    "off-scale-points": N_("Choose points that the scale has"),
    "points-tier-mismatch": N_("Bring tier and points together"),
    "coefficient-mismatch": N_("Take the coefficient that follows from the points"),
    "other-scale": N_("Choose the scale that the points are of"),
    "no-standard-unit": N_("Choose the standard unit"),
    "many-standard-units": N_("Keep the mark of the standard unit on one line"),
    "standard-unit-not-regular": N_("Choose work that is done regularly as standard unit"),
    "standard-unit-unclear": N_("Choose work with a clear product and unit as standard unit"),
    "standard-unit-not-100": N_("Give the standard unit the standard points"),
}


def asked(check: str) -> str:
    """What a check asks people to do, as an imperative without a full stop, in the reader's language."""
    return _(_ASKED[check])
