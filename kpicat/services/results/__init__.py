"""What leaders ask of a catalogue: a part of it in figures and charts, why it weighs so much, what changed."""

from kpicat.services.results.changed import Changed, changed, others_as_much
from kpicat.services.results.earlier import Moment, approved_words, moment_of, moments, stood, stood_at
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
    "approved_words",
    "changed",
    "moment_of",
    "moments",
    "others_as_much",
    "part_of",
    "stood",
    "stood_at",
    "why",
]
