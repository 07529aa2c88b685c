"""Try what a person's work scores with a catalogue; nothing is kept."""

from kpicat.kpi import get as rules
from kpicat.services.kpi.trying import Tried, lines, read, report, tried

__all__ = ["Tried", "lines", "read", "report", "rules", "tried"]
