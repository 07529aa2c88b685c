"""Speaking of a row: nobody's words are lost or overwritten, and all of it is on the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kpicat.errors import InputError, UnknownCatalogue
from kpicat.model import (
    CATALOGUE,
    COMMENT,
    Add,
    ChangeKind,
    Comment,
    Conflict,
    Delete,
    Edit,
    Item,
    Remark,
    Restore,
)

LATER = timedelta(minutes=1)


@pytest.fixture
def asked(at):
    return Comment("c", "two", "c", "Sao lại bậc 2?", "An", at, mentions=("Bình",))


@pytest.fixture
def answer(asked, at):
    return Comment("d", "two", "c", "Theo PL3.", "Bình", at + LATER)


@pytest.fixture
def thread(store, catalogue, asked, answer, at):
    """Asked by An, answered by Bình."""
    say(store, at, None, asked, actor="An")
    say(store, at + LATER, None, answer, actor="Bình")
    return store


def say(store, at, seen, new, actor="An", **more):
    return store.commit("xa", [Remark((seen or new).item_id, seen, new)], actor=actor, at=at, **more)


def said(store, seq=None):
    return store.reading("xa", seq).comments


def test_nobody_has_said_anything_at_first(store, catalogue):
    assert said(store) == ()


def test_what_was_said_later_stands_later_though_its_server_s_clock_is_slow(thread, asked, answer, at):
    slow = Comment("b", "two", "c", "Xin cảm ơn.", "An", at - LATER)
    say(thread, at - LATER, None, slow)
    assert said(thread) == (asked, answer, slow)


def test_what_was_withdrawn_and_brought_back_or_reworded_stands_where_it_stood(thread, asked, answer, at):
    last = Comment("b", "two", "c", "Xin cảm ơn.", "An", at)
    say(thread, at, None, last)
    gone = say(thread, at, answer, None, actor="Bình").batch
    reworded = replace(asked, text="Vì sao là bậc 2?")
    say(thread, at, asked, reworded)
    thread.undo("xa", gone, actor="Bình", at=at)
    assert said(thread) == (reworded, answer, last)
    assert said(thread, thread.head("xa") - 1) == (reworded, last)


def test_a_comment_is_changed_resolved_reopened_and_withdrawn(thread, asked, answer, at):
    states = [
        replace(asked, text="Vì sao bậc 2?"),
        replace(asked, text="Vì sao bậc 2?", resolved_by="Bình", resolved_at=at + LATER),
        replace(asked, text="Vì sao bậc 2?"),
    ]
    for seen, new in zip((asked, *states), states, strict=False):
        assert say(thread, at, seen, new).applied
        assert said(thread) == (new, answer)
    say(thread, at, answer, None)
    say(thread, at, states[-1], None)
    assert said(thread) == ()


def test_a_comment_is_a_line_of_the_log(thread, asked, answer, catalogue, at):
    first, second = thread.changes("xa", catalogue.head)
    assert (first.kind, first.item_id, first.field) == (ChangeKind.COMMENT, "two", "c")
    assert (first.old, first.new, second.new) == (None, asked.encode(), answer.encode())
    assert thread.changes("xa", item="two", kind=ChangeKind.COMMENT) == [first, second]


def test_a_repeat_says_nothing_again(thread, asked, at):
    assert say(thread, at + LATER, None, asked).batch is None
    assert len(said(thread)) == 2


def test_the_second_who_changes_a_comment_is_told(thread, asked, at):
    closed = replace(asked, resolved_by="Bình", resolved_at=at)
    say(thread, at + LATER, asked, closed, actor="Bình")
    late = say(thread, at, asked, replace(asked, text="Khác"))
    assert late.conflicts == [Conflict("two", COMMENT, "Khác", asked.text, "Bình", at + LATER)]
    assert said(thread)[0] == closed


def test_changing_what_was_withdrawn_is_a_conflict(thread, asked, answer, at):
    say(thread, at + LATER, answer, None, actor="Bình")
    late = say(thread, at, answer, replace(answer, text="Khác"))
    assert late.conflicts == [Conflict("two", COMMENT, "Khác", "", "Bình", at + LATER)]


def test_ones_own_words_of_the_same_gesture_are_ones_own(store, catalogue, asked, at):
    writes = [Remark("two", None, asked), Remark("two", None, replace(asked, text="Khác"))]
    done = store.commit("xa", writes, actor="me", at=at)
    assert done.conflicts == [Conflict("two", COMMENT, "Khác", asked.text, "me", at)]


def test_a_thread_with_an_answer_is_not_withdrawn_from_under_it(thread, asked, answer, at):
    done = say(thread, at + 2 * LATER, asked, None)
    assert done.conflicts == [Conflict("two", COMMENT, "", answer.text, "Bình", at + LATER)]
    assert len(said(thread)) == 2


def test_an_answer_in_a_thread_withdrawn_meanwhile_is_a_conflict(store, catalogue, asked, answer, at):
    say(store, at, None, asked)
    say(store, at + LATER, asked, None, actor="An")
    late = say(store, at, None, answer, actor="Bình")
    assert late.conflicts == [Conflict("two", COMMENT, answer.text, "", "An", at + LATER)]
    assert said(store) == ()


def test_undo_takes_words_back_and_says_them_again(thread, asked, answer, at):
    newest = thread.batches("xa", limit=1)[0].id
    undone = thread.undo("xa", newest, actor="Bình", at=at)
    assert said(thread) == (asked,)
    thread.undo("xa", undone.batch, actor="Bình", at=at)
    assert said(thread) == (asked, answer)
    closed = say(thread, at, asked, replace(asked, resolved_by="An", resolved_at=at))
    thread.undo("xa", closed.batch, actor="An", at=at)
    assert said(thread) == (asked, answer)


def test_undoing_a_question_somebody_answered_is_a_conflict(thread, answer, at):
    begun = thread.batches("xa")[1].id
    (conflict,) = thread.undo("xa", begun, actor="An", at=at).conflicts
    assert (conflict.field, conflict.theirs, conflict.by) == (COMMENT, answer.text, "Bình")


def test_words_are_read_as_they_were_on_an_earlier_day(thread, asked, answer, catalogue, at):
    say(thread, at, asked, replace(asked, text="Khác"))
    say(thread, at, answer, None)
    thread.commit("xa", [Delete("two", 99)], actor="me", at=at)
    head = catalogue.head
    texts = [[comment.text for comment in said(thread, seq)] for seq in range(head, head + 6)]
    assert texts == [[], [asked.text], [asked.text, answer.text], ["Khác", answer.text], ["Khác"], []]


def test_the_words_on_a_deleted_row_wait_with_it(thread, asked, answer, at):
    thread.commit("xa", [Delete("two", 99)], actor="me", at=at)
    assert said(thread) == ()
    late = say(thread, at, None, replace(answer, id="e"))
    assert late.conflicts == [Conflict("two", COMMENT, answer.text, "", "me", at, gone=True)]
    assert say(thread, at, answer, None).applied
    thread.commit("xa", [Restore("two")], actor="me", at=at)
    assert said(thread) == (asked,)


def test_a_row_somebody_spoke_of_meanwhile_is_not_deleted_unasked(store, catalogue, asked, at):
    say(store, at + LATER, None, asked, actor="An")
    (conflict,) = store.commit("xa", [Delete("two", catalogue.head)], actor="other", at=at).conflicts
    assert conflict == Conflict("two", "", None, None, "An", at + LATER)


def test_a_row_is_added_spoken_of_and_edited_in_one_gesture(store, catalogue, at):
    new = Comment("c", "four", "c", "Mới thêm", "An", at)
    writes = [Add(Item("four", {})), Remark("four", None, new), Edit("four", "note", "", "xem")]
    done = store.commit("xa", writes, actor="An", at=at)
    assert done.applied == writes and said(store) == (new,)
    assert not store.undo("xa", done.batch, actor="An", at=at).conflicts
    assert said(store) == () and "four" not in store.reading("xa").items.index


def test_a_comment_sent_twice_is_answered_alike_and_written_once(thread, asked, answer, at):
    writes = [
        Remark("two", None, Comment("e", "two", "c", "Cảm ơn", "An", at)),
        Remark("two", replace(answer, text="?"), replace(answer, text="Khác")),
        Remark("two", asked, None),
        Edit("two", "place", "0000000002", "0000000003V"),
    ]
    first = thread.commit("xa", writes, actor="An", at=at, request="gesture")
    assert first.applied == [writes[0], writes[3]]
    assert [(c.mine, c.theirs) for c in first.conflicts] == [("Khác", answer.text), ("", answer.text)]
    say(thread, at, answer, replace(answer, text="Đã sửa"), actor="Bình")
    assert thread.commit("xa", writes, actor="An", at=at + LATER, request="gesture") == first
    assert len(said(thread)) == 3


def test_a_comment_on_what_never_was_is_a_broken_link(store, catalogue, asked, at):
    with pytest.raises(UnknownCatalogue):
        say(store, at, None, replace(asked, item_id="none"))


@pytest.mark.parametrize("broken", ["nghị\0quyết", "nghị \ud83d quyết"])
def test_a_character_no_database_keeps_is_refused_in_words(store, catalogue, asked, at, broken):
    for comment in (replace(asked, text=broken), replace(asked, mentions=("An", broken))):
        with pytest.raises(InputError):
            say(store, at, None, comment)
    assert said(store) == ()


def test_what_is_not_one_comment_on_one_row_is_a_programmers_mistake(thread, asked, at):
    for remark in (
        Remark("two", None, None),
        Remark("one", None, asked),
        Remark("two", asked, replace(asked, id="e")),
        Remark("two", asked, replace(asked, thread="d")),
        Remark("two", None, replace(asked, id="")),
        Remark("one", None, replace(asked, item_id="one")),
        Remark(CATALOGUE, None, replace(asked, item_id=CATALOGUE)),
    ):
        with pytest.raises(ValueError):
            thread.commit("xa", [remark], actor="An", at=at)
