"""Try what a person's work scores with a catalogue; nothing is kept."""

from kpicat.services.kpi.trying import Tried, lines, read, report, tried

__all__ = ["Tried", "lines", "read", "report", "tried"]
