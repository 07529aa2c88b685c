"""Several people at one catalogue, and what a gesture they plan would set."""

from __future__ import annotations

from datetime import datetime

from kpicat.model import Edit, Value
from kpicat.services import View
from kpicat.services.bulk import Proposal
from kpicat.store import Store


class Together:
    """The catalogue "xa" and a clock; what people do there is added by each test's own."""

    def __init__(self, store: Store, at: datetime) -> None:
        self.store, self.at = store, at

    @property
    def view(self) -> View:
        """The catalogue as it stands."""
        return View(self.store.reading("xa"))


def edited(planned: Proposal) -> dict[tuple[str, str], Value]:
    """Cell -> what it would hold."""
    return {(w.item_id, w.field): w.new for w in planned.writes if isinstance(w, Edit)}
