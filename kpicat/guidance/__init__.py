"""A guidance edition as data: standard points, tiers, rounding, criteria, each with its source.

Editions are TOML files in ``data/guidance``; a catalogue may adjust an edition's
marks (:meth:`Guidance.adjusted`).
"""

from kpicat.guidance.edition import MOST_TIERS, PARTED_BY, Criterion, Grid, Guidance, Place, Tier
from kpicat.guidance.loading import DEFAULT, FOLDER, editions, get, load

__all__ = [
    "DEFAULT",
    "FOLDER",
    "MOST_TIERS",
    "PARTED_BY",
    "Criterion",
    "Grid",
    "Guidance",
    "Place",
    "Tier",
    "editions",
    "get",
    "load",
]
