"""The audit log, on the page of the installation: who did what and when, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from kpicat.access import Act, Role, act_words, role_words
from kpicat.language import _, moment
from kpicat.services import access
from kpicat.services.access import Entry, Event
from kpicat.ui import frame

_OLDER = "installation_older"
_MOST = 100
_RIGHTS = (Event.ACCOUNT, Event.INVITE, Event.GRANT, Event.REVOKE)
_RIGHT = re.compile(rf"(?<=: )({'|'.join(Role)}|admin)(?=$|, | admin$)|(?<= )admin$|^admin$")


def listing(catalogues: Mapping[str, str]) -> None:
    """The newest lines, and the way to those before.

    Args:
        catalogues: Id -> name of all there are.
    """
    before = st.session_state.get(_OLDER)
    entries = access.audit(frame.office().store, frame.who(), limit=_MOST + 1, before=before)
    shown = entries[:_MOST]
    st.dataframe(_lines(shown, catalogues), hide_index=True, key="installation_log", alt=_("Audit log"))
    with st.container(horizontal=True):
        if len(entries) > _MOST:
            st.button(_("Older"), key="installation_older_go", on_click=_turn_to, args=(shown[-1],))
        if before is not None:
            st.button(_("Newest"), key="installation_newest", on_click=lambda: st.session_state.pop(_OLDER, None))


def _turn_to(last: Entry) -> None:
    st.session_state[_OLDER] = last


def _lines(entries: Sequence[Entry], catalogues: Mapping[str, str]) -> pd.DataFrame:
    words = _words()
    rows = [
        {
            _("When"): moment(frame.clock(each.at)),
            _("Who"): each.who or "?",
            _("What"): words.get(each.act, each.act),
            _("Done"): each.ok,
            _("About"): about(each, catalogues),
            _("Catalogue"): catalogues.get(each.catalogue_id, each.catalogue_id),
        }
        for each in entries
    ]
    return pd.DataFrame(rows)


def about(entry: Entry, catalogues: Mapping[str, str]) -> str:
    """Whom or what a line is about: roles, acts and catalogues by the names that people give them."""
    told = entry.detail
    if entry.act in _RIGHTS:
        words = {role.value: role_words(role) for role in Role} | {"admin": _("administrator of the installation")}
        told = _RIGHT.sub(lambda found: words[found[0]], told)
    if entry.act == Event.INVITE:
        for id in sorted(catalogues, key=len, reverse=True):
            told = told.replace(f"{id}: ", f"{catalogues[id]}: ")
    elif entry.act == Event.ADMIN:
        name, colon, yes = told.rpartition(": ")
        told = f"{name}{colon}{_('yes') if yes == 'yes' else _('no')}"
    elif entry.act == Event.SIGN_OUT and told:
        told = _("everywhere")
    elif entry.act == Event.REFUSED and told in set(Act):
        told = act_words(Act(told))
    return told


def _words() -> dict[str, str]:
    return {
        Event.SIGN_IN: _("signed in"),
        Event.LOCK_OUT: _("too many wrong passwords"),
        Event.SIGN_OUT: _("signed out"),
        Event.PASSWORD: _("new password"),
        Event.ACCOUNT: _("new account"),
        Event.DISABLED: _("let in no more"),
        Event.ENABLED: _("let in again"),
        Event.ADMIN: _("administrator"),
        Event.INVITE: _("invitation made"),
        Event.ACCEPT: _("invitation taken up"),
        Event.GRANT: _("role given"),
        Event.REVOKE: _("role taken away"),
        Event.EXPORT: _("file taken out"),
        Event.RESTORE: _("backup put back"),
        Event.CONFIGURED: _("setting changed"),
        Event.REFUSED: _("refused: no right to it"),
        Event.TOKEN: _("token made"),
        Event.TOKEN_ENDED: _("token withdrawn"),
        Event.TOKEN_WRONG: _("wrong token"),
    }
