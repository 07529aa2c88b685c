"""What an appraiser sends: the sheet of remarks, and letters that ask units."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kpicat.language import _
from kpicat.services import remarks_out
from kpicat.services.view import View
from kpicat.ui import deciding, downloading, frame
from kpicat.ui.checking.held import GRID
from kpicat.ui.downloading import File


def remarks(desk: frame.Desk) -> None:
    """The sheet of remarks about the whole catalogue, to sign and to work on."""
    st.markdown(f"**{_('Sheet of remarks')}**")  # above: beside it two buttons do not fit a laptop's column
    with st.container(horizontal=True, key=f"{GRID}_papers"):
        for suffix, words in ((".docx", "Word"), (".xlsx", "Excel")):
            name = remarks_out.remarks_name(desk.view, suffix)
            _offer(words, File(name, partial(_remarks, desk.view, suffix)))


def _remarks(view: View, suffix: str) -> bytes:
    return remarks_out.remarks(view, suffix)[1]


def letters(desk: frame.Desk, unit: str) -> None:
    """The letter to one unit and those to all, with what is known of their heads."""
    with st.expander(_("Number, date, signer, recipients of the letter …"), icon=":material/edit_document:"):
        head = deciding.ask(desk.view.catalogue, paper="remarks")
    with st.container(horizontal=True, key=f"{GRID}_letters"):
        view = desk.view
        one = File(remarks_out.letters_name(view, unit=unit), lambda: remarks_out.letters(view, head, unit=unit)[1])
        _offer(_("Letter to this unit (Word)"), one)
        every = File(remarks_out.letters_name(view), lambda: remarks_out.letters(view, head)[1])
        _offer(_("Letters to all units (Word)"), every)


def _offer(words: str, file: File) -> None:
    downloading.button(words, file, key=f"{GRID}_paper_{frame.fingerprint(words)}")
