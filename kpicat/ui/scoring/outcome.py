"""What a person's work comes to: the parts, the total, the rating, every line, and the rows that do not count."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat import kpi
from kpicat.kpi import Said
from kpicat.language import _, ngettext, number
from kpicat.services import kpi as trying
from kpicat.services.kpi import Tried
from kpicat.ui import downloading, frame
from kpicat.ui.scoring.whose import PREFIX

_FEW = 12  # rows shown whole


def results(tried: Tried) -> None:
    """All of it, what matters most first."""
    _left(tried.taken.left)
    if tried.score.total is None:
        st.info(
            _("Type what the person was assigned and completed, or take it from a file; the score appears here."),
            icon=":material/calculate:",
        )
        return
    _outcome(tried)
    _remarks(tried.taken.remarks)
    _lines(tried)
    report = downloading.File("kpi.xlsx", lambda: trying.report(tried))
    downloading.button(_("Download as Excel"), report, key=f"{PREFIX}_download")


def _outcome(tried: Tried) -> None:
    score, rules = tried.score, tried.rules
    assert score.result is not None and score.total is not None and score.band is not None
    with st.container(horizontal=True, key=f"{PREFIX}_parts"):
        for part in rules.parts:
            if part.key in score.parts:
                st.metric(
                    f"{part.key} · {part.label}", trying.share_words(score.parts[part.key]), border=True, help=part.says
                )
    with st.container(horizontal=True, key=f"{PREFIX}_outcome"):
        letters = " + ".join(score.parts)
        formula = f"({letters}) ÷ {len(score.parts)}"
        st.metric(_("Result"), trying.share_words(score.result), border=True, help=formula)
        total = _("{general} of the general criteria + result × {result}").format(
            general=number(score.general), result=number(rules.result)
        )
        st.metric(_("Total (points)"), number(kpi.written(score.total, rules)), border=True, help=total)
        lower = number(score.band.lowest)
        reached = _("from {lowest} points on").format(lowest=lower)
        st.metric(_("Rating"), score.band.label, border=True, help=reached)
    st.caption(
        _("By {rules}. A preview: other grounds that decide a rating, such as discipline, are not looked at.").format(
            rules=frame.plain_text(rules.title)
        )
    )
    _origins(tried)


def _origins(tried: Tried) -> None:
    """Which numbers were computed, and which somebody typed."""
    title = _("Where each number comes from")
    st.markdown(f"#### {title}")
    st.dataframe(trying.origins(tried), hide_index=True, height="content", key=f"{PREFIX}_origins", alt=title)


def _left(left: Sequence[Said]) -> None:
    if left:
        title = ngettext("{n} row does not count:", "{n} rows do not count:", len(left)).format(n=number(len(left)))
        st.warning(f"**{title}**\n\n{_listed(left)}", icon=":material/rule:")


def _remarks(remarks: Sequence[Said]) -> None:
    if remarks:
        with st.expander(_("To look at ({n})").format(n=number(len(remarks))), key=f"{PREFIX}_remarks"):
            st.markdown(_listed(remarks))


def _listed(said: Sequence[Said]) -> str:
    """One sentence a line, before it the rows of which it is said."""
    rows: dict[str, list[str]] = {}
    for each in said:
        rows.setdefault(each.sentence, []).append(number(each.row))
    say = _("Row {row}: {sentence}")
    return "\n".join(
        f"- {say.format(row=', '.join(places), sentence=frame.plain_text(sentence))}"
        for sentence, places in rows.items()
    )


def _lines(tried: Tried) -> None:
    table = trying.lines(tried.score)
    st.markdown(f"#### {_('Each line in standard units')}")
    st.dataframe(
        table,
        hide_index=True,
        key=f"{PREFIX}_lines",
        height="content" if len(table) <= _FEW else 480,
        column_config={
            name: st.column_config.TextColumn(alignment=None if n == 1 else "right", width=360 if n == 1 else None)
            for n, name in enumerate(table.columns)
        },
        alt=_("Each line in standard units"),
    )
