"""Gather the units' parts into one catalogue, as one batch that is seen before it is written."""

from kpicat.services.gathering.matching import Close, LineKey, key_of
from kpicat.services.gathering.planning import FilePart, Gathering, gather
from kpicat.services.gathering.twins import Place, Twins
from kpicat.services.gathering.units import Units, by_sheet, guess_units, with_units

__all__ = [
    "Close",
    "FilePart",
    "Gathering",
    "LineKey",
    "Place",
    "Twins",
    "Units",
    "by_sheet",
    "gather",
    "guess_units",
    "key_of",
    "with_units",
]
