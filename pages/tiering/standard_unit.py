"""Standard unit: choose the yardstick of the catalogue, on what it is fit for, with what follows shown first."""

from kpicat.language import _
from kpicat.ui import frame, live, no_items, standard


def standard_unit(desk: frame.Desk) -> None:
    """What is the yardstick now, which lines are fit to be, and what becomes of the catalogue with another."""
    nothing = _("There are no items yet. Bring a file in or type the first ones; one of them becomes the yardstick.")
    if no_items.said(desk, "standard", nothing):
        return
    standard.now(desk)
    if chosen := standard.choose(desk):
        standard.change(desk, chosen)


live.page("standard_unit", _("Standard unit"), standard_unit)
