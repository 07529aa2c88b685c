"""What the sessions of one process share: the store, the views, who is here, and the news of every commit.

It runs beside the pages and by the clock, so it is no part of the core.
"""

from kpicat.office.office import NEWS, Office, Ticket
from kpicat.office.screens import Pace, Painter

__all__ = ["NEWS", "Office", "Pace", "Painter", "Ticket"]
