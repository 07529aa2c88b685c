"""What a person's work scores with the catalogue: KPI as Nghị định 335/2025/NĐ-CP has it, for staff and leaders.

:func:`take` finds the lines of the catalogue that rows name, :func:`score` computes a, b, c …, the result, the
total and the rating. Nothing is kept.
"""

from kpicat.kpi.columns import columns
from kpicat.kpi.rules import Band, Part, Rules, get
from kpicat.kpi.scoring import Line, Score, Scored, rounded, score, share_written, written
from kpicat.kpi.taking import Entry, Known, Said, Taken, take

__all__ = [
    "Band",
    "Entry",
    "Known",
    "Line",
    "Part",
    "Rules",
    "Said",
    "Score",
    "Scored",
    "Taken",
    "columns",
    "get",
    "rounded",
    "score",
    "share_written",
    "take",
    "written",
]
