"""The page of results: figures that say what changed, charts that answer a click, and slides for a room."""

from kpicat.ui.results.answers import brief, section
from kpicat.ui.results.asking import Asked, asked
from kpicat.ui.results.behind import items, why
from kpicat.ui.results.figures import figures, lacking
from kpicat.ui.results.presenting import slides
from kpicat.ui.results.tools import chips, tools

__all__ = ["Asked", "asked", "brief", "chips", "figures", "items", "lacking", "section", "slides", "tools", "why"]
