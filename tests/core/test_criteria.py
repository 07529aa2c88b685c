"""The criteria grid: exact sums and means, and nothing proposed on half of it."""

from decimal import Decimal
from itertools import product

import pytest

from kpicat import guidance
from kpicat.criteria import Score, asks_why, score
from kpicat.errors import GuidanceError, InputError
from kpicat.guidance import load

EDITION = guidance.get("phu_luc_3")
KEYS = [criterion.key for criterion in EDITION.grid.criteria]

SUM = """
[edition]
id = "sum"
title_vi = "Cộng"
title_en = "Sum"
document = "A decision"
[standard]
points = 5
source = { place = "§1" }
[rounding]
decimals = 1
source = { place = "§2" }
[[tier]]
key = "n1"
level = 1
lowest = 1
highest = 100
label_vi = "N1"
label_en = "N1"
source = { place = "§3" }
[[tier]]
key = "n2"
level = 2
lowest = 101
highest = 200
label_vi = "N2"
label_en = "N2"
source = { place = "§3" }
[grid]
how = "sum"
source = { place = "§4" }
[[criterion]]
key = "a"
label_vi = "A"
label_en = "A"
lowest = 0
highest = 120.5
source = { place = "§4" }
[[criterion]]
key = "b"
label_vi = "B"
label_en = "B"
lowest = 1
highest = 80
source = { place = "§4" }
"""


def of(*marks):
    return {key: Decimal(mark) for key, mark in zip(KEYS, marks, strict=True)}


def taken(tmp_path, text):
    path = tmp_path / "sum.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_the_six_criteria_of_the_guidance_each_have_four_sentences_and_a_source():
    assert KEYS == ["progress", "quality", "effect", "difficulty", "complexity", "scope"]
    for criterion in EDITION.grid.criteria:
        assert len(criterion.marks_vi) == len(criterion.marks_en) == len(EDITION.tiers)
        assert criterion.weight == 1 and criterion.source.place == "PL3 §2 bước 3"


@pytest.mark.parametrize(
    ("marks", "value", "tier"),
    [
        ((1, 1, 1, 1, 1, 1), "1", 1),
        ((1, 1, 1, 1, 2, 2), "1.33", 1),
        ((1, 1, 1, 2, 2, 2), "1.5", 2),  # halves go to the heavier tier
        ((2, 2, 2, 3, 3, 2), "2.33", 2),
        ((3, 3, 3, 2, 2, 2), "2.5", 3),
        ((4, 4, 4, 3, 3, 2), "3.33", 3),
        ((4, 4, 4, 4, 4, 4), "4", 4),
    ],
)
def test_the_mean_of_the_marks_is_the_nearest_tier(marks, value, tier):
    assert score(of(*marks), EDITION) == Score(Decimal(value), tier, None)


def test_a_heavier_mark_never_proposes_a_lighter_tier():
    for marks in product((1, 2, 3), repeat=6):
        before = score(of(*marks), EDITION).tier
        assert all(
            score(of(*marks) | {key: Decimal(mark + 1)}, EDITION).tier >= before
            for key, mark in zip(KEYS, marks, strict=True)
        )


def test_half_a_grid_proposes_nothing_and_names_what_is_missing():
    found = score({"scope": Decimal(4)}, EDITION)
    assert found.tier is found.value is None
    assert [criterion.key for criterion in found.missing] == KEYS[:-1]


@pytest.mark.parametrize("mark", ["0", "5", "2.5", "-1"])
def test_a_mark_that_is_none_is_refused(mark):
    with pytest.raises(InputError):
        score({"scope": Decimal(mark)}, EDITION)


def test_a_criterion_or_a_grid_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="beauty"):
        score({"beauty": Decimal(1)}, EDITION)
    with pytest.raises(InputError):
        score({}, guidance.get("khung_xa"))


def test_only_another_tier_than_that_proposed_asks_why():
    proposed = score(of(1, 1, 1, 1, 1, 1), EDITION)
    assert asks_why(proposed, 2)
    assert not asks_why(proposed, 1) and not asks_why(proposed, None)
    assert not asks_why(score({}, EDITION), 2)


def test_the_four_columns_of_the_handbook_add_up_to_the_points_and_fall_in_their_group():
    handbook = guidance.get("so_tay_bnv")
    keys = [criterion.key for criterion in handbook.grid.criteria]
    assert handbook.grid.how == "sum" and len(keys) == 4
    assert set(keys).isdisjoint(KEYS)  # a mark given under another edition is never read as points
    given = dict(zip(keys, map(Decimal, ("100", "60.5", "20", "15")), strict=True))
    assert score(given, handbook) == Score(Decimal("195.5"), 2, Decimal("195.5"))
    assert score(dict.fromkeys(keys, Decimal(200)), handbook).tier is None  # above the highest group
    assert all("mức tối đa" in criterion.source.note for criterion in handbook.grid.criteria)  # said to be unknown


def test_in_a_grid_of_points_other_points_than_their_sum_ask_why():
    handbook = guidance.get("so_tay_bnv")
    proposed = score({criterion.key: Decimal(20) for criterion in handbook.grid.criteria}, handbook)
    assert asks_why(proposed, 1, Decimal(81))  # of the same group
    assert not asks_why(proposed, 1, Decimal("80.0")) and not asks_why(proposed, None)


def test_a_grid_of_points_adds_up_to_the_items_points(tmp_path):
    edition = taken(tmp_path, SUM)
    assert score({"a": Decimal("0.5"), "b": Decimal(80)}, edition) == Score(Decimal("80.5"), 1, Decimal("80.5"))
    assert score({"a": Decimal("100.5"), "b": Decimal("0.5") + 20}, edition).tier == 2
    assert score({"a": Decimal("20.5"), "b": Decimal(80)}, edition).tier is None  # between the frames
    assert [c.key for c in score({"a": Decimal(1)}, edition).missing] == ["b"]
    for marks in ({"a": Decimal("120.6")}, {"b": Decimal(0)}):
        with pytest.raises(InputError):
            score(marks, edition)


GRIDS = {
    "criteria without their grid": ('[grid]\nhow = "sum"\nsource = { place = "§4" }\n', "", "grid] is missing"),
    "a grid without criteria": (SUM[SUM.index("[[criterion]]") :], "", r"each criterion"),
    "an unknown way": ('how = "sum"', 'how = "median"', "grid.how"),
    "a grid without a source": ('how = "sum"\nsource = { place = "§4" }', 'how = "sum"', "source is missing"),
    "a limit without a source": (
        'highest = 120.5\nsource = { place = "§4" }', "highest = 120.5", "criterion 1: source is missing"
    ),
    "an unknown key": ("lowest = 0\n", "lowest = 0\nweight = 2\n", "unknown key weight"),
    "limits upside down": ("highest = 80", "highest = 1", "below highest"),
    "points below zero": ("lowest = 0", "lowest = -1", "above zero"),
    "two of one key": ('key = "b"', 'key = "a"', "same key"),
    "a label that is none": ('label_vi = "B"', 'label_vi = ""', "label_vi"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "why"), GRIDS.values(), ids=GRIDS.keys())
def test_the_loader_refuses_a_grid(tmp_path, old, new, why):
    assert old in SUM
    with pytest.raises(GuidanceError, match=why):
        taken(tmp_path, SUM.replace(old, new))


def test_a_marked_criterion_has_a_sentence_for_each_tier(tmp_path):
    text = (guidance.FOLDER / "phu_luc_3.toml").read_text("utf-8").replace('"phu_luc_3"', '"sum"')
    assert taken(tmp_path, text).grid == EDITION.grid
    with pytest.raises(GuidanceError, match="each of the 4 marks"):
        taken(tmp_path, text.replace('  "Cả cơ quan hoặc một lĩnh vực.",\n', ""))
    with pytest.raises(GuidanceError, match="above zero"):
        taken(tmp_path, text.replace("weight = 1", "weight = 0", 1))
