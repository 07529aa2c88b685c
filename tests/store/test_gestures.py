"""What a cell was last written by, of all that the log holds."""

from __future__ import annotations

from kpicat.model import Catalogue, Edit


def test_another_catalogue_with_lines_of_the_same_ids_is_left_aside(store, catalogue, items, at):
    store.create(Catalogue("khac", "Bản sao"), actor="Lan", at=at, items=items)

    def tier(id, item, seen, new, label):
        assert store.commit(id, [Edit(item, "tier", seen, new)], actor="Lan", at=at, label=label).applied

    tier("xa", "two", 2, 4, "suggest")
    tier("khac", "three", None, 3, "edit")  # its seq is that of the gesture in the first catalogue
    tier("khac", "one", 1, 4, "suggest")
    tier("khac", "two", 2, 4, "edit")
    last = [store.last_set_by(id, label="suggest", fields=("tier",), until=99) for id in ("xa", "khac")]
    assert last == [{"two"}, {"one"}]


def test_only_what_a_gesture_wrote_last_is_its_own(store, catalogue, at):
    def tier(item, seen, new, label):
        return store.commit("xa", [Edit(item, "tier", seen, new)], actor="Lan", at=at, label=label)

    def last(until=None):
        return store.last_set_by(
            "xa", label="suggest", fields=("tier", "rationale"), until=store.head("xa") if until is None else until
        )

    one, two = (store.reading("xa").items["tier"].astype("object").at[name] for name in ("one", "two"))
    was = store.head("xa")
    tier("one", one, 4, "suggest")
    tier("two", two, 4, "edit")
    assert last() == {"one"} and last(was) == set()
    then = store.head("xa")
    tier("one", 4, 3, "edit")
    tier("two", 4, 3, "suggest")
    assert last() == {"two"} and last(then) == {"one"}
    store.commit("xa", [Edit("two", "note", "", "x")], actor="Lan", at=at)
    assert last() == {"two"}
    batch = store.batches("xa", limit=2)[1]
    store.undo("xa", batch.id, actor="Lan", at=at)
    assert last() == set()
    tier("two", 4, 2, "suggest")
    store.commit("xa", [Edit("two", "rationale", "", "Đã bàn")], actor="Lan", at=at)
    assert last() == set()


def test_undo_and_redo_say_nothing_of_an_item(store, catalogue, at):
    """What is taken back was never said, what is done again was said when it was first done."""

    def tier(new, label):
        seen = store.reading("xa").items["tier"].astype("object").at["two"]
        return store.commit("xa", [Edit("two", "tier", seen, new)], actor="Lan", at=at, label=label).batch

    def back(batch):
        return store.undo("xa", batch, actor="Lan", at=at).batch

    def last():
        return store.last_set_by("xa", label="suggest", fields=("tier", "rationale"), until=store.head("xa"))

    proposed = tier(4, "suggest")
    undone = back(proposed)
    assert last() == set()
    again = back(undone)
    assert last() == {"two"}  # done again by whoever only pressed redo
    assert (back(back(again)), last()) == (store.catalogue("xa").head_batch, {"two"})
    decided = tier(3, "edit")
    assert last() == set()
    taken_back = back(decided)
    assert last() == {"two"}  # it is as if nobody had decided
    back(taken_back)
    assert last() == set()  # a decision done again is one
    tier(4, "suggest")
    assert last() == {"two"}


def test_what_was_said_before_a_redo_of_something_else_still_counts(store, catalogue, at):
    def last():
        return store.last_set_by("xa", label="suggest", fields=("tier", "rationale"), until=store.head("xa"))

    proposed = store.commit("xa", [Edit("two", "tier", 2, 4)], actor="Lan", at=at, label="suggest").batch
    undone = store.undo("xa", proposed, actor="Lan", at=at).batch
    store.commit("xa", [Edit("two", "rationale", "", "Đã bàn")], actor="Minh", at=at)
    store.undo("xa", undone, actor="Lan", at=at)
    assert last() == set()
