"""Dialog: the tiers proposed for rows that have none, taken over where they are sure enough."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kpicat.language import _, ngettext, number
from kpicat.services import bulk, tiering
from kpicat.suggest import Suggestion
from kpicat.ui import frame, grid_view, proposals
from kpicat.ui.bulk.agreeing import agree, preview
from kpicat.ui.bulk.opened import Opened

GESTURE = "suggest"
_LEAST = 60  # per cent that are asked at first: about two of three are right from there on


def suggest(desk: frame.Desk, opened: Opened) -> None:
    """How sure it must be, what would be taken over, and why."""
    found = tiering.suggestions(desk.view, proposals.sources(desk))
    open_ones = tiering.without_tier(desk.view, opened.ids)
    st.caption(
        _(
            "Proposed from the words of each row and from the tiers given so far. "
            "It is a start for your discussion: the group decides, and undo takes all of it back."
        )
    )
    if not open_ones:
        st.info(_("Each of these rows has a tier already; nothing is proposed over it."), icon=":material/check:")
        return
    if tiered := len(opened.ids) - len(open_ones):
        words = ngettext(
            "{n} row has a tier already and is left alone.",
            "{n} rows have a tier already and are left alone.",
            tiered,
        )
        st.caption(words.format(n=number(tiered)))
    proposals.choose_reference(desk)
    least = st.slider(
        _("Take over what is at least this sure"), 0, 100, _LEAST, step=5, format="%d %%", key="suggest_least"
    )
    planned = tiering.accept(desk.view, found, opened.ids, least / 100)
    words = ngettext("Give {n} row its tier", "Give {n} rows their tiers", planned.rows)
    agree(desk, opened, planned, words.format(n=number(planned.rows)), table=False)
    _table(desk, found, open_ones, least)


def _table(desk: frame.Desk, found: Mapping[str, Suggestion], ids: list[str], least: int) -> None:
    """Every open row, the least sure first: these are worth the group's time."""
    called, tier = bulk.names(desk.view), grid_view.tier_words(desk.view)
    taken = _("taken over"), _("left open")
    rows = [
        (
            called[item_id],
            tier(str(found[item_id].tier)),
            f"{number(100 * found[item_id].confidence, 0)} %",
            taken[100 * found[item_id].confidence < least],
            "; ".join(found[item_id].reasons),
        )
        for item_id in sorted(ids, key=lambda item_id: found[item_id].confidence)
    ]
    names = {_("Row"): 260, _("Proposed"): 190, _("How sure"): 80, _("Then"): 100, _("Why"): 460}
    preview(rows, names, key="suggest_rows", alt=_("Tiers proposed"))
