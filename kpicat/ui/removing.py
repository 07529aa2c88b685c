"""Take a catalogue off the shelf, asked about by its name; and those that are off it, to be put back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat import services
from kpicat.access import Act
from kpicat.errors import KpicatError
from kpicat.language import _, moment, ngettext, number
from kpicat.model import Catalogue
from kpicat.services import removing
from kpicat.services.removing import Removed
from kpicat.ui import frame, only, shell, shelved

_OPEN, _SAID = "removing", "removing_said"
"""In the session: id of the catalogue that is asked about, and what the next run has to say."""
_FOLD = "home_removed"


def button(about: Catalogue) -> None:
    """What asks whether the catalogue should go; it stands on its card."""
    st.button(
        _("Remove…"), key=f"home_remove_{about.id}", type="tertiary",
        on_click=lambda: st.session_state.update({_OPEN: about.id}),
    )  # fmt: skip


def dialog(shelf: Sequence[Catalogue]) -> None:
    """The question, where it is open, and what came of the last one."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(frame.plain_text(said), icon=":material/info:", duration="long")
    asked = next((each for each in shelf if each.id == st.session_state.get(_OPEN)), None)
    if asked is not None:
        (entry,) = services.entries(frame.store(), [asked])
        st.dialog(_("Remove the catalogue"), on_dismiss=_close)(_ask)(entry)


def _ask(entry: services.Entry) -> None:
    about = entry.catalogue
    items = ngettext("{n} item", "{n} items", entry.items).format(n=number(entry.items))
    parts = [part for part in (about.body, about.period) if part]
    st.markdown(f"**{frame.plain_text(about.name)}**")
    st.caption(" · ".join([*map(frame.plain_text, parts), items]))
    st.write(_("It leaves the list for everybody. Nothing of it is lost: it stays under “Removed catalogues”, "
               "from where anybody can put it back."))  # fmt: skip
    with shell.errors_in_words(), st.container(horizontal=True):
        if st.button(_("Remove"), key="home_remove_go", type="primary"):
            _remove(about)
            st.rerun()
        if st.button(_("Keep it"), key="home_remove_keep"):
            _close()
            st.rerun()


def _remove(about: Catalogue) -> None:
    outcome = removing.remove(frame.store(), about, actor=frame.actor(), at=frame.now())
    _close()
    if outcome.conflicts:
        _say(_("{who} has just changed this too; look at it again.").format(who=outcome.conflicts[0].by))
        return
    if st.session_state.get("catalogue") == about.id:
        del st.session_state["catalogue"]
        st.query_params.pop("c", None)
    _say(_("“{name}” was removed; it can be put back from the end of this list.").format(name=about.name))


def off_the_shelf(off: Sequence[Catalogue]) -> None:
    """Those that were removed, folded away: looked up and drawn only when they are unfolded."""
    if not off:
        return
    title = _("Removed catalogues ({n})").format(n=number(len(off)))
    st.session_state[_FOLD] = st.session_state.get(_FOLD, False)  # with another number in its title it is another fold
    with st.expander(title, icon=":material/delete:", key=_FOLD, on_change="rerun") as unfolded:
        if unfolded.open:
            shelved.some(off, _rows, _FOLD)


def _rows(shown: Sequence[Catalogue]) -> None:
    for off in removing.told(frame.store(), shown):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(width="stretch"):
                st.markdown(f"**{frame.plain_text(off.catalogue.name)}**")
                st.caption(_told(off))
            why = only.reason_at(off.catalogue.id, Act.REMOVE)
            st.button(
                _("Put back"), key=f"home_put_back_{off.catalogue.id}", on_click=_put_back, args=(off,),
                disabled=bool(why), help=why or None,
            )  # fmt: skip


def _told(off: Removed) -> str:
    items = ngettext("{n} item", "{n} items", off.items).format(n=number(off.items))
    parts = [part for part in (off.catalogue.body, off.catalogue.period) if part]
    if off.mark:
        by, at = off.mark.actor, moment(frame.clock(off.mark.at))
        parts.append(_("removed by {who}, {at}").format(who=by, at=at))
    return " · ".join([items, *map(frame.plain_text, parts)])


def _put_back(off: Removed) -> None:
    try:
        removing.put_back(frame.store(), off, actor=frame.actor(), at=frame.now())
        _say(_("“{name}” is back in the list.").format(name=off.catalogue.name))
    except KpicatError as error:
        _say(str(error))


def _say(words: str) -> None:
    st.session_state[_SAID] = words


def _close() -> None:
    st.session_state.pop(_OPEN, None)
