"""The scale of a catalogue on the page: its marks in words, and the catalogue's own marks."""

from __future__ import annotations

import html
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from kpicat import distribution, services
from kpicat.access import Act
from kpicat.errors import InputError
from kpicat.guidance import Tier
from kpicat.labels import tier_name
from kpicat.language import _, ngettext, number, percent
from kpicat.palette import in_css, tier_colour
from kpicat.services.view import View, written
from kpicat.ui import frame


def marks_with_distribution(view: View) -> None:
    """Each tier: its points, what it means, and how many items carry it now."""
    scale = view.guidance
    table = distribution.by_tier(view.table, scale)
    cards = "".join(_card(row) for row in table.itertuples(index=False))
    st.html(f'<div class="kpicat-marks">{cards}</div>')
    st.caption(
        _("{edition}. Standard unit: {points} points = coefficient 1. Source: {place}.").format(
            edition=frame.plain_text(scale.title),
            points=number(scale.standard_points),
            place=frame.plain_text(scale.sources["standard"].place),
        )
    )


def _card(row: Any) -> str:
    level = None if pd.isna(row.level) else int(row.level)
    colour, share = in_css(tier_colour(level)), html.escape(percent(row.share))
    points = f"{level} · {row.range}" if level is not None else ""
    items = ngettext("{n} item", "{n} items", row.count).format(n=number(row.count))
    return (
        f'<div class="kpicat-mark" style="border-color:{colour}">'
        f"<div><b>{points}</b> {html.escape(row.label)}</div>"
        f'<div class="kpicat-count">{items} · {share}</div>'
        f'<div class="kpicat-bar" style="background:{colour};width:{float(row.share):.2%}"></div></div>'
    )


def own_marks(desk: frame.Desk) -> None:
    """Let the catalogue adjust the marks of its edition; nothing for who may not."""
    if not desk.may(Act.CONFIGURE):
        return
    view = desk.view
    title = _("This catalogue's own marks")
    with st.expander(title, icon=":material/tune:", key="scale_marks"):
        st.caption(
            _(
                "Change a mark only where your authority has decided so. "
                "Items keep the points they have; those off the new marks are shown as findings."
            )
        )
        with st.form("scale_form", border=False):
            typed = {}
            for tier in view.guidance.tiers:
                typed[tier.key] = _ask(tier, f"scale_{tier.key}_{frame.fingerprint(view.guidance.tiers)}")
            if st.form_submit_button(_("Save the marks"), key="scale_save"):
                spans = {key: (_points(view, low), _points(view, high)) for key, (low, high) in typed.items()}
                frame.say_saved(desk.save(services.change_settings, {"marks": services.own_marks(view, spans)}))
        if view.catalogue.marks and st.button(_("Back to the marks of the guidance"), key="scale_reset"):
            frame.say_saved(desk.save(services.change_settings, {"marks": ""}))


def _ask(tier: Tier, key: str) -> tuple[str, str]:
    label = tier_name(tier.level, tier.label, " · ")
    if tier.mark is not None:
        text = st.text_input(label, written(tier.mark), key=key, width=320)
        return text, text
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lowest = st.text_input(f"{label} · {_('from')}", written(tier.lowest), key=f"{key}_low", width=320)
        return lowest, st.text_input(_("to"), written(tier.highest), key=f"{key}_high", width=120)


def _points(view: View, text: str) -> Decimal:
    value = services.typed("points", text, view.guidance)
    if not isinstance(value, Decimal) or value <= 0:
        raise InputError(_("“{text}” is not a number of points; write it like 120 or 2,5.").format(text=text))
    return value
