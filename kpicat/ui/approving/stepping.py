"""Where the catalogue stands, what is still open, and the steps that can be taken from here."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kpicat.access import Act
from kpicat.approval import State, Step
from kpicat.language import _, moment, ngettext, number
from kpicat.model import Outcome
from kpicat.model.approvals import Approval
from kpicat.services import approving
from kpicat.services.approving.steps import MOST_CHARACTERS
from kpicat.ui import deciding, frame, only, shell

_MARKS = {True: ":red[:material/report:]", False: ":orange[:material/info:]"}
_DONE = ":green[:material/check_circle:]"
_WAY = ":material/arrow_forward:"
_LONGEST = 200


def stepping(desk: frame.Desk) -> None:
    """What can be done next, by where the catalogue stands, and how it came there."""
    {State.DRAFT: _draft, State.SUBMITTED: _submitted, State.APPROVED: _approved}[State(desk.view.catalogue.status)](
        desk
    )
    _history(desk)


def _draft(desk: frame.Desk) -> None:
    about = desk.view.catalogue
    if about.remarks:
        with st.container(border=True, key="approval_remarks"):
            st.markdown(f"**{_('Returned with these remarks')}**")
            st.text(about.remarks)
    st.markdown(f"#### {_('Before it is submitted')}")
    if about.amends:
        words = _("This is a supplement to version {n}: it may add lines and change them, not take any out.")
        st.caption(words.format(n=about.amends))
    entries = approving.checklist(desk.store, desk.view)
    names = shell.titles()
    with st.container(key="approval_checklist"):
        for place, entry in enumerate(entries):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                mark = _DONE if entry.done else _MARKS[entry.stands_against]
                st.markdown(f"{mark} {frame.plain_text(entry.words)}", width="stretch")
                if entry.page and st.button(names[entry.page], key=f"approval_to_{place}", icon=_WAY):
                    frame.go(entry.page)
    if st.button(
        _("Submit for approval"),
        key="approval_submit",
        type="primary",
        icon=":material/send:",
        disabled=any(entry.stands_against for entry in entries) or not desk.may(Act.SUBMIT),
        help=only.reason(desk, Act.SUBMIT)
        or _("From then on nobody can change the catalogue, until it is returned or a new version is begun."),
    ):
        _do(desk, approving.submit, said=_("Submitted; nobody can change the catalogue now."))


def _submitted(desk: frame.Desk) -> None:
    may_approve, may_return = only.reason(desk, Act.APPROVE), only.reason(desk, Act.RETURN)
    if may_approve and may_return:
        st.info(frame.plain_text(may_approve), icon=":material/lock:")
        return
    approve, give_back = st.tabs([_("Approve"), _("Return with remarks")])
    with approve, st.form("approval_decision", border=False, enter_to_submit=False):
        st.caption(_("The catalogue is frozen as it stands, with the decision that approves it."))
        left, right = st.columns(2)
        number_ = left.text_input(_("Number of the decision"), key="approval_number", max_chars=_LONGEST)
        signatory = right.text_input(_("Signer's name"), key="approval_signatory", max_chars=_LONGEST)
        decided = left.text_input(
            _("Date of the decision"), key="approval_decided", max_chars=10, placeholder=deciding.EXAMPLE
        )
        effective = right.text_input(
            _("Takes effect on"), key="approval_effective", max_chars=10, placeholder=deciding.EXAMPLE,
            help=_("Left blank, the date of the decision."),
        )  # fmt: skip
        if st.form_submit_button(
            _("Approve and freeze"), key="approval_approve", type="primary",
            disabled=bool(may_approve), help=may_approve or None,
        ):  # fmt: skip
            _approve(desk, number_, decided, effective.strip() or decided, signatory)
    with give_back, st.form("approval_return_form", border=False, enter_to_submit=False):
        remarks = st.text_area(
            _("What is to be changed"), key="approval_remarks_text", height=160, max_chars=MOST_CHARACTERS
        )
        if st.form_submit_button(
            _("Return"), key="approval_return", disabled=bool(may_return), help=may_return or None
        ):
            _do(desk, approving.return_, remarks, said=_("Returned; the catalogue can be changed again."))


def _approve(desk: frame.Desk, number_: str, decided: str, effective: str, signatory: str) -> None:
    days = [deciding.day_of(text) for text in (decided, effective)]
    for text, day in zip((decided, effective), days, strict=True):
        if day is None:
            blank = _("Write the date of the decision, as it stands on the paper: day, month and year like 05/02/2026.")
            st.error(frame.plain_text(deciding.no_day(text)) if text.strip() else blank)
            return
    assert days[0] and days[1]
    decision = Approval(number_.strip(), days[0], days[1], signatory.strip())
    _do(desk, approving.approve, decision, said=_("Approved and frozen as a version of its own."))


def _approved(desk: frame.Desk) -> None:
    st.markdown(f"#### {_('What comes next')}")
    begin = (
        (Step.BEGIN_SUPPLEMENT, _("Begin a supplement"), _("Adds lines and changes some; none is taken out.")),
        (Step.BEGIN_VERSION, _("Begin a new version"), _("Anything may be changed; it replaces the one before.")),
    )
    for column, (step, words, what_for) in zip(st.columns(2), begin, strict=True):
        with column, st.container(border=True, key=f"approval_begin_{step}"):
            if st.button(
                words,
                key=f"approval_{step}",
                disabled=not desk.may(Act.BEGIN),
                help=only.reason(desk, Act.BEGIN) or None,
            ):
                _do(desk, approving.begin, step, said=_("The catalogue can be changed again."))
            st.caption(what_for)
    st.caption(_("What was approved stays in force until what comes next is approved and takes effect."))


def _history(desk: frame.Desk) -> None:
    taken = approving.taken(desk.store, desk.view)
    if not taken:
        return
    words = ngettext("{n} step so far", "{n} steps so far", len(taken)).format(n=number(len(taken)))
    with st.expander(words, icon=":material/history:", key="approval_taken"):
        for step in taken:
            who = frame.plain_text(step.by)
            st.markdown(f"**{step.words}** · {who} · {moment(frame.clock(step.at))}")
            if step.remarks:
                st.text(step.remarks)


def _do(desk: frame.Desk, gesture: Callable[..., Outcome], *args: object, said: str) -> None:
    """Take a step on what the page shows; say that it was taken, or who was first."""
    outcome = desk.save(gesture, *args)
    if outcome.conflicts:
        words = _("{who} was first, so nothing was done; look at the catalogue as it stands now.")
        said = words.format(who=outcome.conflicts[0].by)
    st.session_state.notice = said
    st.rerun()
