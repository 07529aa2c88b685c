"""Choose the items to vote on: by filter, by what is least sure, by ticking."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.services import balloting, tiering
from kpicat.ui import filters, frame, grid_view, proposals
from kpicat.ui.balloting import keeping

_HEIGHT = 380  # pixels


def choose(desk: frame.Desk, key: str) -> None:
    """The items of the catalogue, to be ticked and put to the vote; made only where somebody looks."""
    told = st.session_state.get("ballot_told", 0)  # after each asking it is closed again, and nothing is ticked
    title, name = _("Choose items to vote on"), f"ballot_chooser_{told}"
    with (
        st.container(key="ballot_choose"),
        st.expander(title, icon=":material/checklist:", key=name, on_change="rerun") as opened,
    ):
        if opened.open:
            _choose(desk, key, told)


def _choose(desk: frame.Desk, key: str, told: int) -> None:
    names = {
        "catalogue": _("as in the catalogue"),
        "least sure": _("least sure proposal first"),
        "no tier": _("without a tier first"),
    }
    order: str = st.segmented_control(
        _("Order"), list(balloting.ORDERS), format_func=names.__getitem__, key="ballot_order",
        default=balloting.ORDERS[0], required=True,
    )  # fmt: skip
    _wanted, ids = filters.ask(
        desk.view, "ballot", lambda found: balloting.ordered(desk.view, found, order, proposals.sources(desk))
    )
    chosen = st.dataframe(
        _table(desk, ids),
        hide_index=True,
        height=_HEIGHT,
        row_height=grid_view.ROW,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"ballot_table_{told}_{frame.fingerprint(ids)}",
        alt=_("Items of the catalogue"),
    )
    ticked = [ids[n] for n in chosen["selection"]["rows"] if n < len(ids)]
    words = ngettext("Put {n} item to the vote", "Put {n} items to the vote", len(ticked))
    st.button(
        words.format(n=number(len(ticked))), key="ballot_ask", type="primary", icon=":material/how_to_vote:",
        disabled=not ticked, on_click=_ask, args=(desk, key, ticked),
    )  # fmt: skip


def _ask(desk: frame.Desk, key: str, ids: list[str]) -> None:
    if keeping.tried(balloting.ask, desk.store, desk.view, key, ids, actor=desk.actor, at=frame.now()):
        st.session_state.ballot_told = st.session_state.get("ballot_told", 0) + 1


def _table(desk: frame.Desk, ids: list[str]) -> pd.DataFrame:
    view = desk.view
    proposed = tiering.suggestions(view, proposals.sources(desk))
    tiers = view.cells.loc[ids, "tier"].tolist()
    sure = [f"{proposed[id].tier} ({percent(proposed[id].confidence)})" if id in proposed else "" for id in ids]
    columns = {name: view.items.loc[ids, name].tolist() for name in ("code", "task", "department")}
    named = {field_label(name): values for name, values in columns.items()}
    return pd.DataFrame(named | {field_label("tier"): tiers, _("Proposed, how sure"): sure}, dtype="str")
