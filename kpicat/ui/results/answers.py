"""What the page answers: in four sentences first, then a question at a time in charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import streamlit as st

from kpicat import charts
from kpicat.distribution import GROUPINGS, Measure
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services import View, results
from kpicat.services.results import Changed, Moment, Part
from kpicat.ui import frame, pictures, results_out
from kpicat.ui.results.asking import SECTIONS, Asked, ask, asked, narrow
from kpicat.ui.results.figures import moved

_SHOWN: Mapping[str, Sequence[Sequence[str]]] = {
    "hard": (("tiers_count", "tiers_amount"), ("heatmap",)),
    "who": (("stacked", "curve"), ("treemap",)),
    "fair": (("shares", "mean"),),
    "most": (("heaviest", "papers"),),
    "kept": (("principles",),),
}
"""Section -> its charts, row by row."""
_FIELD_CHARTS = ("stacked", "shares", "mean", "heatmap", "treemap", "papers")


def questions() -> dict[str, str]:
    """What each section answers."""
    words = (
        _("How hard is the work?"), _("Who carries it?"), _("Is a unit inflating?"), _("What weighs most?"),
        _("What changed?"), _("Are the principles kept?"),
    )  # fmt: skip
    return dict(zip(SECTIONS, words, strict=True))


def measure_of(part: Part, wanted: Asked) -> Measure:
    """What is added up: as asked, else as usual."""
    return wanted.measure or part.measure


def brief(part: Part, then: Part | None, against: Moment | None, wanted: Asked) -> None:
    """What leaders ask first, each with its answer in a sentence."""
    measure, asks = measure_of(part, wanted), questions()
    names = {"hard": f"tiers_{measure}"}
    if part.items[wanted.group_by].nunique() > 1:
        names |= {"who": "treemap", "fair": "mean"}
    charts_of = {key: part.chart(name, wanted.group_by, measure) for key, name in names.items()}
    said = [(asks[key], chart.title) for key, chart in charts_of.items() if not chart.empty]
    if (unequal := part.valued_differently) is not None:
        said.append((_("Is the same work valued differently?"), _unequal(len(unequal))))
    if then and against:
        said.append((asks["changed"], _since(results.changed(part, then, wanted.group_by), against, wanted)))
    if said:
        st.markdown("\n".join(f"- **{ask}** {frame.plain_text(answer)}" for ask, answer in said))


def _unequal(n: int) -> str:
    """How many lines have another tier than a line with the same work."""
    if not n:
        return _("No: lines with the same work have the same tier.")
    return ngettext(
        "{n} line has another tier than a line with the same work; “Check the principles” shows it.",
        "{n} lines have another tier than a line with the same work; “Check the principles” shows them.",
        n,
    ).format(n=number(n))


def section(view: View, part: Part, then: Part | None, against: Moment | None, wanted: Asked) -> None:
    """The question chosen, in charts.

    Args:
        view: Whose part.
    """
    measure = measure_of(part, wanted)
    _choices(wanted, measure)
    if wanted.section == "changed":
        _changes(part, then, against, wanted)
        return
    for row in _SHOWN[wanted.section]:
        columns = st.columns(len(row), gap="medium")
        for place, name in zip(columns, row, strict=True):
            with place:
                _chart(view, part, name, wanted, measure)
    if wanted.section in ("hard", "who", "fair"):
        st.caption(_("Click a bar, a cell or a point to see the items behind it."))


def _choices(wanted: Asked, measure: Measure) -> None:
    said = questions()
    st.session_state.update(dashboard_section=wanted.section, dashboard_by=wanted.group_by, dashboard_of=measure)
    st.segmented_control(
        _("Question"), list(said), format_func=said.__getitem__, key="dashboard_section", required=True,
        label_visibility="collapsed", on_change=_asks, args=("section", "dashboard_section"),
    )  # fmt: skip
    if wanted.section == "kept":
        return
    measures: dict[str, str] = {
        "count": _("Number of items"),
        "converted_quantity": field_label("converted_quantity"),
        "converted_points": field_label("converted_points"),
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="dashboard_choices"):
        st.segmented_control(
            _("Split by"), GROUPINGS, format_func=field_label, key="dashboard_by", required=True,
            on_change=_asks, args=("group_by", "dashboard_by"),
        )  # fmt: skip
        if wanted.section in ("hard", "who", "fair"):
            st.segmented_control(
                _("Measured by"), list(measures), format_func=measures.__getitem__, key="dashboard_of", required=True,
                on_change=_asks, args=("measure", "dashboard_of"),
            )  # fmt: skip


def _asks(what: str, key: str) -> None:
    ask(replace(asked(), **{what: st.session_state[key]}))


def _chart(view: View, part: Part, name: str, wanted: Asked, measure: Measure) -> None:
    if name == "tiers_amount":
        name = "tiers_converted_points" if measure == "converted_points" else "tiers_converted_quantity"
    box = bool(st.session_state.get("dashboard_box"))
    ways: tuple[str, Measure] = (wanted.group_by, measure)
    pictures.chart(
        part.chart(name, *ways),
        key=f"dashboard_{name}",
        marks=frame.fingerprint((wanted.filter, ways, box)),
        clicked=narrow,
        box=box,
        whole=(lambda: part.chart(name, *ways, most=None)) if name in _FIELD_CHARTS else None,
        below=lambda shown: results_out.download_of(view, shown, key=f"dashboard_{name}"),
    )


# -- what changed --------------------------------------------------------------


def _changes(part: Part, then: Part | None, against: Moment | None, wanted: Asked) -> None:
    if then is None or against is None:
        st.info(_("There is nothing earlier to compare with yet; come back when the catalogue has been worked on."))
        return
    rows = results.changed(part, then, wanted.group_by)
    st.markdown(f"#### {frame.plain_text(_since(rows, against, wanted))}")
    if not rows:
        return
    pictures.numbers(
        pd.DataFrame(
            {
                field_label(wanted.group_by): [row.name for row in rows],
                _("Items"): [_and_moved(row.items, row.items_then) for row in rows],
                field_label("converted_quantity"): [_and_moved(row.work, row.work_then) for row in rows],
                _("Mean coefficient"): [_and_moved(row.mean, row.mean_then) for row in rows],
            },
            dtype="str",
        ),
        key="dashboard_changes", alt=_("What changed, by {field}").format(field=field_label(wanted.group_by)), words=1,
    )  # fmt: skip


def _and_moved(now: Decimal | int | None, then: Decimal | int | None) -> str:
    """A number, and by how much it moved where it did."""
    by = moved(now, then)
    return f"{number(now) or '–'} ({by})" if by else number(now) or "–"


def _since(rows: Sequence[Changed], against: Moment, wanted: Asked) -> str:
    """What moved most since a moment, in a sentence; what lies on nobody in another."""
    field = field_label(wanted.group_by).lower()
    named, unnamed = ([row for row in rows if bool(row.value.strip()) is there] for there in (True, False))
    without = _("Lines without {field}: {by}.")
    others = [without.format(field=field, by=_by_how_much(row)) for row in unnamed]
    return " ".join([_most_moved(named, against.words, field), *others])


def _most_moved(rows: Sequence[Changed], since: str, field: str) -> str:
    if not rows:
        same = _("Since {moment} the items, converted quantity and mean coefficient of each {field} are unchanged.")
        return same.format(moment=since, field=field)
    most, n = rows[0], len(rows)
    sentence = ngettext(
        "Since {moment} {n} {field} has moved: “{name}”, by {by}.",
        "Since {moment} {n} of “{field}” have moved, most of all “{name}”: by {by}.",
        n,
    )
    return sentence.format(
        moment=since, n=number(n), field=field, name=charts.brief(most.name),
        by=_with_others(_by_how_much(most), results.others_as_much(rows)),
    )  # fmt: skip


def _by_how_much(row: Changed) -> str:
    """What of it moved, and by how much."""
    moves = (
        (_("{by} standard units a year"), moved(row.work, row.work_then)),
        (_("{by} items"), moved(row.items, row.items_then)),
        (_("{by} in the mean coefficient"), moved(row.mean, row.mean_then)),
    )
    return ", ".join(words.format(by=by) for words, by in moves if by)


def _with_others(words: str, others: int) -> str:
    if not others:
        return words
    said = ngettext("{words} (as much as {n} other)", "{words} (as much as {n} others)", others)
    return said.format(words=words, n=number(others))
