"""Try what a person's work scores with a catalogue; nothing is kept."""

from kpicat.kpi import get as rules
from kpicat.services.kpi.trying import Tried, lines, origins, read, report, share_words, tried

__all__ = ["Tried", "lines", "origins", "read", "report", "rules", "share_words", "tried"]
