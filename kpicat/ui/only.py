"""Why somebody cannot do what others can: said where it stands, so that nothing that is offered is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from kpicat.access import Act, require
from kpicat.errors import Forbidden
from kpicat.language import _
from kpicat.model import Batch, Remark, Write
from kpicat.store.needs import acts_of
from kpicat.ui import admitted, frame


class Offered(TypedDict):
    """What a widget is told of whether it may be used."""

    disabled: bool
    help: str | None


def reason(desk: frame.Desk, act: Act) -> str:
    """Why this person may not do something here; "" where they may."""
    return reason_at(desk.view.catalogue.id, act)


def reason_at(catalogue_id: str, act: Act) -> str:
    """As :func:`reason`, of any catalogue."""
    if frame.may(act, catalogue_id):
        return ""
    try:
        require(frame.who(), act, catalogue_id)
    except Forbidden as error:
        return str(error)
    return ""


def offered(desk: frame.Desk, *acts: Act, disabled: bool = False, help: str | None = None) -> Offered:
    """A widget that does something: to be seen by all, to be used by who may.

    Args:
        disabled: Whether it cannot be used now, whoever it is.
        help: What it says to who may.
    """
    why = next(filter(None, (reason(desk, act) for act in acts)), "")
    return {"disabled": disabled or bool(why), "help": why or help}


def writing(desk: frame.Desk, writes: Iterable[Write], *, disabled: bool = False, help: str | None = None) -> Offered:
    """As :func:`offered`, for a widget that writes these."""
    return offered(desk, *acts_of(writes), disabled=disabled, help=help)


def taking_back(desk: frame.Desk, batch: Batch) -> Offered:
    """As :func:`writing`, for a widget that takes a gesture back; what somebody only said, only they take back."""
    writes = desk.store.inverse(desk.view.catalogue.id, batch.id)
    if admitted.signs_in() and batch.actor != desk.actor and all(isinstance(write, Remark) for write in writes):
        words = _("This comment is {who}'s, who alone may change or withdraw it; answer it instead.")
        return {"disabled": True, "help": words.format(who=batch.actor)}
    return writing(desk, writes)
