"""A grid outlives its session: the server was killed, or the line was down for longer than a session is kept.

The browser still shows the grid, with a half-typed cell and with everything that was
typed and is not confirmed, each by the position of its row. Which rows these are it is
told in a *mark* when a generation begins, and a session that knows nothing of the grid
gets it back (:func:`kpicat.ui.live.remembered`). So the new session goes on with the same
generation: nothing is put up anew, and what was typed is saved as ever. The mark also names
the session, so the browser sees when another has taken over and reports again what may have
come before that one knew the page. What others wrote since the generation began counts as
not seen, so it is asked about, not overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from datetime import datetime
from itertools import groupby

import pandas as pd

from kpicat.errors import UnknownCatalogue
from kpicat.model import PLACE, ChangeKind, Standing
from kpicat.services.view import View
from kpicat.store import Store
from kpicat.ui.frame import Desk, fingerprint, visit
from kpicat.ui.grid import Grid


def mark(grid: Grid) -> str:
    """What a browser has to remember of a generation that has just begun."""
    assert grid.view is not None
    places = grid.view.items.index.get_indexer(pd.Index(list(grid.listed))).tolist()
    told = {
        "catalogue": grid.view.catalogue.id,
        "standing": grid.view.catalogue.standing,
        "shape": fingerprint(grid.shape),
        "key": grid.key,
        "rows": _runs(places),
        "blank": grid.blank,
        "visit": visit(),
    }
    return json.dumps(told)


def resume(grid: Grid, marked: str, desk: Desk, *, shape: Hashable, columns: Sequence[str], at: datetime) -> bool:
    """Go on with the generation a browser has on its screen; False, and nothing done, where it is not of this shape.

    Raises:
        StoreBusy: The database does not answer.
    """
    store, view = desk.store, desk.view
    try:
        told = json.loads(marked)
        standing, key, blank = Standing(*told["standing"]), str(told["key"]), [str(i) for i in told["blank"]]
        places = [place for start, stop in told["rows"] for place in range(start, stop)]
        is_this = told["catalogue"] == view.catalogue.id and told["shape"] == fingerprint(shape)
    except (ValueError, TypeError, KeyError):
        return False
    ids = _ids_at(store, view, standing) if is_this else None
    if ids is None or not key or not all(0 <= place < len(ids) for place in places):
        return False
    grid.begin(view, shape, columns, [ids[place] for place in places], 0)
    grid.key, grid.mark, grid.blank = key, json.dumps(told | {"visit": visit()}), tuple(blank)
    grid.reserved |= set(blank) - set(view.items.index)
    for change in store.changes(view.catalogue.id, since=standing.seq):
        if change.actor != desk.actor:
            grid.learn(change, at)
    grid.resumed = True
    return True


def _ids_at(store: Store, view: View, standing: Standing) -> Sequence[str] | None:
    """Ids of the items, in order, when the log stood there; None where it never did, as after a restored backup."""
    before = store.changes(view.catalogue.id, since=max(standing.seq - 1, 0))
    if standing.seq and not (before and (before[0].seq, before[0].batch) == standing):
        return None
    moved = any(
        change.seq > standing.seq
        and (
            change.kind not in (ChangeKind.EDIT, ChangeKind.COMMENT, ChangeKind.DECISION) or change.field == PLACE.name
        )
        for change in before
    )
    try:
        reading = store.reading(view.catalogue.id, standing.seq) if moved else view.reading
    except UnknownCatalogue:
        return None
    return [str(i) for i in reading.items.index]


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers as ranges from (included) to (not included)."""
    runs = []
    for _shift, run in groupby(enumerate(places), key=lambda one: one[1] - one[0]):
        numbers = [place for _n, place in run]
        runs.append((numbers[0], numbers[-1] + 1))
    return runs
