"""What leaders ask of a catalogue: a part of it in figures and charts, why it weighs so much, what changed."""

from kpicat.services.results.changed import Changed, changed
from kpicat.services.results.earlier import Moment, moments, stood
from kpicat.services.results.filtering import FIELDS, Filter
from kpicat.services.results.parts import Part, part_of
from kpicat.services.results.why import Contribution, Why, why

__all__ = [
    "FIELDS",
    "Changed",
    "Contribution",
    "Filter",
    "Moment",
    "Part",
    "Why",
    "changed",
    "moments",
    "part_of",
    "stood",
    "why",
]
