"""The page of whoever looks after the installation: accounts, invitations, the audit log. No catalogue is read here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import pandas as pd
import streamlit as st

from kpicat import settings
from kpicat.access import Act, Role, require
from kpicat.language import _, moment, ngettext, number
from kpicat.services import access
from kpicat.services.access import Account
from kpicat.ui import audit, frame, members, tokens
from kpicat.ui.members import link_of, tried
from kpicat.ui.told_apart import told_apart

_LINK = "installation_link"
_ADMIN = "admin"


def show() -> None:
    """The page.

    Raises:
        Forbidden: Whoever is at work does not look after the installation.
    """
    require(frame.who(), Act.MANAGE_INSTALLATION)
    if notice := st.session_state.pop("notice", None):
        st.toast(frame.plain_text(notice), icon=":material/info:", duration="long")
    st.subheader(_("Accounts and audit log"), anchor=False)
    found = told_apart(access.every_catalogue(frame.office().store, frame.who()))
    unchaired = access.without_chair(frame.office().store, frame.who())
    if unchaired:
        words = ngettext(
            "{n} catalogue has no chair, who alone submits it: name one under “Catalogues”.",
            "{n} catalogues have no chair, who alone submits them: name one of each under “Catalogues”.",
            len(unchaired),
        )
        st.warning(words.format(n=number(len(unchaired))), icon=":material/person_alert:")
    names = [_("Accounts"), _("Catalogues"), _("Invite"), _("Other software"), _("Audit log")]
    accounts, catalogues, invitation, software, log = st.tabs(names)
    with accounts:
        _accounts()
    with catalogues:
        _catalogues(found, unchaired)
    with invitation:
        _invite(found)
    with software:
        tokens.listing(found)
    with log:
        audit.listing(found)


def _accounts() -> None:
    found = access.accounts(frame.office().store, frame.who())
    rows = [
        {
            _("Name"): each.name,
            _("Administrator"): each.admin,
            _("May sign in"): not each.disabled,
            _("Since"): moment(frame.clock(each.created_at)),
        }
        for each in found
    ]
    st.caption(_("Choose a line to change it."))
    table = st.dataframe(
        pd.DataFrame(rows), hide_index=True, on_select="rerun", selection_mode="single-row",
        key="installation_accounts", alt=_("Accounts"),
    )  # fmt: skip
    for row in table.selection.rows:
        if row < len(found):
            _account(found[row])


def _account(account: Account) -> None:
    key, name = f"installation_{account.id}", account.name
    with st.container(border=True, key=key):
        st.markdown(f"**{frame.plain_text(name)}**")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            locked = _("Let in again") if account.disabled else _("Let in no more")
            st.button(
                locked, key=f"{key}_disabled", icon=":material/lock_open:" if account.disabled else ":material/lock:",
                help=_("Their sessions end at once; what they wrote, and their roles, stay."),
                on_click=_gesture, args=(access.set_disabled, name, not account.disabled),
            )  # fmt: skip
            admin = _("Administrator no more") if account.admin else _("Make administrator")
            st.button(
                admin, key=f"{key}_admin", icon=":material/admin_panel_settings:",
                on_click=_gesture, args=(access.set_admin, name, not account.admin),
            )  # fmt: skip
        if settings.access() == "accounts":
            with st.form(f"{key}_password", clear_on_submit=True, border=False):
                typed = f"{key}_new"
                st.text_input(_("New password"), type="password", key=typed, autocomplete="new-password")
                st.form_submit_button(
                    _("Give this password"), icon=":material/key:",
                    on_click=lambda: _gesture(access.reset_password, name, st.session_state[typed]),
                )  # fmt: skip


def _gesture(gesture: Callable[..., object], name: str, said: object) -> None:
    def do() -> None:
        gesture(frame.office().store, frame.who(), name, said, at=frame.now())
        st.session_state.notice = _("Done.")

    tried(do)


def _catalogues(found: Mapping[str, str], unchaired: Collection[str]) -> None:
    """Who is what in which catalogue; those without a chair first."""
    st.caption(_("You see who works on a catalogue, and not what is in it."))
    chosen = st.selectbox(
        _("Catalogue"), sorted(found, key=lambda id: (id not in unchaired, found[id].casefold())),
        key=f"installation_catalogue_{len(unchaired)}", index=0 if unchaired else None,
        placeholder=_("Choose a catalogue"), on_change=members.begin_anew,
        format_func=lambda id: _("{name} (no chair)").format(name=found[id]) if id in unchaired else found[id],
    )  # fmt: skip
    if chosen:
        members.listing(chosen)


def _invite(catalogues: Mapping[str, str]) -> None:
    if settings.access() != "accounts":
        st.caption(_("Accounts come from the office's own sign-in: each is made when its person first comes."))
        return
    named = {id: _("chair of “{name}”").format(name=name) for id, name in catalogues.items()}
    words = {"": _("somebody with an account, who begins catalogues and is asked into others'"), **named}
    words[_ADMIN] = _("administrator of the installation")
    chosen = st.selectbox(
        _("As what"), list(words), key="installation_of", on_change=_forget_link, format_func=words.__getitem__
    )
    st.button(_("Make a link"), key="installation_link_make", icon=":material/link:", on_click=_make, args=(chosen,))
    if link := st.session_state.get(_LINK):
        st.code(link, language=None, wrap_lines=True)
        st.caption(_("Send it to one person: it is good once. Whoever opens it chooses a name and a password."))


def _make(chosen: str) -> None:
    def make() -> None:
        admin = chosen == _ADMIN
        roles = {chosen: Role.CHAIR} if chosen and not admin else {}
        store, who = frame.office().store, frame.who()
        st.session_state[_LINK] = link_of(access.invite(store, who, roles, at=frame.now(), admin=admin))

    tried(make)


def _forget_link() -> None:
    st.session_state.pop(_LINK, None)
