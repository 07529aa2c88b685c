"""Nobody says, decides or keeps anything under another's name, nor changes what another said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpicat.access import Forbidden
from kpicat.model import Catalogue, Comment, Decide, Decision, Item, Remark, Ruling
from kpicat.model.scenarios import SavedScenario
from kpicat.services import View, bulk, commenting
from tests.access.stage import AT, ROWS

LANS = Comment("s1", "i1", "s1", "Xem lại", "Lan", AT)
MINE = Comment("s9", "i1", "s9", "Theo tôi là được", "Người e", AT)
RULED = Decision("i1", "k", "near-duplicate", Ruling.DIFFERENT, "Hai việc", "Người e", AT, "i2")
WAIVED = replace(RULED, verdict=Ruling.WAIVED, other="")


def commit(my, *writes, **more):
    return my.store.commit("xa", list(writes), actor="x", at=AT, **more)


FORGED = {
    "a comment of another": ("e", [Remark("i1", None, replace(MINE, by="Người p"))]),
    "an answer of another": ("c", [Remark("i1", None, replace(MINE, by="Người p", thread="s1"))]),
    "another's words changed": ("h", [Remark("i1", LANS, replace(LANS, text="Đồng ý"))]),
    "another's words made one's own": ("h", [Remark("i1", LANS, replace(LANS, by="Người h"))]),
    "another's words taken back": ("h", [Remark("i1", LANS, None)]),
    "a thread closed by another": ("e", [Remark("i1", LANS, replace(LANS, resolved_by="Người p", resolved_at=AT))]),
    "words carried over that nobody said": (
        "e", [Remark("i2", Comment("f", "i2", "f", "Duyệt", "Người p", AT), None),
              Remark("i1", None, Comment("g", "i1", "g", "Duyệt", "Người p", AT))]),
    "a decision of another": ("a", [Decide("i1", "k", None, RULED)]),
    "a finding that another lets stand": ("h", [Decide("i1", "k", None, replace(WAIVED, by="Người a"))]),
}  # fmt: skip


@pytest.mark.parametrize("letter, writes", FORGED.values(), ids=FORGED)
def test_nobody_writes_in_anothers_name(stages, letter, writes):
    on = stages["d"]
    with on.database.trying():
        before = on.plain.reading("xa")
        with pytest.raises(Forbidden):
            commit(on.as_(letter), *writes)
        after = on.plain.reading("xa")
        assert (after.comments, after.decisions) == (before.comments, before.decisions)
        logged = on.plain.accounts.entries("xa", limit=1, before=None)
        assert [(entry.act, entry.ok) for entry in logged] == [("refused", False)]


def test_what_one_says_and_decides_oneself_is_kept_and_a_thread_is_closed_by_anybody_who_may_comment(stages):
    on = stages["d"]
    with on.database.trying():
        my = on.as_("e")
        assert commit(my, Remark("i1", None, MINE), Decide("i1", "k", None, RULED)).batch
        assert commit(my, Remark("i1", MINE, replace(MINE, text="Chưa được"))).batch
        closed = replace(LANS, resolved_by="Người e", resolved_at=AT)
        assert commit(my, Remark("i1", LANS, closed)).batch
        assert commit(on.as_("c"), Remark("i1", closed, LANS)).batch


def test_what_somebody_only_said_nobody_else_takes_back_by_the_history(stages):
    on = stages["d"]
    with on.database.trying():
        mine = commit(on.as_("e"), Remark("i1", None, MINE), label="comment")
        with pytest.raises(Forbidden, match="Người e's"):
            on.as_("h").store.undo("xa", mine.batch, actor="x", at=AT)
        with pytest.raises(Forbidden):  # under cover of taking something else back
            commit(on.as_("h"), Remark("i1", MINE, None), undoes=on.there.batch)
        assert on.as_("e").store.undo("xa", mine.batch, actor="x", at=AT).batch


def test_decisions_are_looked_up_not_compared_with_each_other_where_many_are_taken_back(stages, monkeypatch):
    on, many, asked, same = stages["d"], 40, [], Decide.__eq__
    with on.database.trying():
        done = commit(on.as_("e"), *(Decide("i1", f"k{n}", None, replace(RULED, key=f"k{n}")) for n in range(many)))
        monkeypatch.setattr(Decide, "__eq__", lambda self, other: asked.append(1) or same(self, other))
        assert on.as_("e").store.undo("xa", done.batch, actor="x", at=AT).batch
    assert len(asked) <= 2 * many, "each with every other is 820"


def test_a_merge_carries_what_was_said_and_whoever_may_edit_takes_it_back(stages):
    on = stages["d"]
    with on.database.trying():
        theirs = Comment("s2", "i2", "s2", "Hai việc này là một", "Lan", AT)
        on.plain.commit("xa", [Remark("i2", None, theirs)], actor="Lan", at=AT)
        before = on.plain.reading("xa")
        proposal = bulk.merge(View(before), ["i1", "i2"], actor="Người e", at=AT)
        outcome = commit(on.as_("e"), *proposal.writes, label="merge", whole=True)
        assert outcome.batch
        threads = commenting.threads(View(on.plain.reading("xa")))
        assert [(one.item_id, one.first.by, one.first.text) for one in threads][1:] == [("i1", "Lan", theirs.text)]
        assert on.as_("h").store.undo("xa", outcome.batch, actor="x", at=AT, whole=True).batch
        assert on.plain.reading("xa").comments == before.comments == (LANS, theirs)


def test_a_new_year_begins_with_what_was_decided_of_works_and_with_nothing_that_was_not(stages):
    on = stages["d"]
    with on.database.trying():
        assert commit(on.as_("e"), Decide("i1", "k", None, RULED)).batch
        my = on.as_("h")
        items = [Item(id, row) for id, row in ROWS.items()]
        my.store.create(Catalogue("next", "Danh mục năm 2027"), actor="x", at=AT, items=items)

        def brought(decision):
            return my.store.commit("next", [Decide("i1", "other", None, decision)], actor="x", at=AT)

        with pytest.raises(Forbidden):
            brought(replace(RULED, key="other", reason="Người e cũng nói vậy"))
        assert brought(replace(RULED, key="other")).batch


@pytest.mark.parametrize("theirs", [{"by": "Người p"}, {"author": "Người p"}])
def test_nobody_keeps_a_scenario_in_anothers_name(stages, theirs):
    on = stages["d"]
    mine = SavedScenario("new", "xa", "Thử", "", "{}", "Người e", 0, 1, "Người e", AT)
    with on.database.trying():
        my = on.as_("e")
        with pytest.raises(Forbidden):
            my.store.scenarios.put(replace(mine, **theirs))
        assert my.store.scenarios.put(mine).done
        with pytest.raises(Forbidden):
            my.store.scenarios.put(replace(mine, version=2, by="Người p"))
        assert my.store.scenarios.put(replace(mine, version=2, name="Thử nữa")).done
