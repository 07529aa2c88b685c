"""After a reveal: vote again, withdraw, or adopt what was agreed, previewed and in one batch."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpicat.language import _, number
from kpicat.model.ballots import Board, Question, State
from kpicat.services import balloting
from kpicat.services.bulk import Proposal
from kpicat.ui import approving, frame, grid_view
from kpicat.ui.balloting import keeping, showing


def decide(desk: frame.Desk, board: Board, question: Question, key: str) -> None:
    """What the chair can do with a revealed question; to others, what became of it."""
    if question.state is State.ADOPTED:
        mark = showing.mark(desk.view.guidance, question.tier or 0)
        st.success(_("Adopted: {mark}.").format(mark=frame.plain_text(mark)), icon=":material/task_alt:")
    if question.state is not State.REVEALED or not key:
        return
    tier = _tier(desk, board, question)
    waiting = [each for each in board.questions if each.state is State.REVEALED]
    tiers = {question.id: tier} if tier else {}
    if len(waiting) > 1:
        words = _("Adopt all {n} revealed questions at once").format(n=number(len(waiting)))
        if st.toggle(words, key="ballot_together"):
            tiers = {each.id: wanted for each in waiting if (wanted := _wanted(desk, board, each))}
    planned = balloting.plan(desk.view, board, tiers)
    with st.container(horizontal=True, key="ballot_decide"):
        st.button(
            _("Adopt into the catalogue"), key="ballot_adopt", type="primary", icon=":material/task_alt:",
            disabled=not planned.writes or approving.is_locked(desk),
            on_click=_adopt, args=(desk, board, tiers, planned, key),
        )  # fmt: skip
        st.button(
            _("Vote again"), key="ballot_again", icon=":material/replay:", on_click=keeping.act,
            args=(desk.store.ballots.again, key, question.id, question.round),
        )  # fmt: skip
        st.button(
            _("Leave it undecided"), key="ballot_leave", icon=":material/close:", on_click=keeping.act,
            args=(desk.store.ballots.withdraw, key, question.id),
        )  # fmt: skip
    for remark in planned.remarks:
        st.warning(frame.plain_text(remark), icon=":material/straighten:")
    if planned.writes:
        _preview(planned)
    else:
        st.caption(_("There is nothing to adopt: nobody voted, or the item is gone."))


def _wanted(desk: frame.Desk, board: Board, question: Question) -> int | None:
    """The tier the chair has chosen for a question, else the middle of its votes."""
    return _chosen().get(_name(question)) or balloting.latest(board, question, desk.view.guidance).median


def _tier(desk: frame.Desk, board: Board, question: Question) -> int | None:
    levels, name = [tier.level for tier in desk.view.guidance.tiers], _name(question)
    wanted = _wanted(desk, board, question)
    if wanted in levels:
        st.session_state.setdefault(name, wanted)

    def choose() -> None:
        _chosen()[name] = st.session_state[name]

    return st.segmented_control(_("Tier to adopt"), levels, format_func=str, key=name, required=True, on_change=choose)


def _name(question: Question) -> str:
    return f"ballot_tier_{question.id}_{question.revealed}"


def _chosen() -> dict[str, int]:
    """What the chair has chosen; Streamlit forgets what stands in a field once another question is on screen."""
    kept: dict[str, int] = st.session_state.setdefault("ballot_chosen_tiers", {})
    return kept


def _preview(planned: Proposal) -> None:
    rows = [(line.row, line.what, line.before, line.after) for line in planned.lines]
    headings = [_("Row"), _("What"), _("Before"), _("After")]
    st.caption(_("What adopting writes, in one go that undo takes back:"))
    st.dataframe(
        pd.DataFrame(rows, columns=headings, dtype="str"), hide_index=True, row_height=grid_view.ROW,
        height=min(320, grid_view.HEADER + grid_view.ROW * len(rows) + 2), key="ballot_preview",
        alt=_("What would change"),
    )  # fmt: skip


def _adopt(desk: frame.Desk, board: Board, tiers: dict[str, int], planned: Proposal, key: str) -> None:
    def adopt() -> None:
        frame.wrote(
            balloting.adopt(desk.store, desk.view, board, tiers, planned, key=key, actor=desk.actor, at=frame.now())
        )

    keeping.tried(adopt)
