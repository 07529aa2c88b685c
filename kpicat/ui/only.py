"""Why somebody cannot do what others can: said where it stands, so that nothing that is offered is refused."""

from __future__ import annotations

from kpicat.access import Act, require
from kpicat.errors import Forbidden
from kpicat.ui import frame


def reason(desk: frame.Desk, act: Act) -> str:
    """Why this person may not do something here; "" where they may."""
    if desk.may(act):
        return ""
    try:
        require(frame.who(), act, desk.view.catalogue.id)
    except Forbidden as error:
        return str(error)
    return ""
