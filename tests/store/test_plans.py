"""What pages ask of the database all the time is found by an index: it takes no longer as catalogues and meetings grow.

Asked of SQLite, which says how it would look; a table it would go through row by row is a "SCAN".
"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from kpicat.model import CATALOGUE, Comment, Decide, Decision, Delete, Edit, Remark, Ruling

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
GROWING = {"item", "change", "batch", "comment", "decision", "voter", "question", "ballot", "read_mark"}


@pytest.fixture
def scanned(store):
    """Tables of those that grow which something done with the store goes through from end to end."""

    def watch(do):
        asked = []
        engine = store._database.engine

        def note(_connection, _cursor, statement, values, _context, many):
            asked.append((statement, values[0] if many else values))

        event.listen(engine, "before_cursor_execute", note)
        try:
            do()
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert asked
        with store._database.peek() as connection:
            steps = [
                row[3]
                for statement, values in asked
                if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE"))
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            ]
        return {found[1] for step in steps if (found := re.match(r"SCAN (\w+)", step))} & GROWING

    return watch


def test_a_read_names_what_it_reads(store, catalogue, scanned, at):
    asked = {
        "standing": lambda: store.standing("xa"),
        "standings": lambda: store.heads(["xa", "xb"]),
        "reading": lambda: store.reading("xa"),
        "news": lambda: store.changes("xa", since=2),
        "an item's history": lambda: store.changes("xa", item="one", newest_first=True),
        "a person's gestures": lambda: store.batches("xa", actor="Lan", limit=200),
        "what was read": lambda: store.read_comments("xa", "lan"),
        "marks": lambda: store.mark_read("xa", "lan", ["c"]),
    }
    assert {name: scanned(do) for name, do in asked.items()} == {name: set() for name in asked}


def test_a_gesture_and_its_undo_look_only_at_what_they_name(store, catalogue, scanned, at):
    said = Comment("c", "one", "c", "Khoan đã", "Lan", at)
    ruled = Decision(CATALOGUE, "k", "no-standard-unit", Ruling.WAIVED, "Sẽ chọn sau", "Lan", at)
    writes = [Edit("two", "note", "", "a"), Remark("one", None, said), Delete("three", 3)]
    writes.append(Decide(CATALOGUE, "k", None, ruled))
    done = []
    assert scanned(lambda: done.append(store.commit("xa", writes, actor="Lan", at=at, request="r"))) == set()
    assert not done[0].conflicts
    assert scanned(lambda: store.undo("xa", done[0].batch, actor="Lan", at=at)) == set()
    stale = [Edit("two", "note", "b", "c"), Delete("two", 3)]
    assert scanned(lambda: store.commit("xa", stale, actor="Minh", at=at)) == set()


def test_a_meeting_looks_at_no_other_meetings_votes(store, catalogue, scanned, at):
    ballots = store.ballots
    opened = ballots.open("xa", actor="Lan", at=at)
    ballots.ask(opened.key, {"one": {"task": "a"}}, actor="Lan", at=at)
    token, meeting = ballots.join(opened.code, "Minh", at=at), opened.meeting.id
    question = ballots.board(meeting).questions[0].id
    asked = {
        "pulse": lambda: ballots.pulse(meeting),
        "board": lambda: ballots.board(meeting),
        "own": lambda: ballots.own(token),
        "seat": lambda: ballots.seat(token),
        "cast": lambda: ballots.cast(token, question, 1, 2, "", at=at),
        "reveal": lambda: ballots.reveal(opened.key, {question: 1}),
        "again": lambda: ballots.again(opened.key, question, 1),
        "let out": lambda: ballots.let_out(opened.key, ballots.board(meeting).voters[0].id, at=at),
        "end": lambda: ballots.end(meeting, at=at),
    }
    assert {name: scanned(do) for name, do in asked.items()} == {name: set() for name in asked}
