"""Comments on a page: the button that opens them, and the drawer they stand in."""

from kpicat.ui.commenting.drawer import button, drawer

__all__ = ["button", "drawer"]
