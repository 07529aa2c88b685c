"""Buttons by which results are taken away: a chart as a picture, all of them as a report, slides or numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from kpicat.charts import Chart
from kpicat.exchange.results.picture import Picture
from kpicat.language import _
from kpicat.services import results, results_out
from kpicat.services.results import Filter, Part
from kpicat.services.view import View
from kpicat.ui import frame
from kpicat.ui.downloading import in_their_language

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_PICTURES: dict[Picture, str] = {"png": "image/png", "svg": "image/svg+xml"}

File = tuple[str, str, Callable[[], bytes]]
"""Name, MIME type and what makes it when somebody asks."""


def download_of(view: View, chart: Chart, *, key: str) -> None:
    """Two small buttons that give a chart as a picture; nothing where nothing is drawn.

    Args:
        view: Whose chart.
        key: Of the place of the chart on the page.
    """
    if chart.empty:
        return
    day = frame.clock(frame.now()).date()
    with st.container(horizontal=True, key=f"{key}_pictures", gap="small"):
        for kind, mime in _PICTURES.items():
            st.download_button(
                _("Picture {kind}").format(kind=kind.upper()),
                data=in_their_language(partial(results_out.picture, view, chart, kind, day)),
                file_name=results_out.picture_name(view, chart, kind),
                mime=mime,
                key=f"{key}_{kind}_button",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
            )


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

        return in_their_language(at_last)

    kinds = (
        (".pdf", "application/pdf", results_out.report),
        (".pptx", SLIDES, results_out.slides),
        (".xlsx", EXCEL, results_out.numbers),
    )
    return [(results_out.results_name(desk.view, suffix), mime, made(make)) for suffix, mime, make in kinds]


def _part(view: View, chosen: Filter | None) -> Part:
    return results.part_of(view, chosen or Filter())
