"""The page of load and capacity: who carries how much, what they can carry, moving work to see what would become."""

from kpicat.ui.carrying.held import PREFIX, moves
from kpicat.ui.carrying.said import saying
from kpicat.ui.carrying.shown import figures, loads
from kpicat.ui.carrying.trial import moving

__all__ = ["PREFIX", "figures", "loads", "moves", "moving", "saying"]
