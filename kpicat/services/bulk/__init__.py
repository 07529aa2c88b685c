"""Gestures on many rows: each is planned on a view, looked at, and written as one batch."""

from kpicat.services.bulk.carrying import carry_out, save_whole
from kpicat.services.bulk.copying import duplicate
from kpicat.services.bulk.merging import Valuation, alternatives, joined, merge, summed, valuations
from kpicat.services.bulk.moving import Where, move, row_named
from kpicat.services.bulk.proposal import (
    SETTABLE,
    TEXTS,
    Line,
    Proposal,
    in_words,
    names,
    row_words,
    within,
)
from kpicat.services.bulk.replacing import Match, Search, matches, replace
from kpicat.services.bulk.setting import delete, set_field
from kpicat.services.bulk.sorting import sort
from kpicat.services.bulk.splitting import MOST_PARTS, Part, proposed_parts, share, split

__all__ = [
    "MOST_PARTS",
    "SETTABLE",
    "TEXTS",
    "Line",
    "Match",
    "Part",
    "Proposal",
    "Search",
    "Valuation",
    "Where",
    "alternatives",
    "carry_out",
    "delete",
    "duplicate",
    "in_words",
    "joined",
    "matches",
    "merge",
    "move",
    "names",
    "proposed_parts",
    "replace",
    "row_named",
    "row_words",
    "save_whole",
    "set_field",
    "share",
    "sort",
    "split",
    "summed",
    "valuations",
    "within",
]
