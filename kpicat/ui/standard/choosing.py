"""What the standard unit is now, and the lines fit to be it, each with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from kpicat.language import _, ngettext, number
from kpicat.services import bulk, tiering, yardsticks
from kpicat.services.view import View
from kpicat.standard_unit import Candidate, Trait
from kpicat.text.normalise import fold
from kpicat.ui import frame, grid_view, steps
from kpicat.ui.standard import held, parts
from kpicat.ui.standard.held import GRID

_MOST = 100  # lines in the table; the others are found by their words
_IN_SIGHT = 7
_SIGNS = "○◔◑◕●"


def now(desk: frame.Desk) -> None:
    """The yardstick as it stands; where it is none, or no yardstick, what to do about it."""
    st.html(f"<style>{(Path(__file__).parent / 'standard.css').read_text(encoding='utf-8')}</style>")
    view = desk.view
    parts.ask(desk)
    part = parts.looked_at(view)
    marked = yardsticks.parts(view)[part or ""]
    if part is not None:
        parts.show(desk, part)
        st.markdown(f"#### {frame.plain_text(parts.called(view, part))}")
    with st.container(horizontal=True, vertical_alignment="center", key=f"{GRID}_now"):
        if len(marked) == 1:
            _one(view, marked[0])
        elif marked:
            words = ngettext(
                "{n} line is marked as the standard unit; choose the one that all are held against.",
                "{n} lines are marked as the standard unit; choose the one that all are held against.",
                len(marked),
            )
            st.warning(words.format(n=number(len(marked))), icon=":material/warning:")
        else:
            words = _("No line is the standard unit yet; choose the one that all others are held against.")
            st.warning(words, icon=":material/straighten:")
        steps.buttons(desk, GRID)


def _one(view: View, item_id: str) -> None:
    table: Any = view.table
    points = table["points"].at[item_id]
    if points == view.guidance.standard_points:
        words = _("The standard unit is **{row}**: {points} points, coefficient 1.")
        row = frame.plain_text(bulk.row_words(view, item_id))
        st.success(words.format(row=row, points=number(points)), icon=":material/straighten:")
        return
    st.warning(off_words(view, item_id), icon=":material/warning:")
    st.button(
        _("Put it right…"), key=f"{GRID}_right", on_click=held.choose, args=(view.catalogue.id, item_id),
        icon=":material/build:",
    )  # fmt: skip


def off_words(view: View, item_id: str) -> str:
    """What a standard unit that has other points than the standard's lacks, as markdown."""
    table: Any = view.table
    points, coefficient = (table[name].at[item_id] for name in ("points", "coefficient"))
    if points is None:
        words = _("The standard unit **{row}** has no points; it needs {standard}, so that its coefficient is 1.")
    else:
        words = _(
            "The standard unit **{row}** has {points} points, so its coefficient is {coefficient}; "
            "it needs {standard}, so that its coefficient is 1."
        )
    row, standard = frame.plain_text(bulk.row_words(view, item_id)), view.guidance.standard_points
    return words.format(row=row, points=number(points), standard=number(standard), coefficient=number(coefficient))


def choose(desk: frame.Desk) -> str:
    """Let the person look at a line, of the part looked at, the fittest first; its id, "" for none."""
    ranked = tiering.candidates(desk.view, parts.looked_at(desk.view))
    ids = {candidate.item_id for candidate in ranked}
    chosen = held.chosen(desk.view.catalogue.id)
    if chosen and chosen not in ids:
        st.info(_("The line you looked at was deleted or emptied meanwhile; choose another."), icon=":material/group:")
        held.choose(desk.view.catalogue.id, "")
    st.caption(
        _(
            "The guidance asks for work that is done regularly, has a clear process and product, can be compared and "
            "counted, and is not swayed by chance. The order is a help to look, not a verdict: you choose."
        )
    )
    words = st.text_input(_("Find a line"), key=f"{GRID}_words", placeholder=_("words of its task or code"), width=420)
    called = bulk.names(desk.view)
    shown = [(n, c) for n, c in enumerate(ranked, start=1) if _says(called[c.item_id], words)]
    if not shown:
        st.info(_("No line says that; look for other words."), icon=":material/search_off:")
    else:
        _table(desk, shown[:_MOST])
    if len(shown) > _MOST:
        said = _("The first {n} of {all} lines; look for words to see the others.")
        st.caption(said.format(n=number(_MOST), all=number(len(shown))))
    found = next((candidate for candidate in ranked if candidate.item_id == chosen), None)
    if found is None:
        st.info(_("Click a line to see what the catalogue becomes with it."), icon=":material/ads_click:")
        return ""
    _traits(desk.view, found)
    return found.item_id


def _says(called: str, words: str) -> bool:
    text = fold(called)
    return all(word in text for word in fold(words).split())


def _table(desk: frame.Desk, shown: Sequence[tuple[int, Candidate]]) -> None:
    """The lines in their order; a click looks at one. Known by its lines, so that a new order is a new table."""
    view, called, tier = desk.view, bulk.names(desk.view), grid_view.tier_words(desk.view)
    ids = [candidate.item_id for _n, candidate in shown]
    chosen = held.chosen(view.catalogue.id)
    key = f"{GRID}_table_{frame.fingerprint(ids)}"

    def clicked() -> None:
        picked = st.session_state[key].selection
        if rows := [row for row, _column in picked.cells] or picked.rows:
            held.choose(view.catalogue.id, ids[rows[0]])

    levels = dict(zip(view.table.index.tolist(), view.table["tier"].astype("object").tolist(), strict=True))
    cells = [
        (
            number(n),
            f"{''.join(_sign(trait.share) for trait in c.traits)} {number(round(float(c.score), 1), 1)}",
            called[c.item_id],
            *(f"{_sign(trait.share)} {'; '.join(trait.evidence)}" for trait in c.traits),
            "" if pd.isna(levels[c.item_id]) else tier(str(levels[c.item_id])),
        )
        for n, c in shown
    ]
    widths = {"#": 50, _("Fit"): 105, _("Row"): 330, **dict.fromkeys(trait_names().values(), 250), _("Tier"): 200}
    st.dataframe(
        pd.DataFrame(cells, columns=list(widths), dtype="str"),
        hide_index=True,
        key=key,
        height=grid_view.HEADER + grid_view.ROW * min(len(ids), _IN_SIGHT) + 2,
        row_height=grid_view.ROW,
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
        selection_mode=["single-row", "single-cell"],
        selection_default={"selection": {"rows": [ids.index(chosen)] if chosen in ids else []}},
        on_select=clicked,
        alt=_("Lines as the standard unit, the fittest first"),
    )


def trait_names() -> dict[str, str]:
    """Key of each of the four traits -> its name, in the guidance's order."""
    return {
        "regular": _("Done regularly"),
        "clear": _("Clear process and product"),
        "quantifiable": _("Can be compared and counted"),
        "steady": _("Not swayed by chance"),
    }


def _traits(view: View, candidate: Candidate) -> None:
    """All that speaks for and against the line looked at."""
    st.markdown(f"#### {frame.plain_text(bulk.row_words(view, candidate.item_id))}")
    with st.container(horizontal=True, key=f"{GRID}_traits"):
        for trait in candidate.traits:
            _trait(trait)


def _trait(trait: Trait) -> None:
    with st.container(border=True, key=f"{GRID}_trait_{trait.key}"):
        st.markdown(f"**{_sign(trait.share)} {trait_names()[trait.key]}**")
        st.markdown("  \n".join(frame.plain_text(words) for words in trait.evidence))


def _sign(share: Fraction) -> str:
    """A circle as full as the share."""
    return _SIGNS[round(share * (len(_SIGNS) - 1))]
