"""What is proposed puts right what it says, touches nothing else, and is left alone where only people can say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat import checks, guidance
from kpicat.errors import InputError
from kpicat.model import FIELDS, Catalogue, Decide, Delete, Edit, Item, Reading, Ruling, items_frame
from kpicat.services import View, appraising, bulk
from tests.services.room import edited
from tests.services.test_appraising import LINE, found, held, save, start

__all__ = ["save", "start"]

BY_PEOPLE = ("composite",)
"""Checks whose suggestion is a beginning that people go on with."""


def view_of(*lines):
    items = [Item(str(n), {k: v for k, v in (LINE | line).items() if v is not None}) for n, line in enumerate(lines)]
    return View(Reading(Catalogue("xb", "Xã"), items_frame(items)))


@pytest.fixture
def carry_out(store, at):
    def done(view, planned, actor="An"):
        return bulk.carry_out(store, view, planned, actor=actor, at=at)

    return done


EACH_FAILING_LINE = [
    pytest.param(check, case, id=f"{check}-{n}")
    for check in checks.ids()
    for n, case in enumerate(checks.get(check).FAIL)
    if checks.get(check).SCOPE == "item"
]


@pytest.mark.parametrize(("check", "case"), EACH_FAILING_LINE)
@pytest.mark.parametrize("keep", ["tier", "points"])
def test_a_proposal_taken_leaves_nothing_of_its_check_to_find(request, check, case, keep):
    line = {"task": case} if isinstance(case, str) else dict(case)
    proposed, fixable = proposals(view_of(line), check, keep)
    if not proposed.writes:
        findings = found(view_of(line), check)
        assert check in BY_PEOPLE or not any(f.suggestion for f in findings) or check == "points-tier-mismatch"
        assert not fixable
        return
    if keep == "points" and (proposed, fixable) == proposals(view_of(line), check, "tier"):
        return  # which was carried out where the tier is kept
    newest, carry_out = request.getfixturevalue("start")(line), request.getfixturevalue("carry_out")
    planned, fixable = proposals(newest(), check, keep)
    assert planned.writes == proposed.writes
    assert not carry_out(newest(), planned).conflicts
    assert not {(f.check, f.field) for f in found(newest(), check)} & fixable


def proposals(view, check, keep):
    """What is proposed for all that the check found, and the fields it is proposed for."""
    findings = found(view, check)
    fixable = {(f.check, f.field) for f in appraising.fixable(view, findings, keep=keep)}
    return appraising.fixes(view, findings, keep=keep), fixable


def test_points_and_tier_are_brought_together_by_the_one_that_is_kept():
    view = view_of({"tier": 2, "points": Decimal(150), "coefficient": Decimal("1.5")})
    wrong = found(view, "points-tier-mismatch")
    assert edited(appraising.fixes(view, wrong)) == {("0", "points"): 120, ("0", "coefficient"): None}
    assert edited(appraising.fixes(view, wrong, keep="points")) == {("0", "tier"): 3, ("0", "coefficient"): None}


def test_a_wrong_coefficient_is_withdrawn_so_that_the_computed_one_stands():
    view = view_of({"coefficient": Decimal(3)})
    planned = appraising.fixes(view, found(view, "coefficient-mismatch"))
    assert edited(planned) == {("0", "coefficient"): None} and (planned.label, planned.rows) == ("fix", 1)


def test_many_proposals_are_one_gesture_shown_before_it_is_agreed_to(start, carry_out, store):
    newest = start(
        *({"measure": "", "deadline": "Hằng tháng", "task": f"Việc {n}"} for n in range(5)), {"deadline": "Sớm"}
    )
    view = newest()
    planned = appraising.fixes(view, view.open_findings)
    assert {(line.before, line.after) for line in planned.lines if line.before or line.after} == {
        ("", "buổi"),
        ("Hằng tháng", "Hằng tháng, chậm nhất ngày làm việc cuối cùng của tháng"),
    }
    assert planned.rows == 5 and planned.remarks
    batch = carry_out(view, planned).batch
    assert not found(newest(), "missing-measure") and not found(newest(), "periodic-deadline")
    store.undo("xb", batch, actor="An", at=store.batches("xb")[0].at)
    assert newest().findings == view.findings


def test_a_proposal_for_a_cell_somebody_has_changed_meanwhile_is_a_question(start, save, carry_out):
    newest = start({"measure": ""}, {"measure": "", "task": "Ghi biên bản họp"})
    view = newest()
    planned = appraising.fixes(view, view.open_findings)
    save(view, [Edit("0", "measure", "", "lượt")], actor="Bình")
    (conflict,) = carry_out(view, planned).conflicts
    assert (conflict.theirs, newest().value("1", "measure")) == ("lượt", "buổi")


# -- lines that stand twice --


def test_a_line_written_twice_is_taken_out_the_first_stays(start, carry_out):
    newest = start({"code": "A.1"}, {"code": "A.2", "quantity": None}, {"code": "A.3", "note": "xem lại"})
    view = newest()
    planned = appraising.fixes(view, found(view, "duplicate"))
    assert [w.item_id for w in planned.writes if isinstance(w, Delete)] == ["1", "2"]
    carry_out(view, planned)
    assert list(newest().items.index) == ["0"]


@pytest.mark.parametrize(
    "other", [{"quantity": Decimal(12)}, {"tier": 2, "points": Decimal(120)}, {"deadline": "30/6"}]
)
def test_lines_that_differ_in_what_they_count_are_left_to_people(other):
    view = view_of({}, other)
    twice = found(view, "duplicate")
    planned = appraising.fixes(view, twice)
    assert twice and not planned.writes and planned.remarks and not appraising.fixable(view, twice)


def test_the_standard_unit_is_not_taken_out():
    view = view_of({}, {"standard_unit": True})
    assert not appraising.fixes(view, found(view, "duplicate")).writes


def test_nothing_is_taken_out_where_somebody_changed_the_line_that_stays_or_told_them_apart(start, save, carry_out, at):
    newest = start({}, {})
    view = newest()
    planned = appraising.fixes(view, found(view, "duplicate"))
    save(view, [Edit("0", "detail", "", "Tại trụ sở")], actor="Bình")
    with pytest.raises(InputError):
        carry_out(view, planned)
    save(view, [Edit("0", "detail", "Tại trụ sở", "")], actor="Bình")
    (pair,) = appraising.pairs(view)
    save(view, appraising.decide(view, pair, Ruling.DIFFERENT, actor="Bình", at=at), actor="Bình")
    with pytest.raises(InputError):
        carry_out(view, planned)
    assert list(newest().items.index) == ["0", "1"] and held(newest()) == set()


def test_what_was_decided_of_a_merged_line_is_on_the_log_and_back_with_an_undo(start, save, carry_out, store, at):
    newest = start({"deadline": "Sớm"}, {"deadline": "Sớm"})
    view = newest()
    save(view, appraising.waive(view, found(view, "vague-deadline"), "Theo quy chế", actor="An", at=at))
    view = newest()
    batch = carry_out(view, bulk.merge(view, ["0", "1"], actor="An", at=at)).batch
    assert [d.item_id for d in appraising.decided(newest())] == ["0"]
    store.undo("xb", batch, actor="An", at=at, whole=True)
    assert [d.item_id for d in appraising.decided(newest())] == ["0", "1"]
    assert not found(newest(), "vague-deadline")


# -- several works in one line --


def test_the_parts_of_a_line_are_those_the_check_tells_apart(start, carry_out):
    line = {"task": "Tổ chức hội nghị sơ kết", "product": "Kế hoạch; giấy mời; tài liệu hội nghị; hồ sơ thanh toán"}
    newest = start(line)
    view = newest()
    parts = appraising.parts(view, "0")
    assert [part.product for part in parts] == ["Kế hoạch", "Giấy mời", "Tài liệu hội nghị", "Hồ sơ thanh toán"]
    assert {(part.quantity, part.points) for part in parts} == {(Decimal(24), Decimal(100))}
    carry_out(view, bulk.split(view, "0", parts))
    assert len(newest().items) == 4 and not found(newest(), "composite")


def test_a_line_that_is_one_work_is_one_part_and_a_deleted_line_has_none():
    view = view_of({})
    assert len(appraising.parts(view, "0")) == 1 and appraising.parts(view, "gone") == []


def test_findings_of_lines_that_are_gone_or_of_the_whole_catalogue_are_left(start):
    before, view = view_of({"measure": ""}, {"measure": ""}), view_of({"measure": ""})
    planned = appraising.fixes(view, before.open_findings)
    assert {w.item_id for w in planned.writes} == {"0"}
    assert all(isinstance(w, Decide | Edit) for w in planned.read)


def test_suggestions_are_values_their_field_takes():
    edition = guidance.get(guidance.DEFAULT)
    for check in set(checks.ids()) - {*BY_PEOPLE, "points-tier-mismatch"}:
        for case in checks.get(check).FAIL:
            lines = case if isinstance(case, list) else [{"task": case} if isinstance(case, str) else case]
            for finding in checks.run(view_of(*map(dict, lines)).items, edition, [check]):
                if finding.suggestion:
                    known = FIELDS[finding.field]
                    assert known.encode(known.decode(finding.suggestion)) == finding.suggestion, finding
