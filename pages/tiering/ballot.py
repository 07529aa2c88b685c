"""Ballot: the chair asks, members vote blind on their phones, all see together what came of it.

Somebody else at the catalogue, as a second screen in the room, sees the same without the buttons and the code.
"""

from kpicat.language import _
from kpicat.ui import balloting, frame, live, no_items


def ballot(desk: frame.Desk) -> None:
    """The meeting that goes on, or the way to one; below it those that are over, with their minutes."""
    balloting.rules()
    nothing = _("There are no items yet. Bring a file in or type the first ones; then they can be voted on.")
    if no_items.said(desk, "ballot", nothing):
        return
    meetings = desk.store.ballots.meetings(desk.view.catalogue.id)
    going_on = next((meeting for meeting in meetings if meeting.ended_at is None), None)
    if going_on is None:
        balloting.begin(desk)
    else:
        key = balloting.key_of(desk, going_on)
        balloting.board(desk, going_on, key)
        if key:
            balloting.choose(desk, key)
        balloting.end(desk, going_on, key)
    balloting.earlier(desk, [meeting for meeting in meetings if meeting.ended_at is not None])


live.page("ballot", _("Ballot"), ballot)
