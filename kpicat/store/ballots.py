"""Votes on tiers. What was voted in a round is read here only, and only when the round is revealed.

Every write of a meeting first holds its row, so a vote never lands after the reveal it
raced with. Who chairs shows the meeting's key, who votes shows a token that :meth:`Ballots.join`
gave for the code; neither is kept but as a digest. Until the reveal :meth:`Ballots.own` gives a
vote back to the token it was cast with, and nothing gives it to anybody else.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from kpicat.errors import InputError, NotAllowed
from kpicat.language import _
from kpicat.model.ballots import Ballot, Board, Meeting, Opened, Pulse, State, Voter
from kpicat.store import admitting, balloted, schema
from kpicat.store.balloted import BALLOT, MEETING, QUESTION, VOTER
from kpicat.store.cells import refuse_broken
from kpicat.store.database import Database
from kpicat.store.holding import held_by, hold, not_chaired, tell
from kpicat.store.passing import insert as upsert

_ENDED = State.WITHDRAWN.value


class Ballots:
    """Meetings in a database; safe to share between threads. Fails as :class:`~kpicat.store.Store` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- reading, for anybody ------------------------------------------------

    def meetings(self, catalogue_id: str) -> list[Meeting]:
        """Every meeting there was on a catalogue, the newest first."""
        with self._database.peek() as connection:
            return balloted.meetings(connection, MEETING.catalogue_id == catalogue_id)

    def pulse(self, meeting_id: str) -> Pulse | None:
        """Whether something moved: one row by its key. None for no meeting."""
        with self._database.peek() as connection:
            return balloted.pulse(connection, meeting_id)

    def board(self, meeting_id: str) -> Board | None:
        """All that may be known of a meeting, at one moment; None for no meeting."""
        with self._database.read() as connection:
            return balloted.board(connection, meeting_id)

    # -- reading, with a key or a token --------------------------------------

    def chaired(self, key: str) -> Meeting | None:
        """The meeting that this key chairs, also when it has ended; None for no key of ours."""
        with self._database.peek() as connection:
            found = balloted.meetings(connection, MEETING.chair == admitting.digest(key))
            return found[0] if found else None

    def seat(self, token: str) -> tuple[Meeting, Voter] | None:
        """The meeting that was joined with this token, also when it has ended, and as whom; None for none."""
        with self._database.read() as connection:
            voter = balloted.voter_by(connection, admitting.digest(token))
            if voter is None:
                return None
            meeting_id, who = voter
            return balloted.meetings(connection, MEETING.id == meeting_id)[0], who

    def insist_chaired(self, key: str) -> None:
        """See that a key chairs a meeting that lasts.

        Raises:
            NotAllowed: It does not.
        """
        meeting = self.chaired(key)
        if meeting is None or meeting.ended_at is not None:
            raise not_chaired()

    def own(self, token: str) -> list[Ballot]:
        """What was voted with this token, in every round."""
        with self._database.peek() as connection:
            return balloted.ballots(connection, VOTER.token == admitting.digest(token))

    # -- members -------------------------------------------------------------

    def join(self, code: str, name: str, *, at: datetime) -> str:
        """Let somebody into the meeting whose code that is.

        Returns:
            A token to vote with.

        Raises:
            NotAllowed: No meeting that lasts has this code.
            InputError: Somebody of this name is in already, or it is none.
        """
        refuse_broken("name", name)
        if not (name := " ".join(name.split())):
            raise InputError(_("Say your name first, so that the others know who has voted."))
        with self._database.peek() as connection:
            seals = connection.execute(select(MEETING.id, MEETING.code).where(MEETING.ended_at.is_(None))).all()
        meeting_id = next((id for id, seal in seals if admitting.fits(code, seal)), None)
        token = admitting.new_secret()
        with self._database.write() as connection:
            if meeting_id is None or not hold(connection, meeting_id):
                raise NotAllowed(_("No meeting has this code; look at the wall again, or ask who chairs it."))
            folded = name.casefold()
            there = select(VOTER.id).where(VOTER.meeting_id == meeting_id, VOTER.folded == folded)
            if connection.execute(there).first():
                raise InputError(
                    _("Somebody called {name} is in the meeting already; add your title or department.").format(
                        name=name
                    )
                )
            own = {"id": uuid.uuid4().hex, "meeting_id": meeting_id, "name": name, "folded": folded}
            row = own | {"token": admitting.digest(token), "joined_at": schema.utc(at)}
            connection.execute(insert(schema.voter), row)
            tell(connection, meeting_id, asked=False)
        return token

    def cast(self, token: str, question_id: str, round: int, tier: int, reason: str, *, at: datetime) -> None:
        """Vote, or vote otherwise than before, in a round that is open.

        Args:
            round: The one the voter was shown.

        Raises:
            NotAllowed: The token lets nobody in (any more), or the round is not open (any more).
        """
        refuse_broken("reason", reason)
        with self._database.write() as connection:
            known = balloted.voter_by(connection, admitting.digest(token))
            held = known is not None and hold(connection, known[0])
            seated = balloted.voter_by(connection, admitting.digest(token)) if held else None
            if seated is None or seated[1].left_at is not None:
                raise NotAllowed(_("This phone is in no meeting that lasts; join with the code on the wall."))
            meeting_id, voter = seated
            is_open = select(QUESTION.id).where(
                QUESTION.id == question_id,
                QUESTION.meeting_id == meeting_id,
                QUESTION.state == State.OPEN.value,
                QUESTION.round == round,
            )
            if connection.execute(is_open).first() is None:
                raise NotAllowed(_("This round is closed, so your vote was not taken; wait for the next one."))
            key = {"question_id": question_id, "round": round, "voter_id": voter.id}
            said = {"tier": tier, "reason": reason, "at": schema.utc(at)}
            vote = upsert(connection, schema.ballot).values(key | said)
            connection.execute(vote.on_conflict_do_update(index_elements=list(key), set_=said))
            tell(connection, meeting_id, asked=False)

    # -- the chair -----------------------------------------------------------

    def open(self, catalogue_id: str, *, actor: str, at: datetime) -> Opened:
        """Begin a meeting on a catalogue.

        Raises:
            NotAllowed: One is going on.
        """
        key = admitting.new_secret()
        code = admitting.code_of(key)
        meeting = Meeting(uuid.uuid4().hex, catalogue_id, actor, schema.utc(at))
        kept = {"chair": admitting.digest(key), "code": admitting.sealed(code), "asked": 0, "heard": 0}
        row = {"id": meeting.id, "catalogue_id": catalogue_id, "opened_by": actor, "opened_at": meeting.opened_at}
        with self._database.write() as connection:
            own = schema.catalogue.c
            connection.execute(select(own.id).where(own.id == catalogue_id).with_for_update())  # one at a time
            lasts = and_(MEETING.catalogue_id == catalogue_id, MEETING.ended_at.is_(None))
            if going_on := balloted.meetings(connection, lasts):
                raise NotAllowed(
                    _("{who} chairs a meeting on this catalogue already; end that one first.").format(
                        who=going_on[0].opened_by
                    )
                )
            connection.execute(insert(schema.meeting), row | kept)
        return Opened(meeting, key, code)

    def end(self, meeting_id: str, *, at: datetime) -> None:
        """End a meeting: its code lets nobody in any more, what was not revealed never is, and is forgotten."""
        with self._database.write() as connection:
            if not hold(connection, meeting_id):
                return
            _forget(connection, QUESTION.meeting_id == meeting_id)
            still = and_(QUESTION.meeting_id == meeting_id, QUESTION.state == State.OPEN.value)
            connection.execute(update(schema.question).where(still).values(state=_ENDED))
            over = {"ended_at": schema.utc(at), "code": ""}
            connection.execute(update(schema.meeting).where(MEETING.id == meeting_id).values(over))
            tell(connection, meeting_id)

    def ask(self, key: str, items: Mapping[str, Mapping[str, str]], *, actor: str, at: datetime) -> None:
        """Put items to the vote, each by its id with its words; those that wait for a decision already are left out.

        Raises:
            NotAllowed: The key chairs no meeting that lasts. So all methods below.
        """
        with self._database.write() as connection:
            meeting_id = held_by(connection, key)
            waiting = QUESTION.state.in_([State.OPEN.value, State.REVEALED.value])
            ours = QUESTION.meeting_id == meeting_id
            there = set(connection.execute(select(QUESTION.item_id).where(ours, waiting)).scalars())
            last = connection.execute(select(func.coalesce(func.max(QUESTION.place), 0)).where(ours)).scalar_one()
            about = {"meeting_id": meeting_id, "state": State.OPEN.value, "round": 1, "revealed": 0, "batch": ""}
            about |= {"opened_by": actor, "opened_at": schema.utc(at)}
            rows = [
                {"id": uuid.uuid4().hex, "item_id": id, "words": json.dumps(dict(words), ensure_ascii=False)}
                for id, words in items.items()
                if id not in there
            ]
            if rows:
                placed = [row | about | {"place": place} for place, row in enumerate(rows, start=last + 1)]
                connection.execute(insert(schema.question), placed)
                tell(connection, meeting_id)

    def reveal(self, key: str, rounds: Mapping[str, int]) -> None:
        """Show the votes of open questions, each with the round that is meant; another one stays as it is."""
        for_all = {"state": State.REVEALED.value, "revealed": QUESTION.round}
        self._move(key, [(id, State.OPEN, n, for_all) for id, n in rounds.items()])

    def again(self, key: str, question_id: str, round: int) -> None:
        """Begin another round of a question whose last one is revealed."""
        self._move(key, [(question_id, State.REVEALED, round, {"state": State.OPEN.value, "round": round + 1})])

    def adopt(self, key: str, tiers: Mapping[str, int], batch: str) -> None:
        """Know that revealed questions were written into the catalogue with these tiers, by that batch."""
        done = {"state": State.ADOPTED.value, "batch": batch}
        self._move(key, [(id, State.REVEALED, None, done | {"tier": tier}) for id, tier in tiers.items()])

    def withdraw(self, key: str, question_id: str) -> None:
        """Take a question back; votes of it that were not revealed never are, and are forgotten."""
        with self._database.write() as connection:
            meeting_id = held_by(connection, key)
            mine = and_(QUESTION.id == question_id, QUESTION.meeting_id == meeting_id)
            undecided = or_(QUESTION.state == State.OPEN.value, QUESTION.state == State.REVEALED.value)
            _forget(connection, mine)
            connection.execute(update(schema.question).where(mine, undecided).values(state=_ENDED))
            tell(connection, meeting_id)

    def let_out(self, key: str, voter_id: str, *, at: datetime) -> None:
        """Let somebody out, as who lost the phone or joined twice; their votes that are not revealed are forgotten."""
        with self._database.write() as connection:
            meeting_id = held_by(connection, key)
            _forget(connection, QUESTION.meeting_id == meeting_id, voter_id)
            gone = {"left_at": schema.utc(at), "folded": f"\n{voter_id}"}
            them = and_(VOTER.id == voter_id, VOTER.meeting_id == meeting_id, VOTER.left_at.is_(None))
            connection.execute(update(schema.voter).where(them).values(gone))
            tell(connection, meeting_id)

    def _move(self, key: str, moves: Sequence[tuple[str, State, int | None, Mapping[str, object]]]) -> None:
        """Move questions that are in a state, and in a round if one is named."""
        with self._database.write() as connection:
            meeting_id = held_by(connection, key)
            for id, state, round, to in moves:
                there = [QUESTION.id == id, QUESTION.meeting_id == meeting_id, QUESTION.state == state.value]
                there += [QUESTION.round == round] if round is not None else []
                connection.execute(update(schema.question).where(*there).values(to))
            tell(connection, meeting_id)


def _forget(connection: Connection, which: ColumnElement[bool], voter_id: str | None = None) -> None:
    """Delete votes of rounds that are not revealed."""
    asked = BALLOT.question_id.in_(select(QUESTION.id).where(which))  # the index on ballots is by question
    revealed = select(QUESTION.revealed).where(QUESTION.id == BALLOT.question_id).scalar_subquery()
    whose = [BALLOT.voter_id == voter_id] if voter_id is not None else []
    connection.execute(delete(schema.ballot).where(asked, BALLOT.round > revealed, *whose))
