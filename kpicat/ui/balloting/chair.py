"""What the chair sees and does: open a meeting, follow a question, reveal, let somebody out, end it.

Somebody else at the catalogue, as a second screen in the room, sees the same without the buttons and the code.
"""

from __future__ import annotations

import streamlit as st

from kpicat.access import Act
from kpicat.language import _, moment, ngettext, number
from kpicat.model.ballots import Board, Meeting, Question, State
from kpicat.services import balloting
from kpicat.ui import frame, only
from kpicat.ui.balloting import deciding, keeping, showing

_AT = "ballot_question"
_STATES = {State.OPEN: "◌", State.REVEALED: "◉", State.ADOPTED: "✓", State.WITHDRAWN: "✕"}


def begin(desk: frame.Desk) -> None:
    """The way to a meeting."""
    keeping.say_refused()
    st.markdown(
        _(
            "Members join on their phones with a short code, vote without seeing each other's vote, and see together "
            "what came of it. What you then adopt is written into the catalogue with the tally as its grounds."
        )
    )
    st.button(
        _("Open a meeting"), key="ballot_open", type="primary", icon=":material/groups:", on_click=_open, args=(desk,),
        **only.offered(desk, Act.OPEN_BALLOT),
    )  # fmt: skip


def _open(desk: frame.Desk) -> None:
    def begin() -> None:
        opened = desk.store.ballots.open(desk.view.catalogue.id, actor=desk.actor, at=frame.now())
        st.session_state[keeping.chair(opened.meeting.id)] = opened.key

    keeping.tried(begin)


def key_of(desk: frame.Desk, meeting: Meeting) -> str:
    """The key of a meeting where this browser has it, and goes on keeping it; "" for who does not chair it."""
    name = keeping.chair(meeting.id)
    key = keeping.kept(name)
    held = desk.store.ballots.chaired(key) if key else None
    if held is None or held.id != meeting.id:
        return ""
    keeping.keep(name)
    return key


def board(desk: frame.Desk, meeting: Meeting, key: str) -> None:
    """The meeting as it stands, followed: its door, the question, who has voted, what came of it.

    Args:
        key: The meeting's for who chairs it, "" for a second screen.
    """
    if not key:
        st.caption(
            _("{who} chairs this meeting since {at}; here you see what the room sees.").format(
                who=frame.plain_text(meeting.opened_by), at=moment(frame.clock(meeting.opened_at))
            )
        )
    keeping.followed("ballot_board", lambda: _board(desk, meeting.id, key))


def _board(desk: frame.Desk, meeting_id: str, key: str) -> None:
    board = keeping.boards().newest(meeting_id)
    if board is None or board.pulse.ended:
        st.info(_("The meeting is over."))
        return
    keeping.say_refused()
    question = _chosen(board) if key else _followed(board)
    if question is None:
        if key:
            showing.door(balloting.code_of(key))
        st.markdown(f"**{_in(board)}**")
        showing.people(board.present, ())
        st.info(_("Put the first items to the vote; they appear on the phones by themselves."))
        return
    _question(desk, board, question, key)
    if key:
        with st.expander(_("How to join"), icon=":material/qr_code_2:", key="ballot_door"):
            showing.door(balloting.code_of(key))
        _let_out(desk, board, key)


def _question(desk: frame.Desk, board: Board, question: Question, key: str) -> None:
    showing.item(question.words)
    if question.state is State.OPEN:
        _open_round(desk, board, question, key)
    elif question.revealed:
        ballots = board.of_round(question.id, question.revealed)
        showing.result(balloting.latest(board, question, desk.view.guidance), ballots, desk.view.guidance)
        deciding.decide(frame.again(desk), board, question, key)
    else:
        st.info(_("This question was withdrawn; its votes were forgotten."))


def _in(board: Board) -> str:
    n = len(board.present)
    return ngettext("{n} member is in", "{n} members are in", n).format(n=number(n))


def _followed(board: Board) -> Question | None:
    """What a second screen shows by itself: the first question that waits for the chair, else the last."""
    waiting = [each for each in board.questions if each.state in (State.OPEN, State.REVEALED)]
    if not board.questions:
        return None
    question = waiting[0] if waiting else board.questions[-1]
    at = board.questions.index(question) + 1
    st.caption(_("Question {n} of {all}").format(n=number(at), all=number(len(board.questions))))
    return question


def _chosen(board: Board) -> Question | None:
    """The question on screen: the one chosen, else the first that waits for the chair, else the last."""
    if not board.questions:
        return None
    waiting = [each for each in board.questions if each.state in (State.OPEN, State.REVEALED)]
    ids = [each.id for each in board.questions]
    if st.session_state.get(_AT) not in ids:
        st.session_state[_AT] = (waiting or board.questions)[0].id
    at = ids.index(st.session_state[_AT])
    called = {
        each.id: f"{_STATES[each.state]} {n}. {showing.called(each)}" for n, each in enumerate(board.questions, start=1)
    }  # numbered, as one work may be asked about at several titles
    # Streamlit forgets what was chosen when an option is called otherwise: so the choice is kept beside it.
    chosen = f"ballot_chosen_{at}_{frame.fingerprint(tuple(called.values()))}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="ballot_questions"):
        st.button(
            _("Previous"), key="ballot_previous", icon=":material/arrow_back:", disabled=at == 0,
            on_click=_go, args=(ids[max(0, at - 1)],),
        )  # fmt: skip
        st.selectbox(
            _("Question {n} of {all}").format(n=number(at + 1), all=number(len(ids))),
            ids,
            index=at,
            format_func=called.__getitem__,
            key=chosen,
            on_change=lambda: _go(st.session_state[chosen]),
        )
        st.button(
            _("Next"), key="ballot_next", icon=":material/arrow_forward:", disabled=at == len(ids) - 1,
            on_click=_go, args=(ids[min(len(ids) - 1, at + 1)],),
        )  # fmt: skip
    return board.questions[at]


def _go(question_id: str) -> None:
    st.session_state[_AT] = question_id


def _open_round(desk: frame.Desk, board: Board, question: Question, key: str) -> None:
    voted = balloting.voted(board, question)
    round = f" · {_('round {n}').format(n=number(question.round))}" if question.round > 1 else ""
    st.subheader(showing.turnout(board.present, voted) + round, anchor=False)
    if key:
        _round_acts(desk, board, question, key)
    showing.people(board.present, voted)


def _round_acts(desk: frame.Desk, board: Board, question: Question, key: str) -> None:
    """Above the names, of which there may be forty."""
    ballots = desk.store.ballots
    asked = [each for each in board.questions if each.state is State.OPEN]
    ready = {each.id: each.round for each in asked if balloting.voted(board, each)}
    with st.container(horizontal=True, key="ballot_acts"):
        st.button(
            _("Reveal"), key="ballot_reveal", type="primary", icon=":material/visibility:",
            disabled=question.id not in ready, on_click=keeping.act,
            args=(ballots.reveal, key, {question.id: question.round}),
        )  # fmt: skip
        if len(ready) > 1:
            st.button(
                _("Reveal all {n}").format(n=number(len(ready))), key="ballot_reveal_all",
                on_click=keeping.act, args=(ballots.reveal, key, ready),
            )  # fmt: skip
        st.button(
            _("Withdraw the question"), key="ballot_withdraw", icon=":material/close:",
            on_click=keeping.act, args=(ballots.withdraw, key, question.id),
        )  # fmt: skip


def _let_out(desk: frame.Desk, board: Board, key: str) -> None:
    """For who lost a phone, or joined twice."""
    names = {voter.id: voter.name for voter in board.present}
    with st.expander(f"{_in(board)} · {_('let somebody out')}", key="ballot_let_out"):
        st.caption(
            _("For who lost the phone or joined twice: the name is free again, votes not revealed are forgotten.")
        )
        whom = st.selectbox(
            _("Whom"), list(names), index=None, format_func=lambda id: names.get(id, ""),
            key="ballot_whom", placeholder=_("choose a name"),
        )  # fmt: skip
        st.button(
            _("Let out"), key="ballot_out", disabled=whom is None,
            on_click=lambda: keeping.act(desk.store.ballots.let_out, key, whom, at=frame.now()),
        )  # fmt: skip


def end(desk: frame.Desk, meeting: Meeting, key: str) -> None:
    """Let the meeting end, for who chairs it and, at a word of warning, for anybody at the catalogue."""
    with st.expander(_("End the meeting"), icon=":material/logout:", key="ballot_end"):
        st.markdown(
            _("The code lets nobody in any more; votes not revealed are forgotten, and the minutes can be taken out.")
            if key
            else _("Do this only if who chairs it cannot: votes not revealed are forgotten.")
        )
        st.button(
            _("End the meeting now"), key="ballot_end_now",
            on_click=lambda: keeping.act(desk.store.ballots.end, meeting.id, at=frame.now()),
            **only.offered(desk, Act.OPEN_BALLOT),
        )  # fmt: skip
