"""What a catalogue would be if: overrides over a frozen reading, and what they make of its figures.

Nothing here is written anywhere; :mod:`kpicat.services.scenarios` keeps scenarios and adopts them.
"""

from kpicat.distribution import gini
from kpicat.scenario.applying import applied, given, matching
from kpicat.scenario.body import Rule, Scenario, decode
from kpicat.scenario.differing import CHECKED, Difference, Side, difference, side

__all__ = [
    "CHECKED",
    "Difference",
    "Rule",
    "Scenario",
    "Side",
    "applied",
    "decode",
    "difference",
    "gini",
    "given",
    "matching",
    "side",
]
