"""What a board says: which question a member is to answer next, and what the rounds came to."""

from __future__ import annotations

from collections.abc import Collection

from kpicat.ballot import Tally, tally
from kpicat.guidance import Guidance
from kpicat.model.ballots import Board, Question, State


def next_for(board: Board, voter_id: str) -> Question | None:
    """The first open question in which the voter has not voted; None where there is none."""
    waiting = (q for q in board.questions if q.state is State.OPEN)
    return next((q for q in waiting if voter_id not in voted(board, q)), None)


def voted(board: Board, question: Question) -> Collection[str]:
    """Ids of those who voted in the last round of a question."""
    return board.voted.get(question.id, frozenset())


def tallied(board: Board, question: Question, round: int, guidance: Guidance) -> Tally:
    """What a revealed round came to; of one that is not revealed, as if nobody had voted."""
    return tally(board.of_round(question.id, round), [tier.level for tier in guidance.tiers])


def latest(board: Board, question: Question, guidance: Guidance) -> Tally:
    """The tally of the last revealed round."""
    return tallied(board, question, question.revealed, guidance)
