"""The page of comparisons: what changed since another version, and several bodies on one measure."""

from kpicat.ui.comparing.across import bodies
from kpicat.ui.comparing.since import versions

__all__ = ["bodies", "versions"]
