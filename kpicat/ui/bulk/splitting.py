"""Dialog: one line into several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

import streamlit as st

from kpicat import services
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.services import appraising, bulk
from kpicat.services.bulk import MOST_PARTS, Part
from kpicat.services.view import View, written
from kpicat.ui import frame
from kpicat.ui.bulk.agreeing import agree
from kpicat.ui.bulk.opened import Opened

_QUANTITY, _POINTS, _NEITHER = "quantity", "points", "neither"


def split(desk: frame.Desk, opened: Opened) -> None:
    """Which line, into how many, what is shared out; then each part, as proposed from its words."""
    item_id = opened.ids[0]
    if len(opened.ids) > 1:
        item_id = st.selectbox(
            _("The line to split"), opened.ids, format_func=bulk.names(desk.view).__getitem__, key="bulk_split_line"
        )
    else:
        st.markdown(f"**{frame.plain_text(bulk.row_words(desk.view, item_id))}**")
    proposed = appraising.parts(desk.view, item_id)
    shared = st.selectbox(
        _("Shared out among them"), list(_ways()), format_func=_ways().__getitem__, key="bulk_split_shared"
    )
    n = int(st.number_input(_("Parts"), 2, MOST_PARTS, max(2, len(proposed)), key=f"bulk_split_n_{item_id}", width=140))
    parts = [_part(desk.view, item_id, k, part, shared) for k, part in enumerate(_shared(proposed, n, shared))]
    codes = st.checkbox(_("Number the codes: VP.01 → VP.01-2"), value=True, key="bulk_split_codes")
    agree(desk, opened, bulk.split(desk.view, item_id, parts, number_codes=codes), _("Split"))


def _ways() -> dict[str, str]:
    return {
        _QUANTITY: _("the quantity; points whole in each"),
        _POINTS: _("the points; quantity whole in each"),
        _NEITHER: _("nothing; quantity and points whole in each"),
    }


def _shared(proposed: Sequence[Part], n: int, shared: str) -> list[Part]:
    """The proposed parts, made up to ``n``, with the quantity or the points divided."""
    parts = [proposed[min(k, len(proposed) - 1)] for k in range(n)]
    whole = {_QUANTITY: parts[0].quantity, _POINTS: parts[0].points}.get(shared)
    if whole is None:
        return parts
    pieces = zip(parts, bulk.share(whole, n), strict=True)
    if shared == _POINTS:
        return [replace(part, points=some) for part, some in pieces]
    return [replace(part, quantity=some) for part, some in pieces]


def _part(view: View, item_id: str, k: int, part: Part, shared: str) -> Part:
    """A part as the person corrects it."""
    key = f"bulk_split_{item_id}_{k}"
    with st.container(border=True):
        task = st.text_area(f"{k + 1}. {field_label('task')}", part.task, key=f"{key}_task", height=68)
        with st.container(horizontal=True):
            product = st.text_input(field_label("product"), part.product, key=f"{key}_product")
            numbers = {
                name: st.text_input(
                    field_label(name), written(value), key=f"{key}_{name}_{written(value)}_{shared}", width=120
                )
                for name, value in (("quantity", part.quantity), ("points", part.points))
            }
    quantity, points = (cast(Decimal | None, services.typed(f, text, view.guidance)) for f, text in numbers.items())
    return Part(task, product, quantity, points)
