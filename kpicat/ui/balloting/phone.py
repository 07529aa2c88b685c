"""What a member sees: the door, the question, what came of it; of a catalogue only what is put to the vote."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.model.ballots import Board, Question, State
from kpicat.palette import in_css, tier_colour
from kpicat.services import balloting
from kpicat.ui import frame
from kpicat.ui.balloting import keeping, showing

_SEAT = "ballot_seat"


@dataclass(slots=True)
class Seat:
    """Where this session sits.

    Attributes:
        at: Id of the question shown.
        own: By question and round, the tier and the reason given.
        seen: Reveals this member has been shown, or that were before they sat down.
    """

    token: str
    meeting_id: str
    catalogue_id: str
    voter_id: str
    name: str
    at: str = ""
    own: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)
    seen: set[tuple[str, int]] | None = None


def seat() -> Seat | None:
    """Where this browser sits, found again after a reload by the token it keeps; None for who has to join first."""
    held = st.session_state.get(_SEAT)
    if isinstance(held, Seat):
        return held
    token, ballots = keeping.kept(keeping.VOTER), frame.store().ballots
    found = ballots.seat(token) if token else None
    if found is None or found[0].ended_at is not None or found[1].left_at is not None:
        return None
    meeting, voter = found
    own = {(vote.question_id, vote.round): (vote.tier, vote.reason) for vote in ballots.own(token)}
    new = st.session_state[_SEAT] = Seat(token, meeting.id, meeting.catalogue_id, voter.id, voter.name, own=own)
    return new


def door() -> None:
    """Where who has the code comes in."""
    keeping.say_refused()
    st.session_state.setdefault("vote_code", balloting.code_typed(str(st.query_params.get("m", ""))))
    st.session_state.setdefault("vote_name", str(st.session_state.get("actor") or ""))
    with st.form("vote_door"):
        st.text_input(_("Code of the meeting"), key="vote_code", max_chars=12, placeholder=_("six letters and digits"))
        st.text_input(_("Your name"), key="vote_name", max_chars=60)
        st.form_submit_button(_("Join the vote"), type="primary", width="stretch", on_click=_join)
    st.caption(_("No account is needed; the code is on the wall and ends with the meeting."))


def _join() -> None:
    def enter() -> None:
        code, name = str(st.session_state.vote_code), str(st.session_state.vote_name)
        address = st.context.ip_address or ""
        token = balloting.join(frame.store(), keeping.tries(), code, name, address=address, at=frame.now())
        st.session_state[keeping.VOTER] = token
        st.session_state.pop(_SEAT, None)

    keeping.tried(enter)


def _leave() -> None:
    st.session_state[keeping.VOTER] = ""
    st.session_state.pop(_SEAT, None)
    st.session_state.pop("vote_code", None)
    st.query_params.pop("m", None)


def meeting(seat: Seat) -> None:
    """The meeting as this member sees it, followed."""
    keeping.keep(keeping.VOTER)
    keeping.followed("vote", lambda: _now(seat))


def _now(seat: Seat) -> None:
    board = keeping.boards().newest(seat.meeting_id)
    if board is None or board.pulse.ended or seat.voter_id not in {voter.id for voter in board.present}:
        ended = board is None or board.pulse.ended
        st.info(_("The meeting is over; thank you.") if ended else _("The chair has let you out of the meeting."))
        if st.button(_("Join another meeting"), key="vote_leave", on_click=_leave):
            st.rerun()
        return
    st.caption(frame.plain_text(seat.name))
    guidance = frame.office().views.newest(seat.catalogue_id).guidance  # of which a voter sees no more than this
    question = _shown(board, seat)
    keeping.say_refused(question and (question.id, question.round))
    if question is None:
        st.info(_("Wait for the first question; it appears here by itself."), icon=":material/hourglass_empty:")
    elif question.state is State.OPEN:
        _ask(board, seat, question, guidance)
    else:
        _tell(board, seat, question, guidance)


def _shown(board: Board, seat: Seat) -> Question | None:
    """Where this member is: at a reveal, as all are; where they were; at the next question; at the last result."""
    told = [each for each in board.questions if each.state is State.REVEALED]
    reveals = {(each.id, each.revealed) for each in told}
    new = [] if seat.seen is None else [each for each in told if (each.id, each.revealed) not in seat.seen]
    seat.seen = reveals | (seat.seen or set())
    here = board.question(seat.at)
    at = new[-1] if new else here if here is not None and here.state in (State.OPEN, State.REVEALED) else None
    at = at or balloting.next_for(board, seat.voter_id)
    at = at or next((each for each in board.questions if each.state is State.OPEN), None)
    if at is None:
        last = [each for each in board.questions if each.revealed]
        at = here if here is not None and here.revealed else (last[-1] if last else None)
    seat.at = at.id if at else ""
    return at


def _ask(board: Board, seat: Seat, question: Question, guidance: Guidance) -> None:
    chosen, reason = seat.own.get((question.id, question.round), (None, ""))
    if question.round > 1:
        st.caption(_("Round {n}: think of the reasons just heard, and vote again.").format(n=number(question.round)))
    showing.item(question.words)
    _marks(seat, question, guidance, chosen)
    key = f"vote_reason_{question.id}_{question.round}"
    st.session_state.setdefault(key, reason)
    st.text_area(
        _("Why (need not be said)"),
        key=key,
        max_chars=500,
        height=80,
        on_change=_cast,
        args=(seat, question, guidance, chosen),
        help=_("Read out only if your vote stands out, and only after the reveal."),
    )
    if chosen is not None:
        st.success(
            _("You have chosen tier {tier}; you may change it until the reveal.").format(tier=chosen),
            icon=":material/how_to_vote:",
        )
        _others(board, seat)
    st.caption(showing.turnout(board.present, balloting.voted(board, question)))


def _marks(seat: Seat, question: Question, guidance: Guidance, chosen: int | None) -> None:
    """A button a tier in its colour; the one that was chosen is filled."""
    name = f"vote_mark_{question.id}_{question.round}"
    with st.container(key="vote_marks", gap="small"):
        colours = "".join(
            f".st-key-{name}_{tier.level} button {{ border-left-color: {in_css(tier_colour(tier.level))}; }}"
            for tier in guidance.tiers
        )
        st.html(f"<style>{colours}</style>")
        for tier in guidance.tiers:
            st.button(
                frame.plain_text(showing.mark(guidance, tier.level)),
                key=f"{name}_{tier.level}",
                type="primary" if tier.level == chosen else "secondary",
                icon=":material/check:" if tier.level == chosen else None,
                width="stretch",
                on_click=_cast,
                args=(seat, question, guidance, tier.level),
            )


def _cast(seat: Seat, question: Question, guidance: Guidance, tier: int | None) -> None:
    """Vote; a reason without a mark waits for one."""
    reason = str(st.session_state.get(f"vote_reason_{question.id}_{question.round}", ""))
    if tier is None:
        return
    if keeping.tried(
        balloting.vote, frame.store(), guidance, seat.token, question, tier, reason=reason, at=frame.now()
    ):
        seat.own[question.id, question.round] = tier, reason


def _others(board: Board, seat: Seat) -> bool:
    """The way to the other open questions, those without this member's vote first; whether there is one."""
    waiting = [each for each in board.questions if each.state is State.OPEN and each.id != seat.at]
    if not waiting:
        return False
    without = [each for each in waiting if seat.voter_id not in balloting.voted(board, each)]
    following, n = (without or waiting)[0], len(without)
    words = ngettext("Next question ({n} without your vote)", "Next question ({n} without your vote)", n)
    st.button(
        words.format(n=number(n)), key="vote_next", icon=":material/arrow_forward:", width="stretch",
        on_click=_go, args=(seat, following.id),
    )  # fmt: skip
    return True


def _go(seat: Seat, question_id: str) -> None:
    seat.at = question_id


def _tell(board: Board, seat: Seat, question: Question, guidance: Guidance) -> None:
    showing.item(question.words)
    ballots = board.of_round(question.id, question.revealed)
    showing.result(balloting.latest(board, question, guidance), ballots, guidance)
    if own := next((ballot for ballot in ballots if ballot.voter_id == seat.voter_id), None):
        st.caption(_("Your vote: tier {tier}.").format(tier=own.tier))
    if question.state is State.ADOPTED:
        st.success(_("Adopted: {mark}.").format(mark=frame.plain_text(showing.mark(guidance, question.tier or 0))))
    if not _others(board, seat):
        st.info(_("Wait for the next question or round; it appears here by itself."), icon=":material/hourglass_empty:")
