"""Where a catalogue stands on its way, and how it came there: the steps taken, by whom, when, with which remarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.approval import State, is_locked
from kpicat.language import _, moment
from kpicat.model.approvals import number_of
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken.

    Attributes:
        before, after: The states it led from and to.
        remarks: With which the catalogue was returned; "" of other steps.
    """

    before: str
    after: str
    by: str
    at: datetime
    remarks: str = ""

    @property
    def words(self) -> str:
        """What was done."""
        return {
            (State.DRAFT, State.SUBMITTED): _("submitted for approval"),
            (State.SUBMITTED, State.DRAFT): _("returned with remarks"),
            (State.SUBMITTED, State.APPROVED): _("approved"),
            (State.APPROVED, State.DRAFT): _("opened for the next version or a supplement"),
        }.get((State(self.before), State(self.after)), self.after)


def taken(store: Store, view: View) -> list[Taken]:
    """The steps a catalogue went through, the last first."""
    return view.own.get("steps taken", lambda: _taken(store, view))


def _taken(store: Store, view: View) -> list[Taken]:
    changes = store.approvals.steps(view.catalogue.id)
    said = {change.batch: change.new for change in changes if change.field == "remarks" and change.new}
    return [
        Taken(change.old or "", change.new or "", change.actor, change.at, said.get(change.batch, ""))
        for change in reversed(changes)
        if change.field == "status" and change.seq <= view.seq
    ]


def banner(store: Store, view: View, clock: Callable[[datetime], datetime]) -> str:
    """What every page says of a catalogue that cannot be changed, or came back; "" of any other.

    Args:
        clock: A logged moment in the reader's time zone.
    """
    about = view.catalogue
    if not is_locked(about.status) and not about.remarks:
        return ""
    last = next(iter(taken(store, view)), None)
    if last is None:
        return ""
    if about.remarks:
        words = _("Returned on {at} by {who} with remarks; they stand under “Submit and approve”.")
    elif about.status == State.SUBMITTED:
        words = _("Locked: submitted for approval on {at} by {who}. It can be read, commented on and exported; "
                  "to change anything, have it returned first.")  # fmt: skip
    else:
        words = _("Locked: version {n} was approved on {at} by {who}. To change anything begin a supplement or a new "
                  "version under “Submit and approve”.")  # fmt: skip
    return words.format(at=moment(clock(last.at)), who=last.by, n=number_of(about.approved))
