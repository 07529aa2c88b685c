"""Who works on a catalogue, and as what; for who may say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote, urlsplit

import streamlit as st

from kpicat import settings
from kpicat.access import Role, managers_of, role_words
from kpicat.access.records import Member
from kpicat.errors import KpicatError
from kpicat.language import _
from kpicat.services import access
from kpicat.ui import admitted, frame

_LINK = "members_link"


def expander(desk: frame.Desk) -> None:
    """The members of a page's catalogue; nothing for who may not manage them."""
    about = desk.view.catalogue.id
    if not (admitted.signs_in() and _given(about)):
        return
    with st.expander(_("Members"), icon=":material/group:", key="home_members"):
        listing(about)


def listing(about: str) -> None:
    """The members of a catalogue, their roles, and how more of them come.

    Args:
        about: Its id.
    """
    given, members = _given(about), access.members(frame.office().store, frame.who(), about)
    for member in members:
        _row(about, member, given)
    usual = Role.EDITOR if any(member.role is Role.CHAIR for member in members) else Role.CHAIR
    first = given.index(usual) if usual in given else 0
    left, right = st.columns(2)
    with left:
        _add(about, given, first)
    if settings.access() == "accounts":
        with right:
            _invite(about, given, first)


def _given(about: str) -> list[Role]:
    """The roles that whoever is at work gives and takes away there."""
    return [role for role in Role if frame.may(managers_of(role), about)]


def _row(about: str, member: Member, given: Sequence[Role]) -> None:
    key = f"members_{member.account}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_row"):
        off = f" :gray-badge[{_('cannot sign in')}]" if member.disabled else ""
        st.markdown(f"**{frame.plain_text(member.name)}**{off}", width="stretch")
        if member.role not in given:
            st.caption(role_words(member.role))
            return
        st.selectbox(
            _("Role of {name}").format(name=member.name), given, given.index(member.role), key=f"{key}_{member.role}",
            format_func=role_words, label_visibility="collapsed", width=220,
            on_change=lambda: _grant(about, member.name, st.session_state[f"{key}_{member.role}"]),
        )  # fmt: skip
        st.button(
            _("Take out"), key=f"{key}_out", type="tertiary", icon=":material/person_remove:",
            help=_("Take {name} out of this catalogue; what they wrote stays.").format(name=member.name),
            on_click=_gesture, args=(access.revoke, about, member.name),
        )  # fmt: skip


def _add(about: str, given: Sequence[Role], first: int) -> None:
    with st.form("members_add", clear_on_submit=True):
        st.text_input(_("Somebody who has an account"), key="members_name", max_chars=60)
        role = st.selectbox(_("Role"), given, first, key="members_role", format_func=role_words)
        st.form_submit_button(
            _("Give the role"), icon=":material/person_add:",
            on_click=lambda: _grant(about, st.session_state.members_name, st.session_state.get("members_role", role)),
        )  # fmt: skip


def _invite(about: str, given: Sequence[Role], first: int) -> None:
    with st.container(border=True, key="members_invite"):
        role = st.selectbox(
            _("Invite somebody as"), given, first, key="members_invited", format_func=role_words,
            on_change=lambda: st.session_state.pop(_LINK, None),
        )  # fmt: skip
        st.button(
            _("Make a link"), key="members_link_make", icon=":material/link:", on_click=_make_link, args=(about, role)
        )
        of, link = st.session_state.get(_LINK, ("", ""))
        if of == about:  # and not of the catalogue that was open before
            st.code(link, language=None, wrap_lines=True)
            st.caption(_("Send it to one person: it is good once. Whoever opens it chooses a name and a password."))


def link_of(token: str) -> str:
    """The address that takes an invitation up, as this browser knows kpicat."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}/invitation?token={quote(token)}"


def begin_anew() -> None:
    """What was chosen for another catalogue, and the link made for it, are not for this one; in a callback."""
    for key in (_LINK, "members_role", "members_invited"):
        st.session_state.pop(key, None)


def _make_link(about: str, role: Role) -> None:
    def make() -> None:
        token = access.invite(frame.office().store, frame.who(), {about: role}, at=frame.now())
        st.session_state[_LINK] = about, link_of(token)

    tried(make)


def _grant(about: str, name: str, role: Role) -> None:
    _gesture(access.grant, about, name, role)
    begin_anew()


def _gesture(gesture: Callable[..., None], *args: object) -> None:
    tried(lambda: gesture(frame.office().store, frame.who(), *args, at=frame.now()))


def tried(gesture: Callable[[], None]) -> None:
    """Do a gesture in a callback; why it was refused is said by the run that follows."""
    try:
        gesture()
    except KpicatError as error:
        st.session_state.notice = str(error)
