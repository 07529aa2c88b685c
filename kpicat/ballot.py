"""What a round of voting comes to: how the votes lie, where their middle is, how far apart they are, who stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpicat.model.ballots import Ballot, Board, Meeting, Question


@dataclass(frozen=True, slots=True)
class Tally:
    """One revealed round.

    Attributes:
        votes: How many there are.
        counts: Tier -> votes, every tier of the scale, the lightest first.
        median: The middle tier; between two of them the heavier one, as the criteria grid has it. None without votes.
        lowest, highest: The outermost tiers voted for; None without votes.
        agreement: Share of the votes for ``median``, 0 to 1; 0 without votes.
        extremes: The votes for the outermost tiers, the lightest first; none where all agree.
    """

    votes: int
    counts: Mapping[int, int]
    median: int | None
    lowest: int | None
    highest: int | None
    agreement: float
    extremes: tuple[Ballot, ...]

    @property
    def spread(self) -> int:
        """Tiers from the lowest to the highest vote; 0 where all agree."""
        return (self.highest or 0) - (self.lowest or 0)


def tally(ballots: Sequence[Ballot], levels: Sequence[int]) -> Tally:
    """Count a round.

    Args:
        ballots: Of one question and one round.
        levels: The scale's tiers, the lightest first; a vote for another one is counted all the same, as the
            scale may have been changed since.
    """
    tiers = sorted(ballot.tier for ballot in ballots)
    counts = {level: tiers.count(level) for level in sorted({*levels, *tiers})}
    if not tiers:
        return Tally(0, counts, None, None, None, 0.0, ())
    median = tiers[len(tiers) // 2]
    low, high = tiers[0], tiers[-1]
    apart = [ballot for ballot in ballots if ballot.tier in (low, high)] if low != high else []
    extremes = tuple(sorted(apart, key=lambda ballot: (ballot.tier, ballot.name)))
    return Tally(len(tiers), counts, median, low, high, counts[median] / len(tiers), extremes)


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is written down of a meeting.

    Attributes:
        present: Names of those who took part, in the order they joined.
        asked: Each question with its revealed rounds in order.
    """

    meeting: Meeting
    present: tuple[str, ...]
    asked: tuple[tuple[Question, tuple[Tally, ...]], ...]


def minutes(board: Board, levels: Sequence[int]) -> Minutes:
    """The minutes of a meeting as it stands; a question no round of which was revealed is not in them.

    Args:
        board: Of the meeting.
        levels: As for :func:`tally`.
    """
    voted = {ballot.voter_id for ballot in board.ballots}
    present = tuple(voter.name for voter in board.voters if voter.left_at is None or voter.id in voted)
    asked = tuple(
        (question, tuple(tally(board.of_round(question.id, n), levels) for n in range(1, question.revealed + 1)))
        for question in board.questions
        if question.revealed
    )
    return Minutes(board.meeting, present, asked)
