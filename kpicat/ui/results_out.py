"""Buttons by which results are taken away: a chart as a picture, all of them as a report, slides or numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import get_args

import streamlit as st

from kpicat.charts import Chart
from kpicat.exchange.results.picture import Picture
from kpicat.language import _
from kpicat.services import results, results_out
from kpicat.services.results import Filter, Part
from kpicat.services.view import View
from kpicat.ui import downloading, frame
from kpicat.ui.downloading import File


def download_of(view: View, chart: Chart, *, key: str, of: str = "") -> None:
    """Two small buttons that give a chart as a picture; nothing where nothing is drawn.

    Args:
        view: Whose chart.
        key: Of the place of the chart on the page.
        of: What it is of, where that is not the catalogue alone.
    """
    if chart.empty:
        return
    day = frame.clock(frame.now()).date()
    with st.container(horizontal=True, key=f"{key}_pictures", gap="small"):
        for kind in get_args(Picture):
            name = results_out.picture_name(view, chart, kind)
            file = File(name, partial(results_out.picture, view, chart, kind, day, of))
            words = _("Picture {kind}").format(kind=kind.upper())
            downloading.button(words, file, key=f"{key}_{kind}_button", type="tertiary")


def files(
    desk: frame.Desk, chosen: Filter | None = None, *, since: str = "", group_by: str = "department"
) -> list[File]:
    """Report, slides and numbers of what is looked at.

    Args:
        chosen: Which items; None for all.
        since: Key of the moment they are held against; "" for the usual one.
        group_by: What they are told apart by.
    """
    now = frame.clock(frame.now())

    def made(make: Callable[..., bytes]) -> Callable[[], bytes]:
        def at_last() -> bytes:
            moments = results.moments(desk.store, desk.view, now)
            against = results.moment_of(moments, since)
            then = _part(results.stood(desk.store, desk.view, against), chosen) if against else None
            return make(_part(desk.view, chosen), then, against, day=now.date(), group_by=group_by)

        return at_last

    kinds = ((".pdf", results_out.report), (".pptx", results_out.slides), (".xlsx", results_out.numbers))
    return [File(results_out.results_name(desk.view, suffix), made(make)) for suffix, make in kinds]


def _part(view: View, chosen: Filter | None) -> Part:
    return results.part_of(view, chosen or Filter())
