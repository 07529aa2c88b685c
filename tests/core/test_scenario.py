"""What a scenario makes of a catalogue: exactly what it says, and figures that add up."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kpicat import checks, guidance
from kpicat.convert import converted, total
from kpicat.errors import InputError
from kpicat.model import Item, items_frame
from kpicat.scenario import CHECKED, Rule, Scenario, applied, decode, difference, gini, matching, side

MARKS, FRAMES = guidance.get("phu_luc_3"), guidance.get("khung_xa")
POINTS = (100, 120, 150, 200)


def frame(*lines):
    return items_frame([Item(f"i{n}", line) for n, line in enumerate(lines)])


def line(tier=1, points=None, **more):
    return {"task": "Báo cáo tháng", "tier": tier, "points": Decimal(points or POINTS[tier - 1])} | more


def cells(items, name):
    return items[name].array.to_numpy("object", na_value=None).tolist()


def tried(items, scenario, scale=MARKS):
    before = side(items, scale)
    return difference(before, side(*applied(items, scale, scenario), like=before))


# -- anything at all ---------------------------------------------------------

NUMBERS = st.decimals(0, 400, places=1)
LINES = st.fixed_dictionaries(
    {"task": st.sampled_from(("Báo cáo tháng", "Tiếp dân", "Thẩm định"))},
    optional={
        "tier": st.integers(1, 4), "points": NUMBERS, "quantity": NUMBERS, "coefficient": NUMBERS,
        "position": st.sampled_from(("Trưởng ban", "Chuyên viên")), "department": st.sampled_from(("VP", "BTC")),
        "standard_unit": st.just(True),
    },
)  # fmt: skip
CATALOGUES = st.lists(LINES, min_size=1, max_size=12)
RULES = st.builds(
    Rule, st.integers(1, 4), words=st.sampled_from(("", "bao cao", "TIEP dân")),
    department=st.sampled_from(((), ("VP",))), tiers=st.sampled_from(((), (1,), (0, 2))),
)  # fmt: skip
SCENARIOS = st.builds(
    Scenario,
    tiers=st.dictionaries(st.sampled_from(("i0", "i1", "gone")), st.integers(1, 4)),
    rules=st.lists(RULES, max_size=2).map(tuple),
    marks=st.sampled_from(("", '{"complex": {"points": 160}}', '{"regular": {"points": 90.5}}')),
    standard_unit=st.sampled_from(("", "i0")),
)


@for_all(CATALOGUES)
def test_the_difference_of_nothing_is_nothing(lines):
    found = tried(frame(*lines), Scenario())
    assert not len(found.lines) and not found.broken and not found.mended
    assert found.before.figures == found.after.figures


@for_all(CATALOGUES, SCENARIOS)
def test_totals_add_up_and_only_what_moves_is_listed(lines, scenario):
    items = frame(*lines)
    found = tried(items, scenario)
    for one in (found.before, found.after):
        assert total(one.loads.values()) == one.figures.converted_total == total(one.by_tier()["converted_quantity"])
    moved = zip(found.before.table["coefficient"], found.after.table["coefficient"], strict=True)
    assert found.lines.index.tolist() == [i for i, (old, new) in zip(items.index, moved, strict=True) if old != new]
    gained = total(found.lines["converted_quantity_after"]) - total(found.lines["converted_quantity_before"])
    assert gained == found.after.figures.converted_total - found.before.figures.converted_total


@for_all(CATALOGUES, SCENARIOS)
def test_checks_that_are_left_out_find_what_they_found_and_those_run_again_find_all(lines, scenario):
    items = frame(*lines)
    after, scale = applied(items, MARKS, scenario)
    others = [check for check in checks.ids() if check not in CHECKED]
    assert checks.run(items, MARKS, others) == checks.run(after, scale, others)
    before = side(items, MARKS)
    assert list(side(after, scale, like=before).findings) == list(checks.run(after, scale, CHECKED))


@for_all(SCENARIOS)
def test_a_scenario_comes_back_from_its_text(scenario):
    assert decode(scenario.encode()) == scenario
    assert decode(scenario.encode()).encode() == scenario.encode()


@for_all(CATALOGUES, SCENARIOS)
def test_the_items_tried_on_are_not_changed(lines, scenario):
    items = frame(*lines)
    whole = items.copy(deep=True)
    applied(items, MARKS, scenario)
    assert items.equals(whole)


# -- one thing each ----------------------------------------------------------


def test_a_rule_gives_its_lines_the_tier_with_its_points_and_withdraws_a_stated_coefficient():
    items = frame(
        line(2, department="Văn phòng", coefficient=Decimal("1.2")),
        line(2, department="Ban Tổ chức"),
        line(3, department="Văn phòng"),
        line(2, department="Văn phòng", task="Tiếp dân"),
    )
    rule = Rule(1, words="bao cao", department=("Văn phòng",), tiers=(2,))
    after, _scale = applied(items, MARKS, Scenario(rules=(rule,)))
    assert cells(after, "tier") == [1, 2, 3, 2]
    assert cells(after, "points") == [100, 120, 150, 120]
    assert cells(after, "coefficient") == [None] * 4
    assert matching(items, rule, [2, 2, 3, 2]).tolist() == [True, False, False, False]


def test_the_later_rule_counts_and_a_row_stands_over_both():
    scenario = Scenario(tiers={"i1": 4}, rules=(Rule(2), Rule(3)))
    assert cells(applied(frame(line(), line()), MARKS, scenario)[0], "tier") == [3, 4]


def test_a_line_that_is_left_out_gets_no_tier_of_a_rule():
    assert cells(applied(frame(line(), line()), MARKS, Scenario(rules=(Rule(2),)), but=["i0"])[0], "tier") == [1, 2]


def test_points_of_a_tier_move_with_its_mark_and_others_stay():
    items = frame(line(3), line(3, 155), {"tier": 3, "quantity": Decimal(2)}, {"points": Decimal(150)})
    found = tried(items, Scenario(marks='{"complex": {"points": 160}}'))
    assert cells(found.after.items, "points") == [160, 155, None, 160]
    assert found.after.table["coefficient"].tolist() == [
        Decimal("1.60"),
        Decimal("1.55"),
        Decimal("1.60"),
        Decimal("1.60"),
    ]
    assert found.lines.index.tolist() == ["i0", "i2", "i3"]


def test_in_a_frame_points_stay_or_go_to_its_nearest_end():
    scale = FRAMES
    items = frame(line(2, 30), line(2, 11), {"tier": 2})
    after, _scale = applied(items, scale, Scenario(rules=(Rule(1),)))
    ends = scale.tiers[0]
    assert cells(after, "points") == [ends.highest, ends.highest, None]
    raised, _scale = applied(
        items, scale, Scenario(marks=json.dumps({scale.tiers[1].key: {"lowest": 20, "highest": 50}}))
    )
    assert cells(raised, "points") == [30, 20, None]


def test_another_standard_unit_has_the_standard_points_or_all_are_held_against_its_own():
    items = frame(line(1, standard_unit=True), line(4))
    after, _scale = applied(items, MARKS, Scenario(standard_unit="i1"))
    assert (cells(after, "points"), cells(after, "standard_unit")) == ([100, 100], [False, True])
    rescaled, _scale = applied(items, MARKS, Scenario(standard_unit="i1", rescaled=True))
    assert cells(rescaled, "points") == [50, 100]


def test_what_cannot_be_tried_is_said():
    for scenario in (
        Scenario(marks='{"regular": {"points": 130}}'), Scenario(tiers={"i0": 5}), Scenario(standard_unit="gone"),
    ):  # fmt: skip
        with pytest.raises(InputError):
            applied(frame(line()), MARKS, scenario)
    for text in ("", "[]", '{"tiers": 3}', '{"unheard": 1}', '{"rules": [{}]}'):
        with pytest.raises(InputError):
            decode(text)


def test_a_principle_newly_broken_is_named_and_one_mended_is_not_broken():
    items = frame(line(1), line(1), line(2, 130))
    found = tried(items, Scenario(tiers={"i1": 3, "i2": 1}))
    assert [(f.check, f.item_id) for f in found.broken if f.check == "unequal-tiers"] == [("unequal-tiers", "i1")]
    assert ("off-scale-points", "i2") in [(f.check, f.item_id) for f in found.mended]
    assert converted(items, MARKS)["points"].tolist() == [100, 100, 130]


def test_load_is_even_where_all_carry_the_same_and_uneven_where_one_carries_all():
    assert gini([Decimal(5)] * 4) == 0
    assert gini([Decimal(0)] * 3 + [Decimal(8)]) == Decimal("0.75")
    assert gini([Decimal(1), Decimal(3)]) == Decimal("0.25")
    assert gini([Decimal(1)]) is None and gini([Decimal(0)] * 2) is None
