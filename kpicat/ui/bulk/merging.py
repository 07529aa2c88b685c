"""Dialog: several lines into one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat import services
from kpicat.labels import field_label, tier_name
from kpicat.language import _, number
from kpicat.model import Value
from kpicat.services import bulk
from kpicat.services.view import View, written
from kpicat.text.normalise import tidy
from kpicat.ui import frame
from kpicat.ui.bulk.agreeing import agree
from kpicat.ui.bulk.opened import Opened

MOST_LINES = 50


def merge(desk: frame.Desk, opened: Opened) -> None:
    """Where the lines differ, which value the one line has."""
    if not 2 <= len(opened.ids) <= MOST_LINES:
        st.info(
            _("Tick the rows to merge, from 2 to {n} of them, and open this again.").format(n=number(MOST_LINES)),
            icon=":material/checklist:",
        )
        return
    st.markdown(
        _("**{row}** stays, with its place and history; the others are deleted.").format(
            row=frame.plain_text(bulk.row_words(desk.view, opened.ids[0]))
        )
    )
    key = frame.fingerprint(opened.ids)
    differ = {name: found for name, found in bulk.alternatives(desk.view, opened.ids).items() if len(found) > 1}
    sides = st.columns(2)
    with sides[0]:
        chosen = {"quantity": _quantity(desk.view, opened.ids, key)}
    with sides[1]:
        valuation = _valuation(desk, opened)
    for n, (name, values) in enumerate(differ.items()):
        with sides[n % 2]:
            chosen[name] = _value(name, values, key)
    planned = bulk.merge(desk.view, opened.ids, chosen, valuation=valuation, actor=desk.actor, at=frame.now())
    agree(desk, opened, planned, _("Merge"))


def _value(name: str, values: Sequence[Value], key: str) -> Value:
    options = [str(value) for value in values]
    if name != "code":
        options.append(bulk.joined(values))
    chosen = st.selectbox(
        field_label(name), options, accept_new_options=True, key=f"bulk_merge_{name}_{key}",
        placeholder=_("choose, or type a new one"),
    )  # fmt: skip
    return tidy(chosen or "")


def _quantity(view: View, ids: Sequence[str], key: str) -> Value:
    each = [view.value(item_id, "quantity") for item_id in ids]
    whole = bulk.summed(each)
    text = st.text_input(
        field_label("quantity"),
        written(whole),
        key=f"bulk_merge_quantity_{key}_{whole}",
        help=" + ".join(bulk.in_words(value) or "–" for value in each),
    )
    return services.typed("quantity", text, view.guidance)


def _valuation(desk: frame.Desk, opened: Opened) -> bulk.Valuation | None:
    pairs = bulk.valuations(desk.view, opened.ids)
    if len(pairs) < 2:
        return None

    def words(n: int) -> str:
        level, points = pairs[n]
        tier = desk.view.guidance.tier(level)
        said = [tier_name(tier.level, tier.label, " · ")] if tier else []
        return ", ".join([*said, _("{n} points").format(n=number(points))] if points is not None else said)

    n = st.selectbox(
        f"{field_label('tier')}, {field_label('points')}", range(len(pairs)), format_func=words,
        key=f"bulk_merge_tier_{frame.fingerprint(pairs)}",
    )  # fmt: skip
    return pairs[n]
