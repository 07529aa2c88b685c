"""A ballot as people do it: who gets in, what is asked, what a round comes to, what adopting writes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from docx import Document

from kpicat.ballot import tally
from kpicat.errors import InputError, NotAllowed
from kpicat.model import CATALOGUE, Edit
from kpicat.model.ballots import Ballot, State
from kpicat.services import View, balloting, undo
from kpicat.services.balloting.joining import WITHIN, WRONG


@pytest.fixture
def view(store, catalogue):
    return lambda: View(store.reading("xa"))


@pytest.fixture
def opened(store, catalogue, at):
    return store.ballots.open("xa", actor="Khanh", at=at)


@pytest.fixture
def join(store, opened, at):
    tries = balloting.Tries()
    return lambda name, code=None, when=at: balloting.join(
        store, tries, opened.code if code is None else code, name, address="phòng họp", at=when
    )


@pytest.fixture
def revealed(store, view, opened, join, at):
    """Makes a revealed question of one item: ``revealed("two", 2, 2, 4)``; gives its board and its id."""

    def reveal(item, *tiers, reasons=()):
        balloting.ask(store, view(), opened.key, [item], actor="Khanh", at=at)
        question = store.ballots.board(opened.meeting.id).questions[-1]
        for n, tier in enumerate(tiers):
            reason = reasons[n] if n < len(reasons) else ""
            token = join(f"{item} {n}")
            balloting.vote(store, view().guidance, token, question, tier, reason=reason, at=at)
        store.ballots.reveal(opened.key, {question.id: 1})
        return store.ballots.board(opened.meeting.id), question.id

    return reveal


# -- a round -------------------------------------------------------------------


def votes(*tiers):
    return [Ballot("q", 1, str(n), f"N{n}", tier, f"lý do {n}", None) for n, tier in enumerate(tiers)]


@pytest.mark.parametrize(
    ("tiers", "median", "spread", "agreement", "extremes"),
    [
        ((2, 2, 2), 2, 0, 1.0, []),
        ((1, 2, 2, 4), 2, 3, 0.5, ["N0", "N3"]),
        ((1, 2), 2, 1, 0.5, ["N0", "N1"]),  # between two tiers the heavier one
        ((4, 1, 1), 1, 3, 2 / 3, ["N1", "N2", "N0"]),
        ((3,), 3, 0, 1.0, []),
    ],
)
def test_what_a_round_comes_to(tiers, median, spread, agreement, extremes):
    found = tally(votes(*tiers), (1, 2, 3, 4))
    assert (found.median, found.spread, found.agreement) == (median, spread, pytest.approx(agreement))
    assert [ballot.name for ballot in found.extremes] == extremes
    assert found.counts == {level: tiers.count(level) for level in (1, 2, 3, 4)}


def test_a_round_without_votes_has_no_middle_and_a_tier_no_longer_on_the_scale_is_counted():
    assert tally([], (1, 2)).median is None
    assert tally(votes(4), (1, 2)).counts == {1: 0, 2: 0, 4: 1}


# -- members -------------------------------------------------------------------


def test_a_code_typed_with_spaces_and_small_letters_lets_in(join, opened):
    assert join("Lan", f" {opened.code[:3].lower()} - {opened.code[3:]} ")


@pytest.mark.parametrize("name", ["", "  \u200b ", "\ud800"])
def test_nobody_joins_without_a_name(name, join):
    with pytest.raises(InputError):
        join(name)


def test_who_guesses_has_to_wait_and_the_right_code_too_until_then(join, at):
    for _n in range(WRONG):
        with pytest.raises(NotAllowed, match="mã này"):
            join("Lan", "AAAAAA")
    with pytest.raises(NotAllowed, match="chờ một phút"):
        join("Lan")
    assert join("Lan", when=at + WITHIN + timedelta(seconds=1))


def test_a_code_of_another_length_is_said_to_be_so_and_is_no_guess(join):
    for _n in range(WRONG + 1):
        with pytest.raises(InputError, match="6"):
            join("Lan", "ABC")
    assert join("Lan")


def test_a_tier_that_the_scale_does_not_have_is_no_vote(store, view, opened, join, at):
    balloting.ask(store, view(), opened.key, ["one"], actor="Khanh", at=at)
    board = store.ballots.board(opened.meeting.id)
    with pytest.raises(InputError):
        balloting.vote(store, view().guidance, join("Lan"), board.questions[0], 5, reason="", at=at)
    assert not store.ballots.board(opened.meeting.id).voted


def test_a_member_is_led_to_the_first_open_question_without_their_vote(store, view, opened, join, at):
    balloting.ask(store, view(), opened.key, ["three", "one"], actor="Khanh", at=at)
    lan, boards = join("Lan"), balloting.Boards(store)
    me = store.ballots.seat(lan)[1].id
    for item in ("three", "one"):
        question = balloting.next_for(boards.newest(opened.meeting.id), me)
        assert question.item_id == item
        balloting.vote(store, view().guidance, lan, question, 1, reason="", at=at)
    assert balloting.next_for(boards.newest(opened.meeting.id), me) is None


def test_boards_are_read_once_until_something_moves(store, opened, join):
    boards = balloting.Boards(store)
    first = boards.newest(opened.meeting.id)
    assert boards.newest(opened.meeting.id) is first
    join("Lan")
    assert [voter.name for voter in boards.newest(opened.meeting.id).voters] == ["Lan"]
    assert boards.newest("none") is None


# -- asking --------------------------------------------------------------------


def test_items_can_be_asked_least_sure_or_without_a_tier_first(view):
    ids = ["one", "two", "three"]
    store_view = view()
    assert balloting.ordered(store_view, ids, "catalogue") == ids
    sure = balloting.ordered(store_view, ids, "least sure")
    from kpicat.services.tiering import suggestions

    confidence = [suggestions(store_view)[item].confidence for item in sure]
    assert confidence == sorted(confidence)
    assert balloting.ordered(store_view, ids, "no tier")[0] == "three" or store_view.table["tier"].notna().all()


def test_none_too_many_and_items_that_are_gone_are_not_asked(store, view, opened, at):
    for ids in ([], ["gone"]):
        with pytest.raises(InputError):
            balloting.ask(store, view(), opened.key, ids, actor="Khanh", at=at)
    assert store.ballots.board(opened.meeting.id).questions == ()


# -- adopting ------------------------------------------------------------------


def test_adopting_writes_tier_points_and_the_tally_as_one_batch_that_undo_takes_back(store, view, opened, revealed, at):
    board, question = revealed("two", 3, 3, 4)
    before = {name: view().value("two", name) for name in ("tier", "points", "rationale")}
    tiers = {question: 3}
    planned = balloting.plan(view(), board, tiers)
    done = balloting.adopt(store, view(), board, tiers, planned, key=opened.key, actor="Khanh", at=at)
    assert [batch.label for batch in store.batches("xa")][:2] == ["ballot", "import"]
    assert (view().value("two", "tier"), view().value("two", "points")) == (3, 150)
    assert "3: 2" in view().value("two", "rationale") and "4: 1" in view().value("two", "rationale")
    now = store.ballots.board(opened.meeting.id).question(question)
    assert (now.state, now.tier, now.batch) == (State.ADOPTED, 3, done.batch)
    undo(store, view(), done.batch, actor="Khanh", at=at)
    assert {name: view().value("two", name) for name in before} == before


def test_a_tier_that_is_a_frame_says_that_its_points_are_still_to_be_given(view, revealed):
    board, question = revealed("two", 3, 3)
    assert balloting.plan(view(), board, {question: 3}).remarks == []
    reading = view().reading
    framed = View(replace(reading, catalogue=replace(reading.catalogue, guidance="khung_xa")))
    (due,) = balloting.plan(framed, board, {question: 3}).remarks
    assert due.startswith("Còn 1 ") and "Xếp mức" in due


def test_what_stood_as_grounds_before_stays_and_another_tier_than_the_middle_is_said(store, view, opened, revealed, at):
    store.commit("xa", [Edit("two", "rationale", "", "Theo quy chế")], actor="Lan", at=at)
    board, question = revealed("two", 2, 2)
    planned = balloting.plan(view(), board, {question: 4})
    balloting.adopt(store, view(), board, {question: 4}, planned, key=opened.key, actor="Khanh", at=at)
    grounds = view().value("two", "rationale")
    assert grounds.startswith("Theo quy chế\n") and "mức 4" in grounds


def test_several_are_adopted_as_one_batch(store, view, opened, revealed, at):
    revealed("one", 2, 2)
    board, _last = revealed("three", 4)
    tiers = {question.id: 2 if question.item_id == "one" else 4 for question in board.questions}
    planned = balloting.plan(view(), board, tiers)
    balloting.adopt(store, view(), board, tiers, planned, key=opened.key, actor="Khanh", at=at)
    assert len(store.batches("xa")) == 2
    assert [view().value(item, "tier") for item in ("one", "three")] == [2, 4]


def test_where_somebody_changed_the_item_first_nothing_is_written_and_nothing_is_adopted(
    store, view, opened, revealed, at
):
    board, question = revealed("two", 3)
    seen = view()
    planned = balloting.plan(seen, board, {question: 3})
    store.commit("xa", [Edit("two", "tier", 2, 4)], actor="Minh", at=at)
    with pytest.raises(InputError, match="Minh"):
        balloting.adopt(store, seen, board, {question: 3}, planned, key=opened.key, actor="Khanh", at=at)
    assert view().value("two", "tier") == 4 and view().value("two", "rationale") == ""
    assert store.ballots.board(opened.meeting.id).question(question).state is State.REVEALED


def test_pressed_twice_it_is_written_once(store, view, opened, revealed, at):
    board, question = revealed("two", 3)
    for _n in range(2):
        planned = balloting.plan(view(), board, {question: 3})
        balloting.adopt(store, view(), board, {question: 3}, planned, key=opened.key, actor="Khanh", at=at)
    assert [batch.label for batch in store.batches("xa")].count("ballot") == 1


@pytest.mark.parametrize("how", ["again", "revealed again", "withdrawn", "adopted otherwise"])
def test_what_the_chair_has_gone_on_with_in_another_window_is_not_adopted(how, store, view, opened, revealed, at):
    board, question = revealed("two", 3)
    planned = balloting.plan(view(), board, {question: 3})
    if how == "withdrawn":
        store.ballots.withdraw(opened.key, question)
    elif how == "adopted otherwise":
        store.ballots.adopt(opened.key, {question: 4}, "")
    else:
        store.ballots.again(opened.key, question, 1)
    if how == "revealed again":
        store.ballots.reveal(opened.key, {question: 2})
    with pytest.raises(InputError):
        balloting.adopt(store, view(), board, {question: 3}, planned, key=opened.key, actor="Khanh", at=at)
    assert view().value("two", "tier") == 2


def test_an_item_in_other_words_than_were_voted_on_is_said_to_be_so(store, view, revealed, at):
    board, question = revealed("two", 3)
    assert balloting.plan(view(), board, {question: 3}).remarks == []
    store.commit("xa", [Edit("two", "product", view().value("two", "product"), "Thứ khác")], actor="Minh", at=at)
    (said,) = balloting.plan(view(), board, {question: 3}).remarks
    assert said.startswith("1 ")


def test_a_tier_that_the_scale_no_longer_has_is_not_adopted(view, revealed):
    board, question = revealed("two", 3)
    assert not balloting.plan(view(), board, {question: 5}).writes


def test_nobody_but_the_chair_adopts(store, view, opened, revealed, at):
    board, question = revealed("two", 3)
    planned = balloting.plan(view(), board, {question: 3})
    with pytest.raises(NotAllowed):
        balloting.adopt(store, view(), board, {question: 3}, planned, key="", actor="Ai đó", at=at)
    assert view().value("two", "tier") == 2


def test_a_question_without_votes_and_one_of_a_deleted_item_are_not_adopted(store, view, opened, revealed, at):
    from kpicat.model import Delete

    _board, silent = revealed("one")
    board, gone = revealed("two", 3)
    store.commit("xa", [Delete("two", 99)], actor="Minh", at=at)
    assert not balloting.plan(view(), board, {silent: 2, gone: 3}).writes


# -- minutes -------------------------------------------------------------------


@pytest.mark.parametrize(("form", "head"), [("party", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("state", "CỘNG HÒA XÃ HỘI")])
def test_the_minutes_say_who_what_how_and_why_on_the_paper_of_the_catalogue(
    form, head, store, view, opened, revealed, at
):
    store.commit("xa", [Edit(CATALOGUE, "form", "party", form)], actor="Lan", at=at)
    board, question = revealed("two", 1, 4, reasons=("Đã có mẫu", "<b>Nhiều {{ đơn vị }}</b>"))
    planned = balloting.plan(view(), board, {question: 4})
    balloting.adopt(store, view(), board, {question: 4}, planned, key=opened.key, actor="Khanh", at=at)
    store.ballots.end(opened.meeting.id, at=at + timedelta(hours=1))
    document = Document(io.BytesIO(balloting.minutes(view(), store.ballots.board(opened.meeting.id))))
    said = [paragraph.text for paragraph in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join(said)
    for words in (head, "Khanh", "two 0", "Báo cáo tháng", "Đã có mẫu", "<b>Nhiều {{ đơn vị }}</b>", "mức 4"):
        assert words in text
    assert balloting.minutes_name(view()).endswith("2026.docx")
