"""Who is here: passing, no part of a catalogue or of its log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody at an open page.

    Attributes:
        id: Of the open page.
        page: Which page.
        item: Which item; "" for none.
        at: When last heard of.
        server: The server that hears of them.
    """

    id: str
    catalogue_id: str
    actor: str
    page: str
    item: str
    at: datetime
    server: str
