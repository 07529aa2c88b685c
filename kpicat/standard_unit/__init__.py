"""The standard unit: which lines are fit to be the yardstick, and what follows if one of them is (Bước 2, Bước 3)."""

from kpicat.standard_unit.becoming import Becoming, would_become
from kpicat.standard_unit.ranking import TRAITS, Candidate, Trait, candidates

__all__ = ["TRAITS", "Becoming", "Candidate", "Trait", "candidates", "would_become"]
