"""Tokens by which other software reads what was approved; a part of the page of the installation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pandas as pd
import streamlit as st

from kpicat.access.records import Token
from kpicat.errors import InputError
from kpicat.language import _, moment
from kpicat.services import publishing
from kpicat.ui import deciding, frame
from kpicat.ui.members import tried

_MADE = "tokens_made"


def listing(catalogues: Mapping[str, str]) -> None:
    """The tokens there are, and how one is made.

    Args:
        catalogues: Id -> name of all there are.
    """
    st.caption(_("By a token other software, such as the one that scores people, reads approved catalogues and nothing "
                 "else; how, the file docs/api.md says."))  # fmt: skip
    found = publishing.tokens(frame.office().store, frame.who())
    if found:
        rows = [_row(token, catalogues) for token in found]
        table = st.dataframe(
            pd.DataFrame(rows), hide_index=True, on_select="rerun", selection_mode="single-row",
            key="tokens_table", alt=_("Tokens"),
        )  # fmt: skip
        for row in table.selection.rows:
            if row < len(found) and found[row].is_good(frame.now()):
                _one(found[row])
    _new(catalogues)


def _row(token: Token, catalogues: Mapping[str, str]) -> Mapping[str, str]:
    reads = [_("all")] if token.catalogues is None else sorted(catalogues.get(id, id) for id in token.catalogues)
    return {
        _("Software"): token.name,
        _("Id"): token.id,
        _("Reads"): ", ".join(reads),
        _("State"): _state(token),
        _("Last used"): _when(token.used_at),
        _("Since"): _when(token.created_at),
    }


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return _("has been withdrawn")
    if not token.is_good(frame.now()):
        return _("has run out")
    day = publishing.last_day(token)
    return _("good until {at}").format(at=f"{day:%d/%m/%Y}") if day else _("good")


def _when(at: datetime | None) -> str:
    return moment(frame.clock(at)) if at else ""


def _one(token: Token) -> None:
    st.button(
        _("Withdraw “{name}”").format(name=frame.plain_text(token.name)), key=f"tokens_withdraw_{token.id}",
        icon=":material/block:", help=_("From the next request on it lets nobody in; nobody can take that back."),
        on_click=_withdraw, args=(token.id,),
    )  # fmt: skip


def _new(catalogues: Mapping[str, str]) -> None:
    if made := st.session_state.get(_MADE):
        st.code(made, language=None, wrap_lines=True)
        st.caption(_("Copy it into the software now: it is shown this once, and kept by nobody."))
        st.button(_("I have copied it"), key="tokens_copied", on_click=_forget)
        return
    every = st.radio(
        _("Catalogues it may read"), [False, True], key="tokens_every", horizontal=True,
        format_func={False: _("only those chosen below"), True: _("all, those of tomorrow too")}.__getitem__,
    )  # fmt: skip
    with st.form("tokens_new"):
        st.text_input(_("Name of the software"), key="tokens_name", max_chars=60)
        if not every:
            st.multiselect(
                _("Catalogues"), list(catalogues), key="tokens_of", format_func=catalogues.__getitem__,
                placeholder=_("Choose a catalogue"),
            )  # fmt: skip
        st.text_input(_("Last day (may stay empty)"), key="tokens_until", max_chars=10, placeholder=deciding.EXAMPLE)
        st.form_submit_button(_("Make a token"), icon=":material/key:", on_click=_make)


def _make() -> None:
    def make() -> None:
        said = st.session_state
        written = said.get("tokens_until", "").strip()
        until = deciding.day_of(written)
        if written and until is None:
            raise InputError(deciding.no_day(written))
        said[_MADE] = publishing.make_token(
            frame.office().store, frame.who(), said.get("tokens_name", ""),
            catalogue_ids=None if said.get("tokens_every") else said.get("tokens_of", []), until=until, at=frame.now(),
        )  # fmt: skip
        for key in ("tokens_every", "tokens_name", "tokens_of", "tokens_until"):
            said.pop(key, None)

    tried(make)


def _withdraw(id: str) -> None:
    def withdraw() -> None:
        publishing.revoke_token(frame.office().store, frame.who(), id, at=frame.now())
        st.session_state.notice = _("Done.")

    tried(withdraw)


def _forget() -> None:
    st.session_state.pop(_MADE, None)
