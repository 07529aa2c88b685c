"""Reading votes: the one place where ballots are read, and the one condition under which."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, select

from kpicat.model.ballots import Ballot, Board, Meeting, Pulse, Question, State, Voter
from kpicat.store import schema

MEETING, VOTER, QUESTION, BALLOT = schema.meeting.c, schema.voter.c, schema.question.c, schema.ballot.c
REVEALED = BALLOT.round <= QUESTION.revealed
"""What anybody may know of ballots."""


def meetings(connection: Connection, which: ColumnElement[bool]) -> list[Meeting]:
    """Meetings, the newest first."""
    columns = (MEETING.id, MEETING.catalogue_id, MEETING.opened_by, MEETING.opened_at, MEETING.ended_at)
    query = select(*columns).where(which).order_by(MEETING.opened_at.desc(), MEETING.id)
    return [Meeting(*row) for row in connection.execute(query)]


def pulse(connection: Connection, meeting_id: str) -> Pulse | None:
    """Whether something moved."""
    query = select(MEETING.asked, MEETING.heard, MEETING.ended_at).where(MEETING.id == meeting_id)
    row = connection.execute(query).one_or_none()
    return row and Pulse(row.asked, row.heard, row.ended_at is not None)


def voter_by(connection: Connection, token: str) -> tuple[str, Voter] | None:
    """Meeting and voter of a token's digest."""
    query = select(VOTER.meeting_id, VOTER.id, VOTER.name, VOTER.joined_at, VOTER.left_at).where(VOTER.token == token)
    row = connection.execute(query).one_or_none()
    return row and (row.meeting_id, Voter(*row[1:]))


def board(connection: Connection, meeting_id: str) -> Board | None:
    """All that may be known of a meeting."""
    found, moved = meetings(connection, MEETING.id == meeting_id), pulse(connection, meeting_id)
    if not found or moved is None:
        return None
    people = select(VOTER.id, VOTER.name, VOTER.joined_at, VOTER.left_at).where(VOTER.meeting_id == meeting_id)
    return Board(
        found[0],
        moved,
        tuple(Voter(*row) for row in connection.execute(people.order_by(VOTER.joined_at, VOTER.id))),
        tuple(_questions(connection, meeting_id)),
        _voted(connection, meeting_id),
        tuple(ballots(connection, (QUESTION.meeting_id == meeting_id) & REVEALED)),
    )


def ballots(connection: Connection, which: ColumnElement[bool]) -> list[Ballot]:
    """Ballots by question, round and name."""
    columns = (BALLOT.question_id, BALLOT.round, BALLOT.voter_id, VOTER.name, BALLOT.tier, BALLOT.reason, BALLOT.at)
    of_voter = (VOTER.id == BALLOT.voter_id) & (VOTER.meeting_id == QUESTION.meeting_id)  # so an index finds them
    joined = schema.ballot.join(schema.question).join(schema.voter, of_voter)
    query = select(*columns).select_from(joined).where(which)
    order = (QUESTION.place, BALLOT.round, VOTER.name, VOTER.id)
    return [Ballot(*row) for row in connection.execute(query.order_by(*order))]


def _questions(connection: Connection, meeting_id: str) -> list[Question]:
    query = select(schema.question).where(QUESTION.meeting_id == meeting_id).order_by(QUESTION.place)
    return [
        Question(
            row.id, row.item_id, json.loads(row.words), State(row.state), row.round, row.revealed,
            row.opened_by, row.opened_at, row.tier, row.batch,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _voted(connection: Connection, meeting_id: str) -> dict[str, frozenset[str]]:
    """Who voted in the last round of each question, and not what."""
    query = select(BALLOT.question_id, BALLOT.voter_id).select_from(schema.ballot.join(schema.question))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for question_id, voter_id in connection.execute(
        query.where(QUESTION.meeting_id == meeting_id, BALLOT.round == QUESTION.round)
    ):
        found[question_id].add(voter_id)
    return {question_id: frozenset(ids) for question_id, ids in found.items()}
