"""What changed between two versions: the way from one total to the other, and every line that is not as it was."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat.comparing import Comparison, Pair
from kpicat.language import _, number
from kpicat.services import comparing
from kpicat.services.comparing import Version
from kpicat.ui import address, frame, pictures, results_out

PREFIX = "compare"
_MOST_LISTED = 2_000
_FEW = 12
_COUNTED = ("added", "dropped", "renamed", "retiered", "repointed", "requantified")


def versions(desk: frame.Desk) -> None:
    """Choose the two, see what lies between them."""
    found = comparing.versions(desk.store, desk.view, frame.clock)
    if len(found) < 2:
        st.info(_("There is nothing to compare with yet: change the catalogue, or start another one beside it."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PREFIX}_versions"):
        before = _choose(desk, _("From"), "from", found, _usual(desk, found))
        after = _choose(desk, _("To"), "to", found, found[0])
    compared = comparing.compared(desk.store, desk.view, frame.view, before, after)
    words = comparing.change_words()
    with st.container(horizontal=True, key=f"{PREFIX}_counts"):
        for change in _COUNTED:
            st.metric(words[change].capitalize(), number(compared.count(change)), border=True)
    of = f"{before.name} → {after.name} · {desk.view.catalogue.name}"
    pictures.chart(
        comparing.waterfall_chart(compared), key=f"{PREFIX}_waterfall",
        below=lambda shown: results_out.download_of(desk.view, shown, key=f"{PREFIX}_waterfall", of=of),
    )  # fmt: skip
    _lines(compared, after)


def _usual(desk: frame.Desk, found: Sequence[Version]) -> Version:
    """What is held against today where nobody says; it stays while others write."""
    key = f"{PREFIX}_usual_{desk.view.catalogue.id}"
    if st.session_state.get(key) not in found:
        st.session_state[key] = comparing.before_today(found, frame.clock(frame.now()).tzinfo)
    kept: Version = st.session_state[key]
    return kept


def _choose(desk: frame.Desk, label: str, name: str, found: Sequence[Version], usual: Version) -> Version:
    """One of the versions, as the address says; a moment that is offered no more may still be linked to."""
    key, asked = f"{PREFIX}_{name}", address.said(name)
    named = {version.key: version for version in found}
    linked = named.get(asked) or comparing.moment_of(desk.store, desk.view, asked, frame.clock)
    offered = [*found] if linked is None or linked.key in named else [*found, linked]
    st.session_state[key] = linked or usual
    chosen: Version = st.selectbox(
        label, offered, key=key, format_func=lambda version: version.name,
        on_change=lambda: address.say(name, st.session_state[key].key),
    )  # fmt: skip
    return chosen


def _lines(compared: Comparison, after: Version) -> None:
    changed = [pair for pair in compared.pairs if pair.changes]
    if not changed:
        st.info(_("Every line is the same in both."))
        return
    st.markdown(f"#### {_('Line by line')}")
    counts = {change: compared.count(change) for change in comparing.change_words()}
    words = {
        each: f"{name} ({number(counts[each])})" for each, name in comparing.change_words().items() if counts[each]
    }
    wanted = address.several(_("Only lines that are"), words, "only", key=f"{PREFIX}_wanted")
    listed = [pair for pair in changed if not wanted or pair.changes & set(wanted)]
    if len(listed) > _MOST_LISTED:
        say = _("The first {n} of {all} lines are listed; choose above which kind you want to see.")
        st.caption(say.format(n=number(_MOST_LISTED), all=number(len(listed))))
    _table(compared, listed[:_MOST_LISTED], after)


def _table(compared: Comparison, pairs: Sequence[Pair], after: Version) -> None:
    table = comparing.lines(compared, pairs)
    config = {name: st.column_config.TextColumn(alignment="right") for name in table.columns[3:9]}
    config[table.columns[2]] = st.column_config.TextColumn(width=300)
    chosen = st.dataframe(
        table, hide_index=True, key=f"{PREFIX}_lines", height="content" if len(table) <= _FEW else 480,
        on_select="rerun", selection_mode="single-row", alt=_("Line by line"), column_config=config,
    )  # fmt: skip
    row = next((row for row in chosen.selection.rows if row < len(pairs)), None)
    there = None if row is None else pairs[row].after
    if there is None:
        st.caption(_("Choose a line to open it in the grid of its catalogue."))
        return
    items = compared.after.items.loc[[there]]
    code, task, detail = (str(items[name].iat[0]) for name in ("code", "task", "detail"))
    to_line(after.catalogue_id, code, task or detail, f"{PREFIX}_to_line")


def to_line(catalogue_id: str, code: str, task: str, key: str) -> None:
    """A button that opens the grid of a catalogue at a line."""
    if st.button(_("To this line"), key=key, icon=":material/edit_note:"):
        st.session_state.edit_words = code or task
        frame.go("edit", catalogue_id)
