"""The page that tries what a person's work scores: who it is, their list of work, what it comes to."""

from kpicat.ui.scoring.listing import rows
from kpicat.ui.scoring.outcome import results
from kpicat.ui.scoring.whose import Person, person

__all__ = ["Person", "person", "results", "rows"]
