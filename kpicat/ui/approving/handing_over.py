"""The dossier: all that goes to the authority, in one file, at one press."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kpicat.approval import State
from kpicat.exchange import NO_DECISION
from kpicat.exchange.forms.decision import Decision
from kpicat.language import _
from kpicat.model.approvals import Version
from kpicat.services import View, approving
from kpicat.services import dossier as services
from kpicat.ui import deciding, downloading, frame
from kpicat.ui.downloading import File

_LONGEST = 200


def dossier(desk: frame.Desk) -> None:
    """That of what is submitted, or will be; what was approved has one beside its other files."""
    about = desk.view.catalogue
    if about.status == State.APPROVED or not len(desk.view.items):
        return
    st.markdown(f"#### {_('Dossier')}")
    st.caption(
        _("One .zip for the authority: list of contents, draft letter, the catalogue as Word, PDF and Excel, findings "
          "and reasons, minutes of ballots, what changed since the last version, and the hash by which to check it.")
    )  # fmt: skip
    if about.status == State.DRAFT:
        st.caption(_("It is not submitted yet, and every paper that says where it stands says so."))
    with st.expander(_("To whom, from whom, signer, recipients of the letter …"), icon=":material/edit_document:"):
        st.caption(_("What is left blank is dotted on the paper. It is kept while this page is open in your browser."))
        to = st.text_input(_("Addressed to"), key=f"dossier_to_{about.id}", max_chars=_LONGEST)
        head = deciding.ask(about, paper="letter")
    downloading.button(
        _("Download the dossier"), _file(desk, desk.view, None, head, to), key="dossier_button", type="primary"
    )


def of_version(desk: frame.Desk, version: Version) -> File:
    """That of what was approved."""
    return _file(desk, approving.view_of(desk.store, version), version, NO_DECISION, "")


def _file(desk: frame.Desk, view: View, version: Version | None, head: Decision, to: str) -> File:
    make = partial(_made, desk, view, version, head, to)
    return File(services.dossier_name(view, version), make)


def _made(desk: frame.Desk, view: View, version: Version | None, head: Decision, to: str) -> bytes:
    return services.dossier(desk.store, view, version, head=head, to=to, by=desk.actor, at=frame.now())
