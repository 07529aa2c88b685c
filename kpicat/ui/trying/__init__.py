"""The page of scenarios: try something, see what becomes of the figures, keep it, share it, adopt it."""

from kpicat.ui.trying.adopting import button as adopt_button
from kpicat.ui.trying.adopting import dialog
from kpicat.ui.trying.bar import bar
from kpicat.ui.trying.comparing import side_by_side
from kpicat.ui.trying.controls import controls
from kpicat.ui.trying.figures import figures
from kpicat.ui.trying.following import follow
from kpicat.ui.trying.held import Held, current

__all__ = [
    "Held", "adopt_button", "bar", "controls", "current", "dialog", "figures", "follow", "side_by_side",
]  # fmt: skip
