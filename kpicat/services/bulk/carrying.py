"""What was agreed to, written: as one batch and, where half of it would be wrong, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.errors import InputError
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import COMMENT, DECISION, FIELDS, PLACE, Conflict, Outcome, Write
from kpicat.services.bulk.proposal import Proposal, row_words
from kpicat.services.tying import save_tied, tie
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store


def carry_out(
    store: Store, view: View, planned: Proposal, *, actor: str, at: datetime, request: str | None = None
) -> Outcome:
    """Write what was agreed to, as one batch.

    Args:
        view: What its author was shown.
        request: The gesture's own id, where it may come twice; also planned anew, as after an
            answer that was lost, it is done once.

    Raises:
        StoreBusy: Nothing was written; the same call may be repeated.
        InputError: As :func:`save_whole`.
    """
    writes = [*planned.read, *planned.writes]
    if planned.whole:
        return save_whole(store, view, writes, actor=actor, at=at, label=planned.label, request=request)
    outcome = save_tied(store, view, writes, actor=actor, at=at, label=planned.label, request=request)
    once = {tie(conflict.item_id, conflict.field): conflict for conflict in reversed(outcome.conflicts)}
    return replace(outcome, conflicts=list(once.values())[::-1])


def save_whole(
    store: Store,
    view: View,
    writes: Sequence[Write],
    *,
    actor: str,
    at: datetime,
    label: str,
    request: str | None = None,
) -> Outcome:
    """Commit writes decided on a view as one batch, all of them or none.

    Raises:
        StoreBusy: Nothing was written; the same call may be repeated.
        InputError: Somebody else was there first; nothing was written. It says who, where and what.
    """
    outcome = store.commit(view.catalogue.id, writes, actor=actor, at=at, label=label, request=request, whole=True)
    if outcome.conflicts and outcome.batch is None:
        raise InputError(_met(view, outcome.conflicts[0]))
    return outcome


def _met(view: View, conflict: Conflict) -> str:
    if conflict.gone:
        say = _("{who} has just deleted row {row}, so nothing was done; look at the preview again and repeat.")
    elif conflict.field == PLACE.name:
        say = _("{who} has just moved row {row}, so nothing was done; look at the preview again and repeat.")
    elif conflict.field == COMMENT:
        say = _("{who} has just commented on row {row}, so nothing was done; look at the preview again and repeat.")
    elif conflict.field == DECISION:
        say = _("{who} has just decided about row {row}, so nothing was done; look at the preview again and repeat.")
    elif conflict.field in FIELDS:
        say = _(
            "{who} has just changed “{field}” of row {row}, so nothing was done; look at the preview again and repeat."
        )
    else:
        say = _("{who} has just changed row {row}, so nothing was done; look at the preview again and repeat.")
    field = field_label(conflict.field) if conflict.field in FIELDS else ""
    return say.format(who=conflict.by, row=row_words(view, conflict.item_id), field=field)
