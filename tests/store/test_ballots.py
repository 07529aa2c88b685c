"""Nobody reads a vote before its reveal by anything the store offers; nobody votes twice, late, or without the code."""

from __future__ import annotations

import ast
import inspect
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

import kpicat
from kpicat.errors import InputError, NotAllowed
from kpicat.model.ballots import State
from kpicat.model.scenarios import SavedScenario
from kpicat.store import backup, examine, open_store, restore
from kpicat.store.ballots import Ballots

SECRET = "lý do chỉ mình tôi biết"
ITEMS = {"one": {"task": "Tiếp công dân"}, "two": {"task": "Báo cáo tháng"}}


@pytest.fixture
def ballots(store):
    return store.ballots


@pytest.fixture
def opened(ballots, catalogue, at):
    """A meeting on the catalogue: its key and code."""
    return ballots.open("xa", actor="Chủ tọa", at=at)


@pytest.fixture
def asked(ballots, opened, at):
    """Two items put to the vote; the ids of their questions."""
    ballots.ask(opened.key, ITEMS, actor="Chủ tọa", at=at)
    return [question.id for question in ballots.board(opened.meeting.id).questions]


@pytest.fixture
def join(ballots, opened, at):
    return lambda name: ballots.join(opened.code, name, at=at)


def state(ballots, opened, question_id):
    question = ballots.board(opened.meeting.id).question(question_id)
    return question.state, question.round, question.revealed


# -- secrecy -------------------------------------------------------------------

READERS = {"meetings", "pulse", "board", "chaired", "seat", "own", "insist_chaired"}
WRITERS = {"join", "cast", "open", "end", "ask", "reveal", "again", "adopt", "withdraw", "let_out"}


def everything_read(store, opened, tokens, asked):
    """All that any reading function gives for any argument there is, but each voter's own votes."""
    known = [opened.key, opened.code, opened.meeting.id, "xa", "one", *asked, *tokens]
    known += [voter.id for voter in store.ballots.board(opened.meeting.id).voters]
    for name in sorted(READERS):
        for argument in known:
            if not (name == "own" and argument == tokens[0]):
                with suppress(NotAllowed):
                    yield repr(getattr(store.ballots, name)(argument))
    for catalogue in store.catalogues():
        yield repr((store.changes(catalogue.id), store.batches(catalogue.id), store.reading(catalogue.id)))


def test_every_public_function_is_known_to_read_or_to_write():
    public = {name for name, _ in inspect.getmembers(Ballots, inspect.isfunction) if not name.startswith("_")}
    assert public == READERS | WRITERS


def test_before_the_reveal_nothing_gives_what_was_voted_to_anybody_but_who_voted_it(store, opened, asked, join, at):
    lan, minh = join("Lan"), join("Minh")
    store.ballots.cast(lan, asked[0], 1, 4, SECRET, at=at)
    board = store.ballots.board(opened.meeting.id)
    assert [voter.name for voter in board.voters if voter.id in board.voted[asked[0]]] == ["Lan"]
    read = "\n".join(everything_read(store, opened, [lan, minh], asked))
    assert SECRET not in read
    assert "tier=4" not in read and board.ballots == ()
    assert [(vote.tier, vote.reason) for vote in store.ballots.own(lan)] == [(4, SECRET)]
    store.ballots.reveal(opened.key, {asked[0]: 1})
    assert SECRET in repr(store.ballots.board(opened.meeting.id))


@pytest.mark.parametrize("before", ["open", "second round", "withdrawn", "ended", "let out"])
def test_no_way_of_ending_a_round_but_the_reveal_shows_it(before, store, opened, asked, join, at):
    lan, minh = join("Lan"), join("Minh")
    ballots, key = store.ballots, opened.key
    if before == "second round":
        ballots.cast(minh, asked[0], 1, 1, "của vòng một", at=at)
        ballots.reveal(key, {asked[0]: 1})
        ballots.again(key, asked[0], 1)
    ballots.cast(lan, asked[0], 2 if before == "second round" else 1, 4, SECRET, at=at)
    if before == "withdrawn":
        ballots.withdraw(key, asked[0])
    elif before == "ended":
        ballots.end(opened.meeting.id, at=at)
    elif before == "let out":
        lans = ballots.seat(lan)[1].id
        ballots.let_out(key, lans, at=at)
        ballots.reveal(key, {asked[0]: 1})
    read = "\n".join(everything_read(store, opened, [lan, minh], asked))
    assert SECRET not in read
    if before == "second round":
        assert [vote.reason for vote in ballots.board(opened.meeting.id).ballots] == ["của vòng một"]


@pytest.mark.parametrize("how", ["withdrawn", "ended", "let out"])
def test_what_was_revealed_stays_where_the_round_after_it_is_forgotten(how, ballots, opened, asked, join, at):
    lan = join("Lan")
    ballots.cast(lan, asked[0], 1, 2, "của vòng một", at=at)
    ballots.reveal(opened.key, {asked[0]: 1})
    ballots.again(opened.key, asked[0], 1)
    ballots.cast(lan, asked[0], 2, 4, SECRET, at=at)
    if how == "withdrawn":
        ballots.withdraw(opened.key, asked[0])
    elif how == "ended":
        ballots.end(opened.meeting.id, at=at)
    else:
        ballots.let_out(opened.key, ballots.seat(lan)[1].id, at=at)
    for kept in (ballots.board(opened.meeting.id).ballots, ballots.own(lan)):
        assert [(vote.round, vote.reason) for vote in kept] == [(1, "của vòng một")]


def test_the_table_of_votes_is_named_in_the_two_modules_that_keep_it_and_nowhere_else():
    root = Path(kpicat.__file__).parent
    naming = set()
    for path in root.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "ballot" and ast.unparse(node.value) == "schema":
                naming.add(path.relative_to(root).as_posix())
            if isinstance(node, ast.ImportFrom) and node.module == "kpicat.store.schema":
                assert "ballot" not in {alias.name for alias in node.names}, path
    assert naming == {"store/ballots.py", "store/balloted.py"}


def test_the_database_holds_neither_code_nor_key_nor_token(url, kind, store, opened, join, tmp_path):
    token = join("Lan")
    backup(url, tmp_path / "backup.db")
    with closing(sqlite3.connect(tmp_path / "backup.db")) as file:
        rows = repr([file.execute(f"SELECT * FROM {table}").fetchall() for table in ("meeting", "voter")])
    assert not [secret for secret in (opened.code, opened.key, token) if secret in rows]


# -- voting --------------------------------------------------------------------


def test_a_vote_can_be_changed_until_the_reveal_and_counts_once(ballots, opened, asked, join, at):
    lan = join("Lan")
    for tier in (1, 3, 2):
        ballots.cast(lan, asked[0], 1, tier, "", at=at)
    ballots.reveal(opened.key, {asked[0]: 1})
    assert [vote.tier for vote in ballots.board(opened.meeting.id).ballots] == [2]
    with pytest.raises(NotAllowed):
        ballots.cast(lan, asked[0], 1, 4, "", at=at)
    assert [vote.tier for vote in ballots.board(opened.meeting.id).ballots] == [2]


def test_a_vote_meant_for_one_round_never_counts_in_the_next(ballots, opened, asked, join, at):
    lan = join("Lan")
    ballots.reveal(opened.key, {asked[0]: 1})
    ballots.again(opened.key, asked[0], 1)
    with pytest.raises(NotAllowed):
        ballots.cast(lan, asked[0], 1, 4, "", at=at)
    ballots.cast(lan, asked[0], 2, 4, "", at=at)


@pytest.mark.parametrize("code", ["", "AAAAAA", "' OR 1=1 --", "\ud800", "meeting:"])
def test_without_the_code_nobody_is_let_in(code, ballots, opened, at):
    with pytest.raises(NotAllowed):
        ballots.join(code, "Lan", at=at)
    assert ballots.board(opened.meeting.id).voters == ()


def test_a_code_is_taken_in_small_letters_too(ballots, opened, at):
    assert ballots.join(opened.code.lower(), "Lan", at=at)


@pytest.mark.parametrize("which", ["none", "the code", "the key", "a voter's id", "a digest"])
def test_nothing_but_a_token_votes(which, ballots, opened, asked, join, at):
    lan = join("Lan")
    from kpicat.store import admitting

    token = {
        "none": "",
        "the code": opened.code,
        "the key": opened.key,
        "a voter's id": ballots.seat(lan)[1].id,
        "a digest": admitting.digest(lan),
    }[which]
    with pytest.raises(NotAllowed):
        ballots.cast(token, asked[0], 1, 1, "", at=at)


def test_after_the_end_neither_code_nor_token_nor_key_does_anything(ballots, opened, asked, join, at):
    lan = join("Lan")
    ballots.reveal(opened.key, {asked[1]: 1})
    ballots.end(opened.meeting.id, at=at)
    before = ballots.board(opened.meeting.id)
    assert before.question(asked[0]).state is State.WITHDRAWN
    for attempt in (
        lambda: ballots.join(opened.code, "Minh", at=at),
        lambda: ballots.cast(lan, asked[0], 1, 1, "", at=at),
        lambda: ballots.reveal(opened.key, {asked[0]: 1}),
        lambda: ballots.again(opened.key, asked[1], 1),
        lambda: ballots.ask(opened.key, {"three": {}}, actor="Chủ tọa", at=at),
        lambda: ballots.adopt(opened.key, {asked[1]: 2}, "batch"),
        lambda: ballots.withdraw(opened.key, asked[1]),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    ballots.end(opened.meeting.id, at=at + timedelta(hours=1))
    assert ballots.board(opened.meeting.id) == before


def test_a_token_of_one_meeting_votes_in_no_other(ballots, opened, asked, store, catalogue, at):
    from kpicat.model import Catalogue

    store.create(Catalogue("khac", "Khác"), actor="me", at=at)
    other = ballots.open("khac", actor="Khác", at=at)
    stranger = ballots.join(other.code, "Lan", at=at)
    with pytest.raises(NotAllowed):
        ballots.cast(stranger, asked[0], 1, 1, "", at=at)
    ballots.reveal(other.key, {asked[0]: 1})
    ballots.withdraw(other.key, asked[1])
    assert state(ballots, opened, asked[0]) == (State.OPEN, 1, 0)
    assert state(ballots, opened, asked[1]) == (State.OPEN, 1, 0)


def test_two_of_one_name_are_told_apart_before_they_are_in(ballots, opened, join):
    join("Nguyễn  Lan")
    with pytest.raises(InputError, match="nguyễn lan"):
        join(" nguyễn lan ")


def test_who_is_let_out_votes_no_more_and_leaves_the_name_free(ballots, opened, asked, join, at):
    lost = join("Lan")
    ballots.cast(lost, asked[0], 1, 4, SECRET, at=at)
    ballots.let_out(opened.key, ballots.seat(lost)[1].id, at=at)
    assert ballots.board(opened.meeting.id).voted == {}
    with pytest.raises(NotAllowed):
        ballots.cast(lost, asked[0], 1, 4, "", at=at)
    ballots.cast(join("Lan"), asked[0], 1, 1, "", at=at)
    assert [voter.name for voter in ballots.board(opened.meeting.id).present] == ["Lan"]


def test_who_joins_late_finds_the_open_question(ballots, opened, asked, join, at):
    ballots.cast(join("Lan"), asked[0], 1, 1, "", at=at)
    late = join("Muộn")
    ballots.cast(late, asked[0], 1, 2, "", at=at)
    assert len(ballots.board(opened.meeting.id).voted[asked[0]]) == 2


def test_no_vote_lands_after_the_reveal_it_races_with(url, opened, asked, ballots, join, at):
    """Whatever was taken counts; whatever was not was refused."""
    tokens = [join(f"Người {n}") for n in range(12)]
    taken, start = [], threading.Barrier(len(tokens) + 1)

    def vote(token):
        own = open_store(url)
        start.wait()
        try:
            own.ballots.cast(token, asked[0], 1, 3, "", at=at)
            taken.append(token)
        except NotAllowed:
            pass
        finally:
            own.close()

    hands = [threading.Thread(target=vote, args=(token,)) for token in tokens]
    for hand in hands:
        hand.start()
    start.wait()
    ballots.reveal(opened.key, {asked[0]: 1})
    counted = len(ballots.board(opened.meeting.id).ballots)
    for hand in hands:
        hand.join()
    assert counted == len(taken) == len(ballots.board(opened.meeting.id).ballots)


# -- the chair -----------------------------------------------------------------


def test_a_meeting_at_a_time_and_what_is_asked_already_is_not_asked_again(ballots, opened, asked, at):
    with pytest.raises(NotAllowed, match="Chủ tọa"):
        ballots.open("xa", actor="Người khác", at=at)
    ballots.ask(opened.key, {**ITEMS, "three": {}}, actor="Chủ tọa", at=at)
    assert [question.item_id for question in ballots.board(opened.meeting.id).questions] == ["one", "two", "three"]


def test_a_question_moves_only_from_where_its_chair_saw_it(ballots, opened, asked):
    key, id = opened.key, asked[0]
    ballots.again(key, id, 1)
    assert state(ballots, opened, id) == (State.OPEN, 1, 0)
    ballots.adopt(key, {id: 2}, "batch")
    assert state(ballots, opened, id) == (State.OPEN, 1, 0)
    ballots.reveal(key, {id: 1})
    for _n in range(2):  # pressed twice
        ballots.again(key, id, 1)
    assert state(ballots, opened, id) == (State.OPEN, 2, 1)
    ballots.reveal(key, {id: 1})
    assert state(ballots, opened, id) == (State.OPEN, 2, 1)
    ballots.reveal(key, {id: 2})
    ballots.adopt(key, {id: 3}, "batch")
    ballots.withdraw(key, id)
    assert state(ballots, opened, id) == (State.ADOPTED, 2, 2)
    assert ballots.board(opened.meeting.id).question(id).tier == 3


def test_the_pulse_moves_with_everything_a_member_is_to_see(ballots, opened, asked, join, at):
    def moves(act):
        before = ballots.pulse(opened.meeting.id)
        act()
        after = ballots.pulse(opened.meeting.id)
        return after.asked - before.asked, after.heard - before.heard

    tokens = []
    assert moves(lambda: tokens.append(join("Lan"))) == (0, 1)
    assert moves(lambda: ballots.cast(tokens[0], asked[0], 1, 1, "", at=at)) == (0, 1)
    assert moves(lambda: ballots.reveal(opened.key, {asked[0]: 1})) == (1, 0)
    assert moves(lambda: ballots.again(opened.key, asked[0], 1)) == (1, 0)
    assert moves(lambda: ballots.end(opened.meeting.id, at=at)) == (1, 0)
    assert ballots.pulse(opened.meeting.id).ended
    assert ballots.pulse("none") is None and ballots.board("none") is None


def test_votes_and_meetings_go_with_a_backup_and_the_meeting_goes_on(
    ballots, url, opened, asked, join, new_url, at, tmp_path
):
    lan = join("Lan")
    ballots.cast(lan, asked[0], 1, 4, SECRET, at=at)
    backup(url, tmp_path / "backup.db")
    target = new_url("sqlite")
    restore(target, tmp_path / "backup.db")
    assert list(examine(target)) == []
    copy = open_store(target)
    assert copy.ballots.board(opened.meeting.id) == ballots.board(opened.meeting.id)
    copy.ballots.cast(lan, asked[1], 1, 2, "", at=at)
    copy.ballots.reveal(opened.key, {asked[0]: 1, asked[1]: 1})
    assert [vote.tier for vote in copy.ballots.board(opened.meeting.id).ballots] == [4, 2]
    copy.close()


@pytest.mark.parametrize("kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_backup_is_put_back_while_people_vote_and_try(ballots, store, url, asked, join, at, tmp_path):
    over = threading.Event()
    first = SavedScenario("s", "xa", "Nhẹ hơn", "", "{}", "Lan", 3, 1, "Lan", at)

    def vote(token):
        while not over.is_set():
            ballots.cast(token, asked[0], 1, 4, "", at=at)

    def begin():
        while not over.is_set():
            store.scenarios.put(first)

    tokens = [join(f"Người {n}") for n in range(3)]
    backup(url, tmp_path / "backup.db")
    with ThreadPoolExecutor(4) as hands:
        busy = [hands.submit(vote, token) for token in tokens] + [hands.submit(begin)]
        for _time in range(6):
            restore(url, tmp_path / "backup.db")
        over.set()
        assert [each.result() for each in busy] == [None] * 4
    assert list(examine(url)) == []
