"""What people decide about findings holds for the words they decided on, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from kpicat import checks, services
from kpicat.errors import InputError
from kpicat.model import CATALOGUE, Catalogue, Delete, Edit, Item, Restore, Ruling
from kpicat.services import View, appraising, bulk
from kpicat.services.views import Views
from kpicat.store import backup, examine, restore

LINE = {
    "task": "Tiếp công dân định kỳ",
    "product": "Buổi tiếp công dân",
    "measure": "buổi",
    "deadline": "Ngày 10 hằng tháng",
    "quality": "100% ý kiến được trả lời bằng văn bản",
    "responsible": "Chánh Văn phòng Đảng ủy",
    "duty": "Phục vụ Đảng ủy",
    "department": "Văn phòng",
    "tier": 1,
    "points": Decimal(100),
    "quantity": Decimal(24),
}
TWICE = "Phát hành văn bản đi của Đảng ủy"
AGAIN = "Thực hiện phát hành VB đi của Đảng uỷ"
THRICE = "Tổ chức phát hành VB đi của Đảng ủy"


@pytest.fixture
def start(store, at):
    """Makes a catalogue of these lines over a complete one; ids 0, 1, 2 …"""

    def made(*lines):
        items = [
            Item(str(n), {k: v for k, v in (LINE | line).items() if v is not None}) for n, line in enumerate(lines)
        ]
        store.create(Catalogue("xb", "Xã"), actor="An", at=at, items=items)
        return newest

    views = Views(store)

    def newest():
        view, fresh = views.newest("xb"), View(store.reading("xb"))
        assert [*view.judged] == [*fresh.judged] and view.told_apart == fresh.told_apart
        assert appraising.compliance(view) == appraising.compliance(fresh)
        pd.testing.assert_frame_equal(view.cells, fresh.cells)
        return view

    return made


@pytest.fixture
def save(store, at):
    def commit(view, writes, actor="An"):
        return services.save(store, view, writes, actor=actor, at=at, label="decide")

    return commit


def found(view, check):
    return [f for f in view.open_findings if f.check == check]


def held(view, *among):
    return {(f.item_id, f.other) for f in view.open_findings if f.check in (among or ("near-duplicate", "duplicate"))}


# -- waiving --


def test_a_waived_finding_is_open_no_more_and_keeps_its_principle(start, save, at):
    newest = start({"deadline": "Kịp thời"}, {"task": "Ghi biên bản họp", "deadline": ""})
    view = newest()
    assert appraising.compliance(view).by_principle["clear-time"] == appraising.Share(0, 2)
    save(view, appraising.waive(view, found(view, "vague-deadline"), "  Theo Quy chế\n số 01 ", actor="An", at=at))
    view = newest()
    (stands,) = appraising.waived(view)
    assert (stands.finding.check, stands.decision.reason, stands.decision.by) == (
        "vague-deadline",
        "Theo Quy chế số 01",
        "An",
    )
    assert not found(view, "vague-deadline") and found(view, "missing-deadline")
    assert stands.finding in view.findings and stands.finding not in view.findings_by_item().get("0", ())
    assert appraising.compliance(view).by_principle["clear-time"] == appraising.Share(1, 2, waived=1)
    assert appraising.compliance(view).by_unit["Văn phòng"].by_principle["clear-time"].waived == 1
    assert services.find(view, services.Wanted(with_findings=True)) == ["1"]
    assert appraising.decided(view) == [stands.decision]
    assert appraising.settled(view) == [(stands.finding, stands.decision)]


@pytest.mark.parametrize("reason", ["", " \n ", "x" * (appraising.deciding.MOST_CHARACTERS + 1)])
def test_a_reason_is_asked_and_no_novel(start, at, reason):
    view = start({"deadline": "Kịp thời"})()
    with pytest.raises(InputError):
        appraising.waive(view, found(view, "vague-deadline"), reason, actor="An", at=at)


@pytest.mark.parametrize(
    ("field", "seen", "new", "still"),
    [
        ("deadline", "Kịp thời", "Theo quy định", False),
        ("task", "Tiếp công dân định kỳ", "Ghi biên bản họp", False),
        ("product", "Buổi tiếp công dân", "Biên bản", False),
        ("detail", "", "Tại trụ sở", False),
        ("deadline", "Kịp thời", "KỊP  thời", True),
        ("quantity", Decimal(24), Decimal(12), True),
        ("note", "", "đã xem", True),
    ],
)
def test_a_decision_holds_until_its_words_change_and_again_when_they_change_back(
    start, save, at, field, seen, new, still
):
    newest = start({"deadline": "Kịp thời"})
    view = newest()
    save(view, appraising.waive(view, found(view, "vague-deadline"), "Theo quy chế", actor="An", at=at))
    save(view, [Edit("0", field, seen, new)])
    assert bool(appraising.waived(newest())) is still
    save(view, [Edit("0", field, new, seen)])
    assert appraising.waived(newest()) and not found(newest(), "vague-deadline")


def test_a_decision_about_points_does_not_outlive_another_tier(start, save, at):
    newest = start({"tier": 2, "points": Decimal(150)})
    view = newest()
    save(view, appraising.waive(view, found(view, "points-tier-mismatch"), "Đã thống nhất", actor="An", at=at))
    assert not found(newest(), "points-tier-mismatch")
    save(view, [Edit("0", "tier", 2, 4)])
    assert found(newest(), "points-tier-mismatch")


def test_a_waived_finding_against_another_line_does_not_outlive_that_lines_words(start, save, at):
    newest = start({"task": TWICE, "tier": 1}, {"task": TWICE, "tier": 2, "points": Decimal(120), "department": "Ban"})
    view = newest()
    assert held(view, "unequal-tiers") == {("1", "0")}
    save(view, appraising.waive(view, found(view, "unequal-tiers"), "Địa bàn khó hơn", actor="An", at=at))
    assert not found(newest(), "unequal-tiers")
    save(view, [Edit("0", "tier", 1, 4), Edit("0", "points", Decimal(100), Decimal(200))])
    assert found(newest(), "unequal-tiers")


def test_a_finding_about_the_whole_catalogue_is_waived_until_that_is_withdrawn(start, save, at):
    newest = start({}, {"task": "Ghi biên bản họp"})
    view = newest()
    assert appraising.compliance(view).by_principle["standard-unit"] == appraising.Share(0, 1)
    save(view, appraising.waive(view, found(view, "no-standard-unit"), "Chờ hướng dẫn", actor="An", at=at))
    view = newest()
    (decision,) = appraising.decided(view)
    assert (decision.item_id, decision.key) == (CATALOGUE, "no-standard-unit")
    assert appraising.compliance(view).by_principle["standard-unit"] == appraising.Share(1, 1, waived=1)
    save(view, appraising.withdraw([decision]))
    assert found(newest(), "no-standard-unit") and not appraising.decided(newest())


def test_of_two_who_decide_at_once_the_second_is_told(start, save, at):
    newest = start({"deadline": "Kịp thời"})
    view = newest()
    first, second = (
        appraising.waive(view, found(view, "vague-deadline"), reason, actor=who, at=at)
        for reason, who in (("Theo quy chế", "An"), ("Đã hỏi", "Bình"))
    )
    assert not save(view, first).conflicts
    (conflict,) = save(view, second, actor="Bình").conflicts
    assert (conflict.mine, conflict.theirs, conflict.by) == ("Đã hỏi", "Theo quy chế", "An")
    view = newest()
    again = appraising.waive(view, view.findings, "Đã hỏi", actor="Bình", at=at)
    assert not save(view, again, actor="Bình").conflicts
    assert {each.decision.reason for each in appraising.waived(newest())} == {"Đã hỏi"}


def test_deciding_is_undone_as_any_gesture(start, save, store, at):
    newest = start({"deadline": "Kịp thời"}, {"task": "Ghi biên bản họp", "deadline": "Sớm"})
    view = newest()
    done = save(view, appraising.waive(view, view.open_findings, "Theo quy chế", actor="An", at=at))
    assert not newest().open_findings
    undone = store.undo("xb", done.batch, actor="An", at=at)
    assert newest().open_findings == view.open_findings
    store.undo("xb", undone.batch, actor="An", at=at)
    assert not newest().open_findings


def test_what_was_decided_of_a_line_comes_back_with_it(start, save, at):
    newest = start({"deadline": "Kịp thời"}, {"task": "Ghi biên bản họp"})
    view = newest()
    save(view, appraising.waive(view, found(view, "vague-deadline"), "Theo quy chế", actor="An", at=at))
    save(view, [Delete("0", 99)])
    assert not appraising.decided(newest())
    save(view, [Restore("0")])
    assert [each.finding.item_id for each in appraising.waived(newest())] == ["0"]


def test_a_line_with_one_finding_waived_and_one_open_does_not_keep_the_principle(start, save, at):
    newest = start({"measure": "", "quality": ""})
    view = newest()
    save(view, appraising.waive(view, found(view, "missing-measure"), "Theo quy chế", actor="An", at=at))
    assert appraising.compliance(newest()).by_principle["measurable"] == appraising.Share(0, 1)


def test_findings_follow_lines_that_are_moved(start, save, at):
    newest = start({"task": TWICE, "deadline": "Sớm"}, {"task": AGAIN, "measure": ""})
    view = newest()
    save(view, bulk.move(view, ["1"], bulk.Where.TOP).writes)
    assert held(newest()) == {("0", "1")}
    assert next(f.item_id for f in newest().open_findings if f.item_id) == "1"


# -- pairs --


@pytest.mark.parametrize("ruling", [Ruling.DIFFERENT, Ruling.RELATED])
def test_a_pair_told_apart_is_asked_about_never_again_and_hides_no_third_line(start, save, at, ruling):
    newest = start({"task": TWICE}, {"task": AGAIN}, {"task": THRICE})
    view = newest()
    assert held(view) == {("1", "0"), ("2", "0")}
    (second, third) = found(view, "near-duplicate")
    save(view, appraising.decide(view, third, ruling, actor="An", at=at))
    view = newest()
    assert held(view) == {("1", "0"), ("2", "1")}
    save(view, appraising.decide(view, second, ruling, "Hai khâu", actor="An", at=at))
    (last,) = found(newest(), "near-duplicate")
    assert held(newest()) == {("2", "1")}
    save(view, appraising.decide(newest(), last, ruling, actor="An", at=at))
    view = newest()
    assert not found(view, "near-duplicate")
    assert appraising.compliance(view).by_principle["no-duplicates"].kept == 3
    assert [(p.one, p.other, p.decision.verdict) for p in appraising.pairs(view)] == [
        (*pair, ruling) for pair in (("0", "1"), ("0", "2"), ("1", "2"))
    ]
    assert {d.reason for d in appraising.decided(view)} == {"", "Hai khâu"}


def test_lines_of_the_same_words_are_told_apart_pair_by_pair(start, save, at):
    newest = start({}, {}, {})
    view = newest()
    assert held(view) == {("1", "0"), ("2", "0")}
    one, _other = appraising.pairs(view)
    save(view, appraising.decide(view, one, Ruling.DIFFERENT, actor="An", at=at))
    assert held(newest()) == {("2", "0")}


def test_two_lines_told_apart_may_have_two_tiers(start, save, at):
    newest = start({"task": TWICE, "position": "A"}, {"task": TWICE, "tier": 2, "points": Decimal(120)})
    view = newest()
    (finding,) = found(view, "unequal-tiers")
    save(view, appraising.decide(view, finding, Ruling.DIFFERENT, actor="An", at=at))
    assert not found(newest(), "unequal-tiers")


def test_two_lines_are_held_together_again_when_one_says_something_else(start, save, at):
    newest = start({"task": TWICE}, {"task": AGAIN})
    view = newest()
    save(view, appraising.decide(view, appraising.pairs(view)[0], Ruling.DIFFERENT, actor="An", at=at))
    save(view, [Edit("1", "task", AGAIN, THRICE)])
    assert held(newest()) == {("1", "0")} and not appraising.decided(newest())
    save(view, [Edit("1", "task", THRICE, AGAIN)])
    assert held(newest()) == set() and len(appraising.decided(newest())) == 1


def test_a_pair_is_one_whoever_of_the_two_stands_first(start, save, at):
    newest = start({"task": TWICE}, {"task": AGAIN})
    view = newest()
    save(view, appraising.decide(view, appraising.pairs(view)[0], Ruling.DIFFERENT, actor="An", at=at))
    save(view, bulk.move(view, ["1"], bulk.Where.TOP).writes)
    view = newest()
    assert list(view.items.index) == ["1", "0"] and held(view) == set()
    (pair,) = appraising.pairs(view)
    assert (pair.one, pair.other) == ("1", "0")


def test_two_who_decide_a_pair_otherwise_meet(start, save, at):
    newest = start({"task": TWICE}, {"task": AGAIN})
    view = newest()
    (pair,) = appraising.pairs(view)
    mine, theirs = (
        appraising.decide(view, pair, ruling, actor="An", at=at) for ruling in (Ruling.DIFFERENT, Ruling.RELATED)
    )
    assert not save(view, theirs, actor="Bình").conflicts
    assert [c.theirs for c in save(view, mine).conflicts] == ["related"]
    assert save(newest(), appraising.decide(newest(), pair, Ruling.DIFFERENT, actor="An", at=at)).applied


def test_what_is_no_pair_is_refused(start, at):
    view = start({"task": TWICE}, {"task": AGAIN})()
    (pair,) = appraising.pairs(view)
    with pytest.raises(InputError):
        appraising.decide(view, replace(pair, other="gone"), Ruling.DIFFERENT, actor="An", at=at)
    with pytest.raises(ValueError):
        appraising.decide(view, pair, Ruling.WAIVED, "x", actor="An", at=at)
    with pytest.raises(ValueError):
        appraising.decide(view, found(view, "no-standard-unit")[0], Ruling.DIFFERENT, actor="An", at=at)


def test_a_deleted_line_takes_its_pair_along_and_brings_the_decision_back(start, save, at):
    newest = start({"task": TWICE}, {"task": AGAIN})
    view = newest()
    save(view, appraising.decide(view, appraising.pairs(view)[0], Ruling.DIFFERENT, actor="An", at=at))
    save(view, [Delete("1", 99)])
    assert not appraising.pairs(newest()) and not appraising.decided(newest())
    save(view, [Restore("1")])
    assert held(newest()) == set() and len(appraising.decided(newest())) == 1


def test_lines_that_only_belong_together_are_shown_until_that_is_said(start, save, at):
    newest = start({"task": "Báo cáo công tác dân vận"}, {"task": "Báo cáo công tác dân vận tôn giáo quý"})
    view = newest()
    assert not appraising.pairs(view)
    (pair,) = appraising.related(view)
    assert (pair.one, pair.other, pair.is_open) == ("0", "1", True)
    save(view, appraising.decide(view, pair, Ruling.RELATED, actor="An", at=at))
    assert not appraising.related(newest())
    assert [p.decision.verdict for p in appraising.pairs(newest())] == [Ruling.RELATED]


# -- keeping --


def test_a_backup_of_before_brings_back_what_was_decided_before(start, save, store, url, at, tmp_path):
    newest = start({"deadline": "Kịp thời"}, {"task": TWICE}, {"task": AGAIN})
    view = newest()
    save(view, appraising.waive(view, found(view, "vague-deadline"), "Theo quy chế", actor="An", at=at))
    backup(url, tmp_path / "before.db")
    view = newest()
    save(view, appraising.withdraw(appraising.decided(view)))
    save(view, appraising.decide(view, appraising.pairs(view)[0], Ruling.DIFFERENT, actor="An", at=at))
    assert list(examine(url)) == []
    restore(url, tmp_path / "before.db")
    view = newest()
    assert [d.reason for d in appraising.decided(view)] == ["Theo quy chế"] and held(view) == {("2", "1")}
    assert list(examine(url)) == []


def test_every_check_is_under_one_principle_and_asks_something(start):
    named = [check for under in appraising.PRINCIPLES.values() for check in under]
    assert sorted(named) == sorted(checks.ids())
    assert len({appraising.asked(check) for check in named}) == len(named)
    assert len({appraising.principle_name(key) for key in appraising.PRINCIPLES}) == 10
