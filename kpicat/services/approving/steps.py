"""The steps: submit, return with remarks, approve, begin a supplement or a new version; each is one function."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from kpicat import approval
from kpicat.approval import Step
from kpicat.errors import InputError
from kpicat.language import _, number
from kpicat.model import Outcome, Standing
from kpicat.model.approvals import Approval
from kpicat.services.approving.checklist import basis_of
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store

MOST_CHARACTERS = 4000
_VIETNAM = timezone(timedelta(hours=7))


def today(at: datetime) -> date:
    """The day it is for the authority at a moment."""
    return at.astimezone(_VIETNAM).date()


def submit(store: Store, view: View, *, actor: str, at: datetime) -> Outcome:
    """Put the catalogue as it stands on ``view`` before the authority; from then on nobody changes it.

    Returns:
        Its batch; where somebody has changed the catalogue meanwhile, none and who that was.

    Raises:
        InputError: Something still stands against it; the sentence says what, and nothing was written.
    """
    basis = basis_of(store, view)
    if said := approval.unfit(view.items, view.open_findings, basis.items if basis else None):
        raise InputError(" ".join(each.words for each in said))
    return store.approvals.take(view.catalogue.id, Step.SUBMIT, seen=_seen(view), actor=actor, at=at)


def return_(store: Store, view: View, remarks: str, *, actor: str, at: datetime) -> Outcome:
    """Give it back with what is to be changed; it can be edited again.

    Raises:
        InputError: There are no remarks, or they are too long.
    """
    words = remarks.encode(errors="ignore").decode().replace("\0", "").strip()
    if not words:
        raise InputError(_("Write what is to be changed, so that those who get the catalogue back know it."))
    if len(words) > MOST_CHARACTERS:
        say = _("The remarks have {n} characters; shorten them to {most}.")
        raise InputError(say.format(n=number(len(words)), most=number(MOST_CHARACTERS)))
    return store.approvals.take(view.catalogue.id, Step.RETURN, seen=_seen(view), remarks=words, actor=actor, at=at)


def approve(store: Store, view: View, decision: Approval, *, actor: str, at: datetime) -> Outcome:
    """Freeze the catalogue as it was submitted, by a decision of the authority.

    Returns:
        Its batch; where somebody has approved or returned it meanwhile, none and who that was.

    Raises:
        InputError: The decision cannot be: a part of it is missing, or its dates do not follow from each other.
    """
    before = store.approvals.of(view.catalogue.id)
    if said := approval.undecided(decision, before, today(at)):
        raise InputError(" ".join(said))
    content = approval.freeze(view.reading, view.guidance)
    return store.approvals.approve(view.catalogue.id, decision, content, seen=_seen(view), actor=actor, at=at)


def begin(store: Store, view: View, step: Step, *, actor: str, at: datetime) -> Outcome:
    """Open what was approved for the next version, or for a supplement to it; the version itself stays as it is."""
    if step not in (Step.BEGIN_SUPPLEMENT, Step.BEGIN_VERSION):
        raise ValueError(f"{step} begins nothing")
    return store.approvals.take(view.catalogue.id, step, seen=_seen(view), actor=actor, at=at)


def _seen(view: View) -> Standing:
    return view.catalogue.standing
