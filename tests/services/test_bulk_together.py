"""Gestures on many rows while others work: what is only meaningful whole is done whole, and nobody is overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from kpicat import services
from kpicat.errors import InputError
from kpicat.labels import field_label
from kpicat.model import Comment, Delete, Edit, Remark
from kpicat.services import bulk
from kpicat.services.bulk import Part, Where
from tests.services.room import Together


class Room(Together):
    """A catalogue of three lines, and what people do with it."""

    def does(self, who, view, planned, **more):
        return bulk.carry_out(self.store, view, planned, actor=who, at=self.at, **more)

    def writes(self, who, *writes):
        return services.save(self.store, self.view, writes, actor=who, at=self.at)

    def merge(self, view, ids=("one", "two")):
        return bulk.merge(view, ids, actor="Lan", at=self.at)

    def refuses(self, who, view, planned, *words):
        """The gesture is refused in a sentence with these words, and nothing of it is anywhere."""
        before, batches = self.view, self.store.batches("xa")
        with pytest.raises(InputError) as refused:
            self.does(who, view, planned)
        assert all(word in str(refused.value) for word in words), refused.value
        assert self.view.items.equals(before.items) and self.store.batches("xa") == batches
        return True


@pytest.fixture
def room(store, catalogue, at):
    return Room(store, at)


def split(view):
    return bulk.split(view, "two", [Part("a", "", Decimal(6), None), Part("b", "", Decimal("6.5"), None)])


def copied(view):
    return bulk.duplicate(view, ["two"], ["Bí thư"])


WHOLE = {"merge": lambda room, view: room.merge(view), "split": lambda _room, view: split(view),
         "copy": lambda _room, view: copied(view)}  # fmt: skip


@pytest.mark.parametrize("gesture", WHOLE)
def test_a_line_changed_meanwhile_is_not_gone_by_as_it_was_and_the_sentence_says_who_and_what(room, gesture):
    view = room.view
    planned = WHOLE[gesture](room, view)
    room.writes("Minh", Edit("two", "deadline", "", "Ngày 20"))
    assert room.refuses("Lan", view, planned, "Minh", "VP.02", field_label("deadline"))


@pytest.mark.parametrize("gesture", WHOLE)
def test_a_line_deleted_meanwhile_counts_for_nothing_any_more(room, gesture):
    view = room.view
    planned = WHOLE[gesture](room, view)
    room.writes("Minh", Delete("two", view.seq))
    assert room.refuses("Lan", view, planned, "Minh", "VP.02")


@pytest.mark.parametrize("gesture", WHOLE)
def test_what_the_same_person_changed_in_another_tab_is_not_gone_by_either(room, gesture):
    view = room.view
    planned = WHOLE[gesture](room, view)
    room.writes("Lan", Edit("two", "quantity", Decimal("12.5"), Decimal(20)))
    assert room.refuses("Lan", view, planned, field_label("quantity"))


@pytest.mark.parametrize("gesture", WHOLE)
def test_what_was_refused_is_done_when_pressed_again(room, gesture):
    view = room.view
    planned = WHOLE[gesture](room, view)
    room.writes("Minh", Edit("two", "deadline", "", "Ngày 20"))
    assert room.refuses("Lan", view, planned)
    now = room.view
    assert room.does("Lan", now, WHOLE[gesture](room, now)).batch


@pytest.mark.parametrize("gesture", WHOLE)
def test_a_gesture_whose_answer_was_lost_is_done_once_also_when_planned_anew(room, gesture):
    first = room.view
    done = room.does("Lan", first, WHOLE[gesture](room, first), request="opened")
    now = room.view
    anew = WHOLE[gesture](room, now if "two" in now.items.index else first)
    assert room.does("Lan", now, anew, request="opened").batch == done.batch
    assert [batch.id for batch in room.store.batches("xa")][:-1] == [done.batch]


def test_of_many_who_merge_the_same_lines_at_once_one_does_and_the_others_are_told(room):
    view = room.view

    def merge(n):
        try:
            return room.does(f"Người {n}", view, room.merge(view)).batch
        except InputError as told:
            return "Người" in str(told) and None

    with ThreadPoolExecutor(6) as pool:
        batches = [batch for batch in pool.map(merge, range(6)) if batch]
    assert batches == [room.store.batches("xa")[0].id] and len(room.store.batches("xa")) == 2
    assert room.view.value("one", "quantity") == Decimal("36.5")


def test_rows_are_moved_and_sorted_whatever_others_type_in_them_meanwhile(room):
    view = room.view
    planned = bulk.move(view, ["one"], Where.AFTER, beside="two")
    room.writes("Minh", Edit("one", "note", "", "đang gõ"), Edit("two", "code", "VP.02", "VP.00"))
    assert room.does("Lan", view, planned).batch
    view = room.view
    planned = bulk.sort(view, ["one", "two", "three"], "task", descending=True)
    room.writes("Minh", Edit("one", "note", "đang gõ", "gõ xong"))
    assert room.does("Lan", view, planned).batch
    assert list(room.view.items["task"]) == sorted(view.items["task"], reverse=True)


def test_a_row_moved_by_two_is_moved_by_the_first(room):
    view = room.view
    room.does("Minh", view, bulk.move(view, ["three"], Where.TOP))
    assert room.refuses("Lan", view, bulk.move(view, ["three", "one"], Where.BOTTOM), "Minh")


def test_rows_do_not_go_beside_a_row_that_went_away_itself(room):
    view = room.view
    room.does("Minh", view, bulk.move(view, ["three"], Where.TOP))
    assert room.refuses("Lan", view, bulk.move(view, ["one"], Where.AFTER, beside="three"), "Minh")


def test_a_row_spoken_of_meanwhile_is_not_merged_away_with_the_words(room):
    view = room.view
    planned = room.merge(view)
    room.writes("Minh", Remark("two", None, Comment("c", "two", "c", "Khoan đã", "Minh", room.at)))
    assert room.refuses("Lan", view, planned, "Minh", "VP.02")


def test_two_who_mark_a_standard_unit_at_once_do_not_make_two_of_them(room):
    view = room.view
    room.does("Minh", view, bulk.set_field(view, ["three"], "standard_unit", True))
    mine = bulk.set_field(view, ["two"], "standard_unit", True)
    assert room.refuses("Lan", view, mine, "Minh", field_label("standard_unit"))
    room.does("Lan", room.view, bulk.set_field(room.view, ["two"], "standard_unit", True))
    assert list(room.view.items["standard_unit"]) == [False, True, False]


def test_setting_a_field_does_what_it_can_and_reports_the_rest(room):
    view = room.view
    room.writes("Minh", Edit("two", "note", "", "của Minh"))
    outcome = room.does("Lan", view, bulk.set_field(view, ["one", "two"], "note", "của Lan"))
    assert [c.theirs for c in outcome.conflicts] == ["của Minh"]
    assert list(room.view.items["note"]) == ["của Lan", "của Minh", ""]


def valued(view, item):
    return view.value(item, "tier"), view.value(item, "points")


def test_a_tier_set_on_many_rows_comes_with_its_points_or_not_at_all(room):
    view = room.view
    room.writes("Minh", Edit("two", "points", None, Decimal(130)))
    outcome = room.does("Lan", view, bulk.set_field(view, ["one", "two"], "tier", 4))
    assert valued(room.view, "one") == (4, 200) and valued(room.view, "two") == (2, 130)
    assert [(c.item_id, c.field, c.theirs, c.by) for c in outcome.conflicts] == [("two", "points", 130, "Minh")]
    services.keep_mine(room.store, room.view, outcome.conflicts[0], actor="Lan", at=room.at)
    assert valued(room.view, "two") == (4, 200)


def test_a_tier_is_not_set_where_the_points_it_goes_with_are_others_by_now(room):
    view = room.view
    planned = bulk.set_field(view, ["one", "three"], "tier", 3)
    assert not [edit for edit in planned.writes if (edit.item_id, edit.field) == ("three", "points")]
    room.writes("Minh", Edit("three", "points", Decimal(150), Decimal(160)))
    outcome = room.does("Lan", view, planned)
    assert valued(room.view, "one") == (3, 150) and valued(room.view, "three") == (None, 160)
    assert [(c.item_id, c.field, c.mine, c.theirs) for c in outcome.conflicts] == [("three", "tier", 3, None)]


def test_a_row_of_which_both_were_changed_is_asked_about_once(room):
    view = room.view
    room.writes("Minh", Edit("two", "tier", 2, 1), Edit("two", "points", None, Decimal(100)))
    outcome = room.does("Lan", view, bulk.set_field(view, ["two"], "tier", 4))
    assert [(c.field, c.mine, c.theirs) for c in outcome.conflicts] == [("tier", 4, 1)]
    assert outcome.batch is None


def test_what_is_kept_over_anothers_is_written_with_what_follows_from_it_or_asked_about_again(room):
    view = room.view
    room.writes("Minh", Edit("two", "tier", 2, 1))
    asked = room.does("Lan", view, bulk.set_field(view, ["two"], "tier", 4)).conflicts[0]
    stale = room.view
    room.writes("Minh", Edit("two", "points", None, Decimal(90)))
    again = services.keep_mine(room.store, stale, asked, actor="Lan", at=room.at)
    assert valued(room.view, "two") == (1, 90)
    assert [(c.field, c.mine, c.theirs) for c in again.conflicts] == [("points", 200, 90)]


def test_what_was_read_and_nothing_rests_on_is_no_question(room):
    view = room.view
    room.writes("Minh", Edit("two", "note", "", "của Minh"))
    asks = [Edit("two", "note", "", ""), Edit("one", "note", "", "của Lan")]
    outcome = services.save_tied(room.store, view, asks, actor="Lan", at=room.at)
    assert outcome.batch and outcome.conflicts == [] and room.view.value("one", "note") == "của Lan"


def test_words_and_rows_that_met_others_are_left_and_the_rest_is_written(room):
    view = room.view
    room.writes("Minh", Remark("two", None, Comment("c", "two", "c", "Khoan đã", "Minh", room.at)))
    room.writes("Minh", Edit("three", "note", "", "của Minh"))
    said = Comment("c", "two", "c", "Lan nói", "Lan", room.at)
    asks = [Remark("two", None, said), Delete("three", view.seq), Edit("one", "note", "", "của Lan")]
    outcome = services.save_tied(room.store, view, asks, actor="Lan", at=room.at)
    assert [c.item_id for c in outcome.conflicts] == ["two", "three"]
    assert list(room.view.items["note"]) == ["của Lan", "", "của Minh"]


def test_replacing_leaves_only_the_cell_that_another_has_changed(room):
    view = room.view
    found = bulk.matches(view, ["one", "two"], bulk.Search("VP", "ĐU"))
    room.writes("Minh", Edit("two", "code", "VP.02", "VP.22"))
    outcome = room.does("Lan", view, bulk.replace(view, found))
    assert list(room.view.items["code"])[:2] == ["ĐU.01", "VP.22"] and len(outcome.conflicts) == 1


def test_the_same_copy_sent_twice_is_made_once(room):
    view = room.view
    planned = copied(view)
    for _time in range(2):
        room.does("Lan", view, planned)
    assert len(room.view.items) == 4
