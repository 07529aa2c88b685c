"""Load and capacity: who carries how much of what they can, what people can carry, and moving work to see."""

from kpicat.services.capacity.carrying import Carried, carried, heaviest_first
from kpicat.services.capacity.drawn import chart, shown, state, words
from kpicat.services.capacity.saying import Wanted, say

__all__ = ["Carried", "Wanted", "carried", "chart", "heaviest_first", "say", "shown", "state", "words"]
