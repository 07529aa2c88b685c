"""What can be done with many rows at once: one menu, one dialog a gesture."""

from kpicat.ui.bulk.menu import dialog, menu

__all__ = ["dialog", "menu"]
