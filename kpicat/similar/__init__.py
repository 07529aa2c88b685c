"""Near-duplicates: lines that are one work in other words, and lines that only look like it.

    >>> judge(Work("Báo cáo công tác dân vận quý"), Work("BC công tác dân vận tháng")).verdict
    <Verdict.DIFFERENT: 'different'>

:func:`judge` says of two lines whether they are one work, with the reason; :class:`Index`
finds the lines like a given one among many thousands; :func:`pairs` finds all of a
catalogue or of several; :func:`repeats` is what the check near-duplicate reports.
"""

from kpicat.similar.index import Index, Match, Pair, pairs
from kpicat.similar.judging import Judgement, Verdict, judge
from kpicat.similar.repeats import Repeat, Texts, blocks_of, decision_key, repeats
from kpicat.similar.side import Work

__all__ = [
    "Index",
    "Judgement",
    "Match",
    "Pair",
    "Repeat",
    "Texts",
    "Verdict",
    "Work",
    "blocks_of",
    "decision_key",
    "judge",
    "pairs",
    "repeats",
]
