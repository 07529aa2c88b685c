"""The steps to approval as a table, what each asks for, what exactly is approved, and what is in force when."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pandas as pd
import pytest

from kpicat import approval, guidance
from kpicat.approval import Obstacle, State, Step
from kpicat.model import Catalogue, Decision, Finding, Item, Level, Reading, Ruling, Source, items_frame
from kpicat.model.approvals import Approval, Version, VersionKind, number_of
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("in_english")

DAY = date(2026, 11, 22)
SCALE = guidance.get("phu_luc_3")
ROWS = [
    Item("a", {"code": "01", "task": "Tiếp công dân", "points": Decimal("100.50"), "quantity": Decimal("0.1"),
               "standard_unit": True, "criteria": '{"progress": 2}'}, Source("cũ.xlsx", "Văn phòng", 5)),
    Item("b", {"task": "Soạn nghị quyết \"mới\"\n", "tier": 3, "quantity": Decimal(12)}),
]  # fmt: skip


def reading(rows=ROWS, **about):
    said = Decision("a", "k", "vague-task", Ruling.WAIVED, "Đã giải trình", "Lan", AT)
    return Reading(Catalogue("xa", "Danh mục", body="Xã", period="2026", **about), items_frame(rows), (), (said,))


def decided(**other):
    return Approval(
        **{"decision_number": "12-QĐ/ĐU", "decided_on": DAY, "effective_on": DAY, "signatory": "Minh"} | other
    )


def version(number, effective_on, **other):
    return Version(
        **{"id": str(number), "catalogue_id": "xa", "number": number, "kind": VersionKind.FULL, "basis": None,
           "seq": number, "hash": "", "decision_number": f"{number}-QĐ", "decided_on": DAY,
           "effective_on": effective_on, "signatory": "Minh", "approved_by": "Minh", "approved_at": AT} | other
    )  # fmt: skip


ALLOWED = {
    (Step.SUBMIT, State.DRAFT),
    (Step.RETURN, State.SUBMITTED),
    (Step.APPROVE, State.SUBMITTED),
    (Step.BEGIN_SUPPLEMENT, State.APPROVED),
    (Step.BEGIN_VERSION, State.APPROVED),
}


@pytest.mark.parametrize(("step", "state"), [*product(Step, State)])
def test_a_step_is_taken_from_its_own_state_only(step, state):
    assert (step in approval.steps_from(state)) == ((step, state) in ALLOWED)


def test_only_a_draft_is_open():
    assert [approval.is_locked(state) for state in State] == [False, True, True]


# -- what stands against submitting ----------------------------------------------


def test_nothing_is_not_submitted():
    assert [each.what for each in approval.unfit(items_frame(()), ())] == [Obstacle.EMPTY]


def test_an_open_error_stands_against_it_and_a_warning_does_not():
    items = items_frame(ROWS)
    warned = [Finding("vague-task", Level.WARNING, "a", "task", "", "")]
    assert approval.unfit(items, warned) == []
    (against,) = approval.unfit(items, [*warned, Finding("catch-all", Level.ERROR, "a", "task", "", "")])
    assert against.what is Obstacle.ERRORS and "1 finding must be put right" in against.words


def test_a_supplement_without_a_line_of_its_basis_names_it():
    basis, items = items_frame(ROWS), items_frame([ROWS[1], Item("c", {"task": "Mới"})])
    (against,) = approval.unfit(items, (), basis)
    assert against.what is Obstacle.GONE and "is gone: 01;" in against.words
    assert approval.unfit(items_frame([*ROWS, Item("c", {"task": "Mới"})]), (), basis) == []


# -- decisions ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"decision_number": "  "}, "number of the decision"),
        ({"signatory": ""}, "who signed"),
        ({"decided_on": DAY + timedelta(1), "effective_on": DAY + timedelta(1)}, "lies ahead"),
        ({"effective_on": DAY - timedelta(1)}, "on its own date or later"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(other, said):
    assert approval.undecided(decided(), [], DAY) == []
    (words,) = approval.undecided(decided(**other), [], DAY)
    assert said in words


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (version(1, DAY + timedelta(1)), "takes effect on 23/11/2026"),
        (version(1, DAY, decided_on=DAY + timedelta(1)), "was decided on 23/11/2026"),
        (version(1, DAY, decision_number="12 - qđ/ĐU"), "approved version 1 already"),
    ],
)
def test_a_decision_follows_the_one_before_it(before, said):
    (words,) = approval.undecided(decided(), [before], DAY)
    assert said in words


def test_what_is_in_force_changes_on_the_day_of_effect():
    found = [version(1, DAY), version(2, DAY + timedelta(10)), version(3, DAY + timedelta(10))]
    days = {-1: None, 0: 1, 9: 1, 10: 3, 400: 3}
    for after, number in days.items():
        there = approval.in_force(found, DAY + timedelta(after))
        assert (there and there.number) == number
    assert approval.in_force([], DAY) is None


# -- what is approved ----------------------------------------------------------------


def test_what_was_frozen_is_read_again_as_it_was():
    content = approval.freeze(reading(), SCALE)
    again, scale = approval.thaw(content)
    pd.testing.assert_frame_equal(again.items, items_frame(ROWS))
    assert scale == SCALE and again.decisions == reading().decisions
    assert again.catalogue == reading().catalogue
    assert approval.freeze(again, scale) == content


@pytest.mark.parametrize("edition", [*guidance.editions()])
def test_every_edition_is_read_again_with_all_it_says(edition):
    scale = guidance.get(edition)
    assert approval.thaw(approval.freeze(reading(), scale))[1] == scale


def test_the_hash_is_that_of_the_text_and_does_not_move():
    """A fixed one: whoever holds a version of today can check it with a kpicat of later."""
    mark = guidance.Tier("t", 1, Decimal(100), Decimal(100), "T", "T", (), guidance.Place("P"))
    plainest = guidance.Guidance("e", "E", "E", "D", Decimal(100), 2, (mark,), {})
    bare = Reading(Catalogue("xa", "Danh mục"), items_frame([Item("a", {"task": "Họp", "points": Decimal("150.0")})]))
    content = approval.freeze(bare, plainest)
    assert content == (
        '{"catalogue":{"form":"party","guidance":"phu_luc_3","id":"xa","name":"Danh mục"},"content":1,'
        '"guidance":{"decimals":2,"document":"D","id":"e","standard_points":100,"tiers":[{"highest":100,"key":"t",'
        '"label_en":"T","label_vi":"T","level":1,"lowest":100,"source":{"place":"P"}}],"title_en":"E","title_vi":"E"},'
        '"items":[{"converted":{"coefficient":1.5,"points":150},"id":"a","points":150,"task":"Họp"}]}'
    )
    assert approval.digest(content) == hashlib.sha256(content.encode()).hexdigest()
    assert approval.freeze(*approval.thaw(content)) == content


@pytest.mark.parametrize(
    "other",
    [
        {"rows": ROWS[::-1]},
        {"rows": ROWS[:1]},
        {"rows": [ROWS[0], Item("b", {**ROWS[1].values, "quantity": Decimal("12.000000000000000001")})]},
        {"body": "Phường"},
        {"capacity": "{}"},
    ],
)
def test_whatever_is_otherwise_has_another_hash(other):
    same = approval.digest(approval.freeze(reading(), SCALE))
    about = {"body": "Xã", **other}
    rows = about.pop("rows", ROWS)
    then = reading(rows)
    changed = Reading(Catalogue("xa", "Danh mục", period="2026", **about), then.items, (), then.decisions)
    assert approval.digest(approval.freeze(changed, SCALE)) != same


@pytest.mark.parametrize("where", [{"status": "approved"}, {"removed": "1"}, {"remarks": "x"}, {"head": 7}])
def test_where_it_stands_is_no_content(where):
    assert approval.freeze(reading(**where), SCALE) == approval.freeze(reading(), SCALE)


def test_what_is_no_content_is_refused():
    for text in ("[]", "{}", '{"content": 2}'):
        with pytest.raises(ValueError, match="no content"):
            approval.thaw(text)


def test_the_log_says_the_number_of_the_last_version():
    assert number_of("") == 0
    assert number_of(version(3, DAY).encode()) == 3
    assert set(json.loads(version(1, DAY).encode())) >= {"hash", "decision_number", "effective_on"}
