"""What bringing a file in would do, said before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from kpicat import services
from kpicat.access import Act
from kpicat.exchange import Read
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.model import Delete, Edit, Value, Write
from kpicat.services import Mode, commenting, fitting
from kpicat.services.view import View, written
from kpicat.ui import frame, only


def found(read: Read, name: str) -> None:
    """How many items a file holds; where none is seen, what to do about it."""
    n = len(read.items)
    if n == 0 and not read.report.tables:
        left_out = _("Every sheet of {name} is left out, so nothing is left to bring in; choose another file.")
        st.warning(left_out.format(name=frame.plain_text(name)), icon=":material/block:")
        return
    if n == 0:
        nothing = _("No item was found in {name}: open a sheet below and choose what its columns are taken for.")
        st.warning(nothing.format(name=frame.plain_text(name)), icon=":material/ads_click:")
        return
    sentence = ngettext("{n} item found in {name}", "{n} items found in {name}", n)
    st.success(sentence.format(n=number(n), name=frame.plain_text(name)), icon=":material/task_alt:")


def scale(desk: frame.Desk, read: Read) -> None:
    """Warn where the file's points are of another scale than the catalogue's: its coefficients would be wrong."""
    n, own = fitting.off_scale(read.items, desk.view.guidance), desk.view.guidance
    if not n:
        return
    said = [
        ngettext(
            "{n} item has points that the scale of this catalogue ({scale}) does not have.",
            "{n} items have points that the scale of this catalogue ({scale}) does not have.",
            n,
        ).format(n=number(n), scale=frame.plain_text(own.title))
    ]
    better = fitting.better_edition(read.items, own)
    if better:
        said.append(_("The file goes with “{scale}”.").format(scale=frame.plain_text(better.title)))
    empty = not len(desk.view.items)
    if better and not empty:
        said.append(
            _(
                "Look at the scale of points under “About this catalogue” on the page “My catalogues” "
                "before bringing it in."
            )
        )
    st.warning(" ".join(said), icon=":material/straighten:")
    words, may = _("Use the scale of the file"), only.offered(desk, Act.CONFIGURE)
    if better and empty and st.button(words, key="bring_in_scale", **may):
        frame.say_saved(desk.save(services.change_settings, {"guidance": better.id, "marks": ""}))


def outcome(figures: Mapping[str, int]) -> None:
    """What bringing in would do, in a few figures."""
    with st.container(horizontal=True, key="bring_in_figures"):
        for label, n in figures.items():
            st.metric(label, number(n), border=True)


def twice(n: int) -> None:
    """Warn that so many appended lines would stand in the catalogue twice."""
    if n:
        said = ngettext(
            "{n} item of the file has a code that the catalogue has already and would stand there twice; "
            "to change what is there choose “{update}”.",
            "{n} items of the file have a code that the catalogue has already and would stand there twice; "
            "to change what is there choose “{update}”.",
            n,
        )
        st.warning(said.format(n=number(n), update=mode_name(Mode.UPDATE)), icon=":material/content_copy:")


def mode_name(mode: Mode) -> str:
    """What becomes of the existing items, in words."""
    return {
        Mode.APPEND: _("Add all after the existing items"),
        Mode.UPDATE: _("Update items with the same code, add the others"),
        Mode.REPLACE: _("Replace all existing items"),
    }[mode]


def ambiguous(codes: Sequence[str]) -> None:
    """Say which codes tell no row from another."""
    if codes:
        st.caption(
            _("These codes occur more than once, so their rows are added instead of matched: {codes}.").format(
                codes=frame.plain_text(", ".join(codes[:12])) + ("…" if len(codes) > 12 else "")
            )
        )


def changes(view: View, writes: Sequence[Write]) -> None:
    """Every cell that would change and every row that would go, with what stands there now and what was said of it."""
    if said := commenting.out_of_sight(view, writes):
        st.warning(said, icon=":material/speaker_notes_off:")
    rows = [
        (called(view, w.item_id), field_label(w.field), _text(w.seen), _text(w.new))
        for w in writes
        if isinstance(w, Edit) and w.seen != w.new
    ]
    rows += [
        (called(view, w.item_id), _("the whole row"), str(view.value(w.item_id, "task")), "")
        for w in writes
        if isinstance(w, Delete)
    ]
    if not rows:
        return
    with st.expander(f"{_('What would change')} ({number(len(rows))})", key="bring_in_changes"):
        headings = [_("Row"), _("What"), _("Before"), _("After")]
        st.dataframe(pd.DataFrame(rows, columns=headings, dtype="str"), hide_index=True, key="bring_in_changes_table")


def called(view: View, item_id: str) -> str:
    """What an item of the catalogue is called by in a table."""
    return str(view.value(item_id, "code") or view.value(item_id, "task"))


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return value if isinstance(value, str) else written(value)
