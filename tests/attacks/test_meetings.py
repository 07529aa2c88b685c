"""Nobody votes, nor learns of a vote, without the code of that very meeting; who tries is noted."""

from __future__ import annotations

import pytest

from kpicat.access import Forbidden, Who
from kpicat.errors import NotAllowed
from kpicat.services import balloting
from kpicat.store import Guarded
from tests.access.stage import AT


def noted(on):
    return [
        (one.who, one.act, one.detail) for one in on.plain.accounts.entries(None, limit=5, before=None) if not one.ok
    ]


def as_voter(on, meeting="another"):
    return Guarded(on.plain, lambda: Who.voter("Hoa", meeting), now=lambda: AT)


TRIES = {
    "a code that is guessed": lambda on, my: my.store.ballots.join("AAAAAA", "Kẻ lạ", at=AT),
    "no code at all": lambda on, my: my.store.ballots.join("", "Kẻ lạ", at=AT),
    "the seal of the code": lambda on, my: my.store.ballots.join("%", "Kẻ lạ", at=AT),
    "a token that was never given": lambda on, my: cast(on, my.store, "forged"),
    "the chair's key as a token": lambda on, my: cast(on, my.store, on.there.key),
    "the code as a token": lambda on, my: cast(on, my.store, on.there.code),
}


def cast(on, store, token):
    question = on.plain.ballots.board(on.there.meeting).questions[0]
    store.ballots.cast(token, question.id, question.round, 1, "", at=AT)


@pytest.mark.parametrize("letter", "ne")
@pytest.mark.parametrize("tried", TRIES.values(), ids=TRIES)
def test_without_a_code_nobody_votes_whatever_their_role(stages, tried, letter):
    on = stages["d"]
    with on.database.trying():
        my = on.as_(letter)
        with pytest.raises(NotAllowed):
            tried(on, my)
        assert noted(on) == [(my.who.name, "refused", "vote")]
        assert not any(on.plain.ballots.board(on.there.meeting).voted.values())


def test_a_voter_of_one_meeting_votes_in_no_other_and_sees_nothing_of_it(stages):
    on = stages["d"]
    with on.database.trying():
        stranger = as_voter(on)
        for gesture in (stranger.ballots.board, stranger.ballots.pulse):
            with pytest.raises(Forbidden):
                gesture(on.there.meeting)
        question = on.plain.ballots.board(on.there.meeting).questions[0]
        balloting.vote(on.plain, on.view.guidance, on.there.token, question, 3, reason="kín", at=AT)
        board = as_voter(on, on.there.meeting).ballots.board(on.there.meeting)
        assert not board.ballots and "kín" not in repr(board), "not before the reveal, to nobody"
        assert as_voter(on).ballots.own("forged") == []


def test_a_key_that_was_guessed_chairs_nothing(stages):
    on = stages["d"]
    with on.database.trying():
        for letter in "hen":
            ballots = on.as_(letter).store.ballots
            assert ballots.chaired("forged") is None
            with pytest.raises(NotAllowed):
                ballots.reveal("forged", {on.plain.ballots.board(on.there.meeting).questions[0].id: 1})
