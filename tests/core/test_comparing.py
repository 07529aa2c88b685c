"""Two states of a catalogue lead from one total to the other, and bodies are held on one measure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kpicat import guidance
from kpicat.comparing import EFFECTS, Body, State, compare, match, spread, works
from kpicat.convert import converted, total
from kpicat.model import Item, items_frame

MARKS, FRAMES, GROUPS = (guidance.get(name) for name in ("phu_luc_3", "khung_xa", "so_tay_bnv"))
D = Decimal


def state(lines, scale=MARKS):
    """A state of lines by id."""
    items = items_frame([Item(item_id, line) for item_id, line in lines.items()])
    return State(items, converted(items, scale), scale)


def line(task="Báo cáo tháng", tier=1, points=None, quantity=10, **more):
    points = D((100, 120, 150, 200)[tier - 1]) if points is None else D(points)
    return {"task": task, "tier": tier, "points": points, "quantity": D(quantity)} | more


def between(before, after, *, one_log=True, scales=(MARKS, MARKS)):
    return compare(state(before, scales[0]), state(after, scales[1]), one_log=one_log)


# -- two states --------------------------------------------------------------


def test_what_became_of_each_line_is_told():
    old = {
        "same": line(),
        "words": line("Tiếp dân"),
        "tier": line("Thẩm định"),
        "less": line("Họp"),
        "gone": line("In"),
    }
    new = {
        "same": line(), "words": line("Tiếp công dân"), "tier": line("Thẩm định", 3),
        "less": line("Họp", quantity=4), "new": line("Giám sát", 2),
    }  # fmt: skip
    found = between(old, new)
    assert {pair.after or pair.before: sorted(pair.changes) for pair in found.pairs} == {
        "same": [], "words": ["renamed"], "tier": ["retiered"], "less": ["requantified"], "new": ["added"],
        "gone": ["dropped"],
    }  # fmt: skip
    assert (found.old, found.new) == (50, 10 + 10 + 15 + 4 + 12)
    assert {name: amount for name, amount in found.effects.items() if amount} == {
        "added": 12, "dropped": -10, "tier": 5, "quantity": -6,
    }  # fmt: skip


def test_points_within_a_tier_and_another_scale_are_told_apart():
    items = {"i": line("Việc", 2, 20)}
    moved = between(items, {"i": line("Việc", 2, 25)}, scales=(FRAMES, FRAMES))
    assert (moved.count("repointed"), moved.effects["points"]) == (1, 10)
    rescaled = between(items, items, scales=(FRAMES, MARKS))
    assert rescaled.pairs[0].changes == {"rescaled"} and rescaled.effects["scale"] == 2 - 40


def test_where_both_changed_the_coefficient_moves_the_old_quantity_and_the_quantity_goes_by_the_new_coefficient():
    found = between({"i": line(tier=1, quantity=10)}, {"i": line(tier=4, quantity=4)})
    assert (found.effects["tier"], found.effects["quantity"]) == (10, -12)


def test_a_quantity_filled_in_counts_as_a_gap_closed():
    found = between({"i": line() | {"quantity": None}}, {"i": line()})
    assert (found.old, found.new, found.effects["gaps"]) == (0, 10, 10)


NUMBERS = st.none() | st.decimals(0, 200, places=2)
LINES = st.fixed_dictionaries(
    {},
    optional={
        "task": st.sampled_from(("Báo cáo tháng", "báo cáo  tháng", "Tiếp dân", "")),
        "code": st.sampled_from(("", "1")),
        "tier": st.integers(1, 5), "points": NUMBERS, "quantity": NUMBERS, "position": st.sampled_from(("A", "B")),
    },
)  # fmt: skip
STATES = st.dictionaries(st.sampled_from("abcdef"), LINES, max_size=6)


@for_all(STATES, STATES, st.booleans(), st.sampled_from((MARKS, GROUPS)))
def test_the_old_total_and_all_effects_are_the_new_total_to_the_last_digit(before, after, one_log, scale):
    found = between(before, after, one_log=one_log, scales=(MARKS, scale))
    assert total([found.old, *found.effects.values()]) == found.new
    assert total(pair.moved for pair in found.pairs) == total(found.effects.values())
    assert set(found.effects) == set(EFFECTS)
    assert sorted(pair.after for pair in found.pairs if pair.after) == sorted(after)
    assert sorted(pair.before for pair in found.pairs if pair.before) == sorted(before)


@for_all(STATES)
def test_a_state_held_against_itself_differs_in_nothing(lines):
    found = between(lines, lines)
    assert all(not pair.changes and not pair.moves for pair in found.pairs)


def matched(before, after):
    return match(state(before).items, state(after).items, one_log=False)


def test_another_catalogues_lines_are_found_by_words_then_code_then_likeness():
    before = {
        "a": line("Báo cáo công tác dân vận quý", code="1"), "b": line("Tiếp công dân định kỳ", code="2"),
        "c": line("Xây dựng kế hoạch tuyên truyền năm", code="3"), "d": line("Trồng cây", code="4"),
        "e": line("Lập dự toán ngân sách năm", code="5"),
    }  # fmt: skip
    after = {
        "1": line("BC công tác dân vận quý", code="9"), "2": line("tiếp công dân định kỳ", code="7"),
        "3": line("Xây dựng kế hoạch tuyên truyền năm 2027", code="3"), "4": line("Kiểm tra đảng viên", code="4"),
        "5": line("Kiểm tra việc chấp hành ngân sách tại trường học", code="5"),
    }  # fmt: skip
    found = [("a", "1"), ("b", "2"), ("c", "3"), (None, "4"), (None, "5")]
    assert matched(before, after) == [*found, ("d", None), ("e", None)]


def test_one_work_at_several_positions_finds_its_own():
    before = {"a": line("Họp", position="Chuyên viên"), "b": line("Họp", position="Trưởng ban")}
    after = {"1": line("Họp", position="Trưởng ban"), "2": line("Họp", position="Chuyên viên")}
    assert matched(before, after) == [("b", "1"), ("a", "2")]


# -- several bodies ----------------------------------------------------------


def body(name, lines, scale=MARKS):
    found = state({f"{name}{n}": each for n, each in enumerate(lines)}, scale)
    return Body(name, name, found.items, found.table, scale)


def test_scales_of_other_lengths_are_spread_over_the_same_ranks():
    four = spread(body("x", [line(tier=tier) for tier in (1, 2, 3, 4)]))
    five = spread(body("y", [line(points=5, tier=tier) for tier in (1, 2, 3, 4)] + [{"task": "a", "tier": 5}], GROUPS))
    assert four.ranks == (1, 1, 0, 1, 1)
    assert five.ranks == (1, 1, 1, 1, 1)


def test_coefficients_count_by_the_bodys_own_median():
    found = spread(body("x", [line(points=points) for points in (50, 100, 100, 200, 900)]))
    assert (found.median, found.multiples) == (1, (1, 2, 1, 0, 1))


def test_a_body_without_anything_is_spread_over_nothing():
    found = spread(body("x", []))
    assert (found.items, found.ranked, found.median, sum(found.multiples)) == (0, 0, None, 0)


@for_all(st.lists(LINES, max_size=6))
def test_every_line_with_a_tier_stands_in_one_rank(lines):
    found = spread(body("x", lines, GROUPS))
    assert sum(found.ranks) == found.ranked <= found.items
    known = [ratio for ratio in found.body.table["coefficient"] if ratio is not None]
    assert sum(found.multiples) == (len(known) if found.median else 0)


def test_the_same_work_valued_differently_comes_first():
    one = body("x", [line("Tiếp công dân định kỳ", 1), line("Báo cáo công tác dân vận quý", 1), line("Trồng cây")])
    other = body("y", [line("Tiếp công dân định kỳ", 1), line("BC công tác dân vận quý", 4), line("Kiểm tra", 2)])
    first, second = works([one, other])
    assert first.name == "Báo cáo công tác dân vận quý" and first.differs and first.gap == 1
    assert [(each.body, each.level) for each in first.lines] == [(0, 1), (1, 4)]
    assert not second.differs and second.gap == 0


@pytest.mark.parametrize(("points", "differs"), [(5, False), (7, False), ("7.5", True), (100, True)])
def test_on_scales_of_other_lengths_a_work_differs_by_place_or_ratio(points, differs):
    one = body("x", [line("Tiếp công dân định kỳ", 1), line("Họp"), line("In")])
    other = body("y", [line("Tiếp công dân định kỳ", 1, points), line("Trồng cây", 1, 5), line("Quét", 1, 5)], GROUPS)
    (work,) = works([one, other])
    assert work.differs is differs


def test_lines_that_repeat_within_one_body_are_no_comparison():
    assert works([body("x", [line("Tiếp công dân định kỳ"), line("Tiếp công dân định kỳ", 2)]), body("y", [])]) == []


def test_a_tier_stands_between_the_ends_of_its_own_scale():
    one = body("x", [line("Tiếp công dân định kỳ", 2)])
    other = body("y", [line("Tiếp công dân định kỳ", 3, 250)], GROUPS)
    (work,) = works([one, other])
    assert [each.place for each in work.lines] == [Fraction(1, 3), Fraction(1, 2)]
    assert not work.differs  # no more than half a step of the shorter scale apart, and each is its body's median
    lightest = body("z", [line("Tiếp công dân định kỳ", 1)])
    second = body("w", [line("Tiếp công dân định kỳ", 2, 50)], GROUPS)
    (work,) = works([lightest, second])
    assert work.differs and (work.gap, work.factor) == (Fraction(1, 4), 1)
