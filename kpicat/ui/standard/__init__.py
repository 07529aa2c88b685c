"""The page of the standard unit: what it is now, the lines fit to be it, and what another one would change."""

from kpicat.ui.standard.changing import change
from kpicat.ui.standard.choosing import choose, now, off_words
from kpicat.ui.standard.held import choose as look_at

__all__ = ["change", "choose", "look_at", "now", "off_words"]
