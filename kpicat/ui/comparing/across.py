"""Several bodies on one measure, and the same work that they value differently, with both texts beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import pandas as pd
import streamlit as st

from kpicat import services
from kpicat.charts import Chart, headings
from kpicat.comparing import Line, Work
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services import comparing
from kpicat.services.comparing import Bodies
from kpicat.ui import address, frame, pictures, results_out
from kpicat.ui.comparing.since import PREFIX, to_line
from kpicat.ui.told_apart import told_apart

_HELD = f"{PREFIX}_held"
_MOST_LISTED = 500
_FEW = 12


def bodies(desk: frame.Desk) -> None:
    """Choose catalogues, see them side by side as they stood when they were chosen."""
    shelf = {each.id: each for each in services.shelf(desk.store)}
    if len(shelf) < 2:
        st.info(_("There is no other catalogue here yet; start or bring in that of another body, then compare."))
        return
    words = told_apart({id: " · ".join(filter(None, (s.body, s.name, s.period))) for id, s in shelf.items()})
    key = f"{PREFIX}_bodies"
    linked = [id for id in dict.fromkeys(address.all_said("body")) if id in shelf]
    st.session_state[key] = linked[: comparing.MOST_BODIES] or [desk.view.catalogue.id]
    ids = st.multiselect(
        _("Bodies to hold side by side"), list(shelf),
        format_func=words.__getitem__,
        max_selections=comparing.MOST_BODIES, key=key, placeholder=_("choose two to ten"),
        on_change=lambda: address.say("body", st.session_state[key]),
    )  # fmt: skip
    if len(ids) < 2:
        st.info(_("Choose another body to hold beside this one."))
        return
    found = _held(desk, ids)
    _measures(desk, found)
    _works(found)


def _held(desk: frame.Desk, ids: Sequence[str]) -> Bodies:
    """The comparison as it was made; made anew when it is asked for, as that takes seconds, not at each edit."""
    held: Bodies | None = st.session_state.get(_HELD)
    if held is None or [body.id for body in held.bodies] != list(ids):
        with st.spinner(_("Comparing the bodies' lines")):
            held = comparing.bodies(ids, frame.view)
        st.session_state[_HELD] = held
    stands = desk.store.heads(ids)
    if tuple(str(stands.get(id)) for id in ids) != held.stood:
        with st.container(horizontal=True, vertical_alignment="center", key=f"{PREFIX}_stale"):
            st.caption(f":material/update: {_('One of the catalogues has changed since.')}")
            st.button(_("Compare again"), key=f"{PREFIX}_again", on_click=_let_go)
    return held


def _let_go() -> None:
    st.session_state.pop(_HELD, None)


# -- on one measure ------------------------------------------------------------


def _measures(desk: frame.Desk, found: Bodies) -> None:
    rows = [
        (
            each.body.name,
            each.body.guidance.title,
            number(each.items),
            number(each.ranked),
            comparing.shown(each.median),
        )
        for each in found.spreads
    ]
    headings = [_("Body"), _("Scale"), _("Items"), _("With a tier"), _("Median coefficient")]
    st.dataframe(
        pd.DataFrame(rows, columns=headings, dtype="str"), hide_index=True, height="content", key=f"{PREFIX}_table",
        column_config={headings[0]: st.column_config.TextColumn(width=300)}
        | {name: st.column_config.TextColumn(alignment="right") for name in headings[2:]},
        alt=_("Bodies to hold side by side"),
    )  # fmt: skip
    st.caption(
        _(
            "Scales differ in length and in points, so a tier counts by where it stands in its own scale, and a "
            "coefficient by how many times its own body's median it is."
        )
    )
    for column, chart in zip(
        st.columns(2, gap="medium"),
        (comparing.ranks_chart(found.spreads), comparing.multiples_chart(found.spreads)),
        strict=True,
    ):
        with column:
            pictures.chart(chart, key=f"{PREFIX}_{chart.key}", below=partial(_picture, desk, found))


def _picture(desk: frame.Desk, found: Bodies, shown: Chart) -> None:
    """A chart of the bodies as a picture, which says whose they are."""
    of = ", ".join(body.name for body in found.bodies)
    results_out.download_of(desk.view, shown, key=f"{PREFIX}_{shown.key}", of=of)


# -- the same work -------------------------------------------------------------


def _works(found: Bodies) -> None:
    st.markdown(f"#### {_('The same work valued differently')}")
    differing = [work for work in found.works if work.differs]
    say = ngettext(
        "{n} work stands at two bodies or more; {differing} of them valued differently.",
        "{n} works stand at two bodies or more; {differing} of them valued differently.",
        len(found.works),
    )
    st.caption(say.format(n=number(len(found.works)), differing=number(len(differing))))
    if not found.works:
        return
    every = address.whether(_("Also those valued alike"), "every", key=f"{PREFIX}_every")
    listed = list(found.works if every else differing)[:_MOST_LISTED]
    if not listed:
        st.success(_("Every work that stands at several bodies is valued alike."))
        return
    table = _table(found, listed)
    chosen = st.dataframe(
        table, hide_index=True, key=f"{PREFIX}_works", height="content" if len(table) <= _FEW else 430,
        on_select="rerun", selection_mode="single-row", alt=_("The same work valued differently"),
        column_config={name: st.column_config.TextColumn(width=210) for name in table.columns[1:]},
    )  # fmt: skip
    if len(listed) == _MOST_LISTED:
        st.caption(_("The first {n} are listed, those widest apart.").format(n=number(_MOST_LISTED)))
    rows = [row for row in chosen.selection.rows if row < len(listed)]
    _side_by_side(found, listed[rows[0] if rows else 0])


def _table(found: Bodies, listed: Sequence[Work]) -> pd.DataFrame:
    """One row a work, one column a body: the tier and how many times the median."""
    rows = []
    for work in listed:
        cells = [
            "; ".join(_valued(found, line) for line in work.lines if line.body == n) for n in range(len(found.bodies))
        ]
        rows.append((work.name, *cells))
    columns = headings([field_label("task"), *(body.name for body in found.bodies)])  # a body may be called like one
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _valued(found: Bodies, line: Line) -> str:
    tiers = len(found.bodies[line.body].guidance.tiers)
    tier = _("tier {level} of {all}").format(level=line.level, all=tiers) if line.level else _("No tier yet")
    return tier if line.ratio is None else f"{tier} · ×{comparing.shown(line.ratio)}"


def _side_by_side(found: Bodies, work: Work) -> None:
    """Each line of a work: whose it is, its words, how it is valued, and the way to it."""
    say = _("×{n} means: {n} times the median coefficient of that body. Choose a work to see its lines.")
    st.caption(say.format(n=number(Decimal("1.5"))))
    columns = st.columns(min(len(work.lines), 3), gap="small")
    for n, line in enumerate(work.lines):
        body = found.bodies[line.body]
        with columns[n % len(columns)], st.container(border=True, key=f"{PREFIX}_card_{n}"):
            texts = {name: str(body.items[name].array[body.items.index.get_loc(line.item_id)]) for name in _SHOWN}
            st.markdown(f"**{frame.plain_text(body.name)}**")
            for name, text in texts.items():
                if text:
                    st.markdown(f":small[{field_label(name)}]  \n{frame.plain_text(text)}")
            coefficient = f"{field_label('coefficient')}: {number(line.coefficient) or '–'}"
            st.markdown(f"**{_valued(found, line)}** · {coefficient}")
            to_line(body.id, texts["code"], texts["task"] or texts["detail"], f"{PREFIX}_to_{n}")


_SHOWN = ("code", "task", "detail", "product", "position")
