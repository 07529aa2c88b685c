"""What was said of rows goes with them when they are merged, and comes back with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kpicat import services
from kpicat.errors import InputError
from kpicat.model import Comment, Remark
from kpicat.services import View, bulk, commenting
from kpicat.store.verifying import examine
from tests.services.room import Together

LATER = timedelta(minutes=1)


@pytest.fixture
def asked(at):
    return Comment("c", "two", "c", "Sao lại bậc 2?", "An", at, mentions=("Bình",))


@pytest.fixture
def answered(asked, at):
    return Comment("d", "two", "c", "Theo PL3.", "Bình", at + LATER)


@pytest.fixture
def closed(at):
    return Comment(
        "e", "three", "e", "Trùng dòng trên", "Bình", at + LATER / 2, resolved_by="An", resolved_at=at + LATER
    )


class Spoken(Together):
    def says(self, who, comment):
        return services.save(
            self.store, self.view, [Remark(comment.item_id, None, comment)], actor=who, at=self.at, label="comment"
        )

    def merges(self, *ids):
        view = self.view
        planned = bulk.merge(view, ids, actor="Lan", at=self.at + 2 * LATER)
        return bulk.carry_out(self.store, view, planned, actor="Lan", at=self.at + 2 * LATER)

    def undoes(self, batch):
        return services.undo(self.store, self.view, batch, actor="Lan", at=self.at)


@pytest.fixture
def spoken(store, catalogue, asked, answered, closed, at):
    room = Spoken(store, at)
    for comment in (asked, answered, closed):
        room.says(comment.by, comment)
    return room


def test_the_threads_of_rows_merged_away_are_threads_of_the_row_kept(spoken, asked, answered, closed):
    spoken.merges("one", "two", "three")
    first, second = commenting.threads_of(spoken.view, "one")
    assert [c.text for c in first.comments[:-1]] == [asked.text, answered.text]
    assert [(c.by, c.at) for c in first.comments[:-1]] == [(c.by, c.at) for c in (asked, answered)]
    assert first.first.mentions == asked.mentions
    assert (first.is_open, second.is_open, second.first.resolved_by) == (True, False, closed.resolved_by)
    assert commenting.open_counts(spoken.view) == {"one": 1}


def test_each_thread_ends_with_the_row_it_was_about_said_by_who_merged(spoken):
    spoken.merges("one", "two", "three")
    first, second = commenting.threads_of(spoken.view, "one")
    assert (first.comments[-1].by, first.comments[-1].at) == ("Lan", spoken.at + 2 * LATER)
    assert "2 · VP.02 · Báo cáo tháng" in first.comments[-1].text
    assert "3 · Nghị quyết chuyên đề" in second.comments[-1].text


def test_what_was_said_of_the_row_kept_stays_as_it_is(spoken, asked, answered):
    spoken.merges("two", "three")
    thread, other = commenting.threads_of(spoken.view, "two")
    assert thread.comments == (asked, answered) and len(other.comments) == 2


def test_one_undo_brings_rows_and_words_back_and_one_redo_merges_them_again(spoken):
    before = spoken.view
    done = spoken.merges("one", "two", "three")
    merged = spoken.view
    undone = spoken.undoes(done.batch)
    assert not undone.conflicts
    assert spoken.view.items.equals(before.items) and spoken.view.reading.comments == before.reading.comments
    spoken.undoes(undone.batch)
    assert spoken.view.items.equals(merged.items) and spoken.view.reading.comments == merged.reading.comments


def test_log_and_tables_agree_after_it_and_every_moment_before_can_be_read(spoken, url):
    done = spoken.merges("one", "two", "three")
    spoken.undoes(done.batch)
    assert list(examine(url)) == []
    for seq in range(spoken.view.seq + 1):
        assert commenting.threads(View(spoken.store.reading("xa", seq))) is not None


def test_an_answer_that_comes_in_between_is_not_torn_off(spoken, asked, at):
    view = spoken.view
    planned = bulk.merge(view, ["one", "two"], actor="Lan", at=at)
    spoken.says("An", replace(asked, id="f", text="Tôi chưa rõ", at=at + LATER))
    with pytest.raises(InputError, match="An"):
        bulk.carry_out(spoken.store, view, planned, actor="Lan", at=at)
    assert len(commenting.threads_of(spoken.view, "two")[0].comments) == 3


def test_a_merge_whose_threads_were_answered_since_is_not_undone_from_under_the_answer(spoken, asked, at):
    done = spoken.merges("one", "two")
    (thread,) = commenting.threads_of(spoken.view, "one")
    spoken.says("An", Comment("f", "one", thread.id, "Đồng ý gộp", "An", at + 3 * LATER))
    before = spoken.view
    refused = spoken.undoes(done.batch)
    assert refused.batch is None and {c.by for c in refused.conflicts} == {"An"}
    assert spoken.view.items.equals(before.items)
