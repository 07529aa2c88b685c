"""Hold a catalogue against an earlier state of it, against another one, and several bodies against each other."""

from kpicat.services.comparing.bodies import MOST_BODIES, Bodies, bodies
from kpicat.services.comparing.drawn import change_words, multiples_chart, ranks_chart, shown, waterfall_chart
from kpicat.services.comparing.versions import Version, before_today, compared, lines, moment_of, versions

__all__ = [
    "MOST_BODIES", "Bodies", "Version", "before_today", "bodies", "change_words", "compared", "lines",
    "moment_of", "multiples_chart", "ranks_chart", "shown", "versions", "waterfall_chart",
]  # fmt: skip
