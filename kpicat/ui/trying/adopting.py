"""Dialog: a scenario made the catalogue's, with its preview and everything that others changed meanwhile."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from contextlib import suppress

import pandas as pd
import streamlit as st

from kpicat.errors import KpicatError, StoreBusy
from kpicat.language import _, ngettext, number
from kpicat.services import scenarios
from kpicat.ui import approving, frame, only, shell
from kpicat.ui.bulk.agreeing import height
from kpicat.ui.trying.held import PREFIX, Held

_OPEN, _WHY = f"{PREFIX}_adopting", f"{PREFIX}_adopt_why"


def button(held: Held) -> None:
    """What opens the dialog; a scenario is adopted as it is kept, so that all who look at it mean the same."""
    st.button(
        _("Adopt…"), key=f"{PREFIX}_adopt_open", icon=":material/task_alt:",
        disabled=held.kept is None or held.changed or held.gone or held.adopted,
        help=_("Keep the scenario first; then the catalogue can take it over.") if held.changed else None,
        on_click=lambda: st.session_state.update({_OPEN: held.kept.id if held.kept else None}),
    )  # fmt: skip


def dialog(desk: frame.Desk, held: Held) -> None:
    """The dialog, where it is open over the scenario in hand."""
    if held.kept is not None and st.session_state.get(_OPEN) == held.kept.id and not held.adopted:
        st.dialog(_("Adopt the scenario"), width="large", on_dismiss=_close)(_show)(desk, held)


def _show(desk: frame.Desk, held: Held) -> None:
    if st.session_state.get(_OPEN) is None or held.kept is None:
        st.rerun()
    with shell.errors_in_words():
        with suppress(StoreBusy):
            desk = dataclasses.replace(desk, view=frame.view(desk.view.catalogue.id))
        take = st.session_state.get(f"{PREFIX}_take", [])
        adoption = scenarios.look(desk.store, desk.view, held.kept, take)
        _met(adoption.met)
        if adoption.gone:
            say = ngettext(
                "{n} row of the scenario was deleted meanwhile and is passed over.",
                "{n} rows of the scenario were deleted meanwhile and are passed over.",
                adoption.gone,
            )
            st.warning(say.format(n=number(adoption.gone)), icon=":material/delete_history:")
        _preview(adoption)
        if why := st.session_state.pop(_WHY, None):
            st.error(frame.plain_text(why), icon=":material/group:")
        st.button(
            _("Adopt as one batch"), key=f"{PREFIX}_adopt", type="primary", icon=":material/check:",
            on_click=_adopt, args=(desk, held, adoption),
            **only.writing(
                desk, adoption.planned.writes, disabled=not adoption.planned.writes or approving.is_locked(desk)
            ),
        )  # fmt: skip
        _table(adoption)


def _met(met: Sequence[scenarios.Met]) -> None:
    """What two have changed: it stays as it is unless the person says that the scenario's is to stand."""
    if not met:
        return
    words = ngettext(
        "{n} place was changed by others since the scenario was begun. It stays as it is, unless you choose it below.",
        "{n} places were changed by others since the scenario was begun. They stay as they are, unless you choose them "
        "below.",
        len(met),
    )
    st.warning(words.format(n=number(len(met))), icon=":material/group:")
    rows = [(each.what, each.then, each.now, each.wanted) for each in met]
    headings = [_("What"), _("When it was begun"), _("As it is now"), _("In the scenario")]
    st.dataframe(
        pd.DataFrame(rows, columns=headings, dtype="str"), hide_index=True, height=height(len(rows)),
        key=f"{PREFIX}_met_table", alt=_("What others have changed"),
    )  # fmt: skip
    called = {each.place: f"{each.what}: {each.wanted}" for each in met}
    key = f"{PREFIX}_take"
    with st.container(horizontal=True):
        st.button(_("Take the scenario's for all"), key=f"{PREFIX}_take_all", on_click=_choose, args=(list(called),))
        st.button(_("Keep all as they are"), key=f"{PREFIX}_take_none", on_click=_choose, args=([],))
    st.session_state[key] = [place for place in st.session_state.get(key, []) if place in called]
    st.multiselect(
        _("Take the scenario's for"), list(called), format_func=called.__getitem__, key=key,
        placeholder=_("none: all stay as they are"),
    )  # fmt: skip


def _preview(adoption: scenarios.Adoption) -> None:
    planned = adoption.planned
    if not planned.writes:
        st.info(_("The catalogue is so already, or all of it stays as it is; there is nothing to write."))
        return
    rows = ngettext("**{n} row** is changed", "**{n} rows** are changed", planned.rows).format(n=number(planned.rows))
    if not planned.rows:
        rows = _("Only the scale is changed, and no row")
    st.markdown(f"{rows}; {_('undo takes all of it back.')}")
    if planned.before != planned.after:
        st.caption(
            _("The converted total of the catalogue changes: **{before} → {after}** standard units.").format(
                before=number(planned.before), after=number(planned.after)
            )
        )


def _table(adoption: scenarios.Adoption) -> None:
    rows = [(line.row, line.what, line.before, line.after) for line in adoption.planned.lines]
    if rows:
        headings = [_("Row"), _("What"), _("Before"), _("After")]
        st.dataframe(
            pd.DataFrame(rows, columns=headings, dtype="str"), hide_index=True, height=height(len(rows)),
            key=f"{PREFIX}_adopt_table", lazy=True if len(rows) > 500 else None, alt=_("What would change"),
        )  # fmt: skip


# -- gestures ------------------------------------------------------------------


def _choose(places: list[str]) -> None:
    st.session_state[f"{PREFIX}_take"] = places


def _adopt(desk: frame.Desk, held: Held, adoption: scenarios.Adoption) -> None:
    """On what stands in the preview: what others change meanwhile keeps all of it from being written."""
    if st.session_state.get(_OPEN) is None:  # pressed twice
        return
    try:
        outcome = desk.save(scenarios.adopt, adoption)
    except KpicatError as error:
        st.session_state[_WHY] = str(error)
        return
    _close()
    held.take(desk.store.scenarios.one(adoption.kept.id))  # known to who adopted it before the page looks
    if outcome.batch:
        st.session_state.notice = _("The scenario was adopted; undo takes all of it back.")


def _close() -> None:
    st.session_state.pop(_OPEN, None)
    st.session_state.pop(f"{PREFIX}_take", None)
