"""A ballot on the page: the chair's, which a projector shows, and the members', on their phones."""

from kpicat.ui.balloting.chair import ballot
from kpicat.ui.balloting.phone import vote

__all__ = ["ballot", "vote"]
