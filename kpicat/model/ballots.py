"""A ballot: a meeting on a catalogue, the questions it is asked, who voted, and what was voted once it is revealed."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


class State(enum.StrEnum):
    """How far a question has come."""

    OPEN = "open"  # members vote, nobody sees what
    REVEALED = "revealed"  # the votes of its last round are seen by all, and can be changed no more
    ADOPTED = "adopted"  # its tier was written into the catalogue
    WITHDRAWN = "withdrawn"  # the chair took it back


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting on one catalogue, from its opening until its end.

    Attributes:
        ended_at: None while it lasts.
    """

    id: str
    catalogue_id: str
    opened_by: str
    opened_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What only the one who opened a meeting gets: neither is kept anywhere in words.

    Attributes:
        key: Shows that its bearer chairs the meeting.
        code: Lets members in, as long as the meeting lasts.
    """

    meeting: Meeting
    key: str
    code: str


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who joined a meeting.

    Attributes:
        left_at: When the chair let them out; None for who is in.
    """

    id: str
    name: str
    joined_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An item put to the vote.

    Attributes:
        words: The item's texts by field as they were then: what the vote is about.
        round: The last one begun, from 1.
        revealed: So many rounds were revealed; equal to ``round`` or one less.
        tier: What was adopted; None before.
        batch: The batch that wrote it; "" before.
    """

    id: str
    item_id: str
    words: Mapping[str, str]
    state: State
    round: int
    revealed: int
    opened_by: str
    opened_at: datetime
    tier: int | None = None
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One voter's vote in one round; of others it is given only when the round is revealed.

    Attributes:
        name: The voter's.
        reason: In words; "" for none.
    """

    question_id: str
    round: int
    voter_id: str
    name: str
    tier: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """What tells those at a meeting that something moved; one row, asked for every second by everybody.

    Attributes:
        asked: Counts what concerns every member: questions opened, revealed, asked again, adopted, withdrawn, the end.
        heard: Counts joins and votes.
    """

    asked: int
    heard: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All that may be known of a meeting at one moment, by anybody.

    Attributes:
        voters: Everybody who joined, in that order.
        questions: In the order they were put.
        voted: Question id -> ids of those who voted in its last round; of that round no more is known while it is open.
        ballots: Those of revealed rounds, by question, round and name.
    """

    meeting: Meeting
    pulse: Pulse
    voters: tuple[Voter, ...]
    questions: tuple[Question, ...]
    voted: Mapping[str, frozenset[str]]
    ballots: tuple[Ballot, ...]

    @property
    def present(self) -> tuple[Voter, ...]:
        """Those who joined and were not let out."""
        return tuple(voter for voter in self.voters if voter.left_at is None)

    def question(self, id: str) -> Question | None:
        """A question of the meeting."""
        return next((question for question in self.questions if question.id == id), None)

    def of_round(self, question_id: str, round: int) -> tuple[Ballot, ...]:
        """The ballots of a revealed round."""
        return tuple(b for b in self.ballots if (b.question_id, b.round) == (question_id, round))
