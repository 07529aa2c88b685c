"""The page of tiers: keys in its grid, one item at a time before a group, one work at several titles."""

from kpicat.ui.assigning import several
from kpicat.ui.assigning.amiss import amiss
from kpicat.ui.assigning.held import GRID, ONE, PARTS, TABLE, TITLES, style
from kpicat.ui.assigning.keys import in_grid
from kpicat.ui.assigning.one import one_at_a_time
from kpicat.ui.assigning.titles import by_title

__all__ = [
    "GRID", "ONE", "PARTS", "TABLE", "TITLES", "amiss", "by_title", "in_grid", "one_at_a_time", "several", "style",
]  # fmt: skip
