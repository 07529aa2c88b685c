"""What people decide about findings: one stands for a reason, two lines are two works; and the way back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat import checks, services
from kpicat.access import Act
from kpicat.approval import is_locked
from kpicat.errors import KpicatError
from kpicat.language import _, moment, ngettext, number
from kpicat.model import CATALOGUE, Decision, Finding, Outcome, Ruling, Write
from kpicat.services import appraising, bulk
from kpicat.services.appraising.deciding import MOST_CHARACTERS
from kpicat.ui import frame, grid_view, only, steps
from kpicat.ui.bulk.opened import Opened, close, current, refuse, refused
from kpicat.ui.checking.held import GRID, leaf

_QUOTED = 3  # findings shown whole


def waive(desk: frame.Desk, opened: Opened, found: Sequence[appraising.Judged]) -> None:
    """Dialog: why these findings stand as they are."""
    meant = [one.finding for one in found if one.is_open]
    for decision in dict.fromkeys(one.decision for one in found if one.decision is not None):
        words = _("{who} has left this as it is: “{words}”").format(who=decision.by, words=decision.reason)
        st.info(frame.plain_text(words), icon=":material/group:")
    for finding in meant[:_QUOTED]:
        st.markdown(f"- {frame.plain_text(finding.message)}")
    if len(meant) > _QUOTED:
        st.caption(_("and {n} more").format(n=number(len(meant) - _QUOTED)))
    key = f"{GRID}_reason_{opened.request}"
    _ask_reason(key)
    if why := refused():
        st.error(frame.plain_text(why), icon=":material/group:")

    def agreed() -> None:
        if current() is None:  # pressed twice
            return
        try:  # what was typed last is known only now
            writes = appraising.waive(desk.view, meant, st.session_state[key], actor=desk.actor, at=frame.now())
            commit(desk, writes, request=opened.request)
        except KpicatError as error:
            refuse(str(error))
            return
        close()

    words = ngettext("Leave {n} finding as it is", "Leave {n} findings as they are", len(meant))
    st.button(
        words.format(n=number(len(meant))),
        key=f"{GRID}_waive_agree",
        type="primary",
        icon=":material/check:",
        on_click=agreed,
        **only.offered(desk, Act.APPRAISE, disabled=not meant),
    )


def waive_whole(desk: frame.Desk, finding: Finding) -> None:
    """Why something found in the catalogue as a whole stands as it is."""
    key = f"{GRID}_reason_{finding.check}"

    def agreed() -> None:
        try:
            commit(
                desk, appraising.waive(desk.view, [finding], st.session_state[key], actor=desk.actor, at=frame.now())
            )
        except KpicatError as error:
            st.session_state.notice = str(error)

    if not desk.may(Act.APPRAISE):
        return
    with st.popover(_("Leave as it is…"), icon=":material/front_hand:", key=f"{GRID}_whole_{finding.check}_waive"):
        _ask_reason(key)
        words = ngettext("Leave {n} finding as it is", "Leave {n} findings as they are", 1).format(n=1)
        st.button(words, key=f"{key}_agree", type="primary", icon=":material/check:", on_click=agreed)


def _ask_reason(key: str) -> None:
    st.text_area(
        _("Why it may stay as it is"),
        key=key,
        max_chars=MOST_CHARACTERS,
        placeholder=_("for instance: assigned so by Decision 12-QĐ/ĐU"),
    )
    st.caption(
        _("The reason is kept with your name, is shown here and in the remarks, and holds until the line is changed.")
    )


def _withdraw(desk: frame.Desk, decision: Decision) -> None:
    commit(desk, appraising.withdraw([decision]))


def decide(desk: frame.Desk, pair: appraising.Pair, ruling: Ruling) -> None:
    """Say what two lines are to each other; to be called as a callback."""
    commit(desk, appraising.decide(desk.view, pair, ruling, actor=desk.actor, at=frame.now()))


def commit(desk: frame.Desk, writes: Sequence[Write], *, request: str | None = None) -> Outcome | None:
    """Write decisions; where somebody has decided meanwhile, say who and how."""
    if not writes:
        return None
    grid = grid_view.state(GRID, desk.view.catalogue.id)
    with grid.guard:
        outcome = grid.took(desk.save(services.save, writes, label="decide", request=request))
    if outcome.conflicts:
        met = outcome.conflicts[0]
        words = (
            _("{row} was deleted by {who} meanwhile, so nothing was decided about it.")
            if met.gone
            else _("{who} has just decided about {row}: “{words}”. It stays so; look at it again.")
        )
        st.session_state.notice = words.format(
            row=bulk.row_words(desk.view, met.item_id), who=met.by, words=met.theirs or _("withdrawn")
        )
    return outcome


def decided(desk: frame.Desk) -> None:
    """Everything that was decided and applies: who, when, why; each can be withdrawn."""
    with st.container(horizontal=True):
        steps.buttons(desk, GRID)
    found = sorted(appraising.decided(desk.view), key=lambda each: each.at, reverse=True)
    if not found:
        st.info(
            _("Nothing has been left as it is. Tick lines under “Put right” and say why they stay; that is kept here."),
            icon=":material/front_hand:",
        )
        return
    for decision in leaf(found, "decided"):
        _card(desk, decision)


def _card(desk: frame.Desk, decision: Decision) -> None:
    key = f"{GRID}_decided_{frame.fingerprint((decision.item_id, decision.key))}"
    with st.container(border=True, key=key):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            about = [i for i in (decision.item_id, decision.other) if i and i != CATALOGUE]
            named = [frame.plain_text(bulk.row_words(desk.view, item_id)) for item_id in about]
            st.markdown(f"**{' ↔ '.join(named) or _('the whole catalogue')}**", width="stretch")
            st.button(
                _("Withdraw"),
                key=f"{key}_withdraw",
                icon=":material/undo:",
                type="tertiary",
                on_click=_withdraw,
                args=(desk, decision),
                **only.writing(desk, appraising.withdraw([decision]), disabled=is_locked(desk.view.catalogue.status)),
            )
        words = {
            Ruling.WAIVED: frame.plain_text(decision.reason),
            Ruling.RELATED: _("Two works that belong together."),
            Ruling.DIFFERENT: _("Two different works."),
        }
        st.markdown(f":material/front_hand: {words[decision.verdict]}")
        who, at = frame.plain_text(decision.by), moment(frame.clock(decision.at))
        st.caption(f"{who} · {at} · {frame.plain_text(checks.principle(decision.check))}")
