"""A ballot on the page: what the chair and a second screen see, and what the members see on their phones."""

from kpicat.ui.balloting.chair import begin, board, end, key_of
from kpicat.ui.balloting.choosing import choose
from kpicat.ui.balloting.keeping import rules
from kpicat.ui.balloting.papers import earlier
from kpicat.ui.balloting.phone import door, meeting, seat

__all__ = ["begin", "board", "choose", "door", "earlier", "end", "key_of", "meeting", "rules", "seat"]
