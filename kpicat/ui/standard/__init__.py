"""The page of the standard unit: what it is now, the lines fit to be it, and what another one would change."""

from kpicat.ui.standard.changing import change
from kpicat.ui.standard.choosing import choose, now

__all__ = ["change", "choose", "now"]
