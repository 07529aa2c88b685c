"""Try what a person's work scores with a catalogue; nothing is kept."""

from kpicat.kpi import get as rules
from kpicat.services.kpi.trying import SHARE_PLACES, Tried, lines, origins, read, report, tried

__all__ = ["SHARE_PLACES", "Tried", "lines", "origins", "read", "report", "rules", "tried"]
