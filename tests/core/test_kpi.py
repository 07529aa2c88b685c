"""A person's score: the handbook's own example, the decree's rules, and rows as people write them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kpicat import guidance, kpi
from kpicat.convert import converted, total
from kpicat.errors import GuidanceError
from kpicat.kpi.rules import FOLDER
from kpicat.kpi.rules import get as rules_of
from kpicat.kpi.words import times
from kpicat.model import Item, items_frame

pytestmark = pytest.mark.usefixtures("in_english")

RULES = kpi.get()
SCALE = guidance.get("so_tay_bnv")  # standard 5 points, one decimal


def d(text):
    return Decimal(text.replace(",", "."))


# -- the handbook's worked example -------------------------------------------

COEFFICIENTS, ASSIGNED, DONE = ("1", "2,7", "3,7"), ("5", "3", "1"), ("4", "3", "0,8")


def example(failed=(0, 1, 2), late=(4, 2, 0)):
    texts = zip(COEFFICIENTS, ASSIGNED, DONE, late, failed, strict=True)
    lines = [
        kpi.Line(n, f"Việc {n}", d(ratio), d(given), d(done), late, failed)
        for n, (ratio, given, done, late, failed) in enumerate(texts, start=1)
    ]
    return kpi.score(lines, RULES, general=Decimal(30))


def percents(score):
    return [str(kpi.rounded(share * 100, 1)) for share in score.parts.values()]


def test_the_handbooks_example_comes_to_76_7():
    score = example()
    assert percents(score) == ["89.6", "68.8", "41.7"]
    assert kpi.rounded(score.result * 100, 1) == d("66,7")
    assert kpi.written(score.total, RULES) == d("76,7")
    assert score.band.key == "good"


def test_no_other_numbers_of_times_give_the_handbooks_shares():
    """The handbook states its shares; that the deduction is of the whole line is read off them."""
    quality, progress = set(), set()
    for counts in product(range(5), repeat=3):
        score = example(counts, counts)
        quality |= {counts} if percents(score)[1] == "68.8" else set()
        progress |= {counts} if percents(score)[2] == "41.7" else set()
    assert quality == {(0, 1, 2)}
    assert progress == {(4, 2, 0)}


def test_each_line_shows_its_standard_units():
    first, second, third = example().lines
    assert (second.assigned, second.done, second.good, second.timely) == (d("8,1"), d("8,1"), d("6,075"), d("4,05"))
    assert (third.assigned, third.done, third.good, third.timely) == (d("3,7"), d("2,96"), d("1,48"), d("2,96"))
    assert (first.good, first.timely) == (4, 0)


# -- the rules ---------------------------------------------------------------

WHOLE = kpi.Line(1, "Việc", Decimal(1), Decimal(1), Decimal(1))


def test_of_leaders_the_parts_that_are_given_count_as_much_as_the_others():
    given = {"d": Decimal("0.5"), "đ": Decimal(1), "e": Decimal(1)}
    score = kpi.score([WHOLE], RULES, general=Decimal(25), leader=True, given=given)
    assert list(score.parts) == ["a", "b", "c", "d", "đ", "e"]
    assert score.result == Fraction(11, 12)
    assert score.total == 25 + Fraction(11, 12) * 70


def test_a_part_nobody_has_given_is_none_of_it():
    score = kpi.score([WHOLE], RULES, general=Decimal(30), leader=True)
    assert score.result == Fraction(1, 2)


def test_points_that_are_given_stay_within_what_there_are():
    given = {"d": Decimal(9), "đ": Decimal(-9), "e": Decimal(1)}
    high = kpi.score([WHOLE], RULES, general=Decimal(99), leader=True, given=given)
    assert (high.general, high.parts["d"], high.parts["đ"]) == (30, 1, 0)
    assert kpi.score([WHOLE], RULES, general=Decimal(-9)).general == 0


def test_what_was_done_beyond_what_was_assigned_makes_up_for_nothing():
    more = replace(WHOLE, done=Decimal(9))
    none = replace(WHOLE, done=Decimal(0))
    assert kpi.score([more, none], RULES, general=Decimal(0)).parts["a"] == Fraction(1, 2)


def test_without_anything_assigned_there_is_no_result():
    score = kpi.score([], RULES, general=Decimal(30))
    assert (score.parts, score.result, score.total, score.band) == ({}, None, None, None)


@pytest.mark.parametrize(
    ("total", "band"),
    [(90, "excellent"), ("89.99", "good"), (70, "good"), ("69.9", "done"), (50, "done"), ("49.9", "not_done")],
)
def test_the_bands_begin_at_90_70_and_50(total, band):
    assert RULES.band(Decimal(total)).key == band


def test_a_total_on_the_edge_of_a_band_is_in_the_upper_one_exactly():
    sevenths = kpi.Line(1, "Việc", Decimal(1), Decimal(7), Decimal(6))
    score = kpi.score([sevenths], RULES, general=Decimal(30))
    assert (score.total, score.band.key) == (90, "excellent")


def test_no_total_is_written_as_if_it_were_in_another_band():
    assert kpi.written(Fraction("89.96"), RULES) == d("89,96")
    assert kpi.written(Fraction("89.94"), RULES) == d("89,9")
    assert kpi.written(Fraction("89.9996"), RULES) == d("89,9996")


def test_no_share_is_written_as_if_it_were_all_or_nothing():
    written = {share: str(kpi.share_written(Fraction(share))) for share in ("1", "0.9996", "2/3", "1/3000", "0")}
    assert written == {"1": "1.000", "0.9996": "0.9996", "2/3": "0.667", "1/3000": "0.0003", "0": "0.000"}


LINES = st.builds(
    kpi.Line, st.integers(1, 9), st.just("Việc"), st.decimals("0.1", 5, places=1), st.decimals("0.1", 50, places=1),
    st.decimals(0, 60, places=1), st.integers(0, 6), st.integers(0, 6),
)  # fmt: skip


@for_all(st.lists(LINES, min_size=1, max_size=8), st.decimals(0, 30, places=1), st.booleans())
def test_the_lines_add_up_and_no_share_leaves_its_bounds(lines, general, leader):
    score = kpi.score(lines, RULES, general=general, leader=leader)
    assert score.assigned == total(each.assigned for each in score.lines)
    for part, of in (("a", "done"), ("b", "good"), ("c", "timely")):
        whole = total(getattr(each, of) for each in score.lines)
        assert score.parts[part] * Fraction(score.assigned) == Fraction(whole)
    assert all(0 <= share <= 1 for share in score.parts.values())
    assert score.parts["b"] <= score.parts["a"] and score.parts["c"] <= score.parts["a"]
    assert general <= score.total <= general + 70
    assert score.band == RULES.band(score.total) == RULES.band(kpi.written(score.total, RULES))


@pytest.mark.parametrize(
    ("written", "wrong", "where"),
    [
        ('source = { place = "NĐ 335/2025/NĐ-CP, Điều 14" }', "source = {}", "part 1"),
        ("share = 0.25", "share = 1.25", "deduction.share"),
        ("lowest = 70", "lowest = 90", "bands go from the highest down"),
        ("lowest = 0", "lowest = 1", "one that begins at 0"),
        ('of = "done"', 'of = "dome"', "of must be one of"),
    ],
)
def test_rules_that_break_their_form_are_refused_with_the_place(tmp_path, written, wrong, where):
    text = (FOLDER / "nd_335_2025.toml").read_text(encoding="utf-8")
    assert written in text
    (tmp_path / "nd_335_2025.toml").write_text(text.replace(written, wrong, 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=where):
        rules_of("nd_335_2025", tmp_path)


# -- rows as people write them -----------------------------------------------

ITEMS = items_frame(
    Item(f"i{n}", values)
    for n, values in enumerate(
        (
            {"code": "VP.01", "task": "Tiếp công dân định kỳ", "points": Decimal(5)},
            {"code": "VP.02", "task": "Báo cáo công tác dân vận quý", "points": Decimal("13.5")},
            {"code": "VP.03", "task": "Thẩm định hồ sơ", "position": "A", "points": Decimal("18.5")},
            {"code": "VP.04", "task": "Thẩm định hồ sơ", "position": "B", "points": Decimal(20)},
            {"code": "VP.05", "task": "Xây dựng đề án", "points": None},
        )
    )
)
KNOWN = kpi.Known(ITEMS, converted(ITEMS, SCALE))


def took(*entries):
    return kpi.take((kpi.Entry(n, *entry) for n, entry in enumerate(entries, start=1)), KNOWN)


def test_a_row_is_found_by_its_code_its_words_or_nearly_equal_words():
    found = took(
        ("vp.01", "", "5", "4"),
        ("", "bao cao cong tac dan van quy", "3", "3"),
        ("", "BC công tác dân vận quý", "1", "0,8"),
    )
    assert [line.coefficient for line in found.lines] == [d("1"), d("2,7"), d("2,7")]
    assert found.lines[2].done == d("0,8")
    assert not found.left


def test_a_code_tells_apart_what_words_do_not():
    found = took(("", "Thẩm định hồ sơ", "1", "1"), ("VP.04", "Thẩm định hồ sơ", "1", "1"))
    assert [said.row for said in found.left] == [1] and "different coefficients" in found.left[0].sentence
    assert [line.coefficient for line in found.lines] == [Decimal(4)]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (("VP.99", "", "1", "1"), "no code “VP.99”"),
        (("", "Trồng cây", "1", "1"), "“Trồng cây” is not in the catalogue"),
        (("", "", "1", "1"), "names no work"),
        (("VP.05", "", "1", "1"), "no points in the catalogue yet"),
        (("VP.01", "", "vài", "1"), "“vài” is no quantity assigned"),
        (("VP.01", "", "1", "-1"), "“-1” is no quantity done"),
        (("VP.01", "", "0", "1"), "Nothing was assigned"),
        (("VP.01", "", "", ""), "Nothing was assigned"),
        (("VP.01", "", "1", "1", "0,5"), "“0,5” is no number of times"),
        (("VP.01", "", "1", "1", "", "-1"), "“-1” is no number of times"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_rest_counts(entry, why):
    found = took(entry, ("VP.01", "", "2", "2"))
    assert len(found.left) == 1 and found.left[0].row == 1
    assert why in found.left[0].sentence
    assert [line.row for line in found.lines] == [2]


def test_blank_rows_are_nothing():
    assert took(("", " ", "")) == kpi.Taken((), (), ())


def test_what_counts_but_is_odd_is_said():
    found = took(("VP.01", "", "1", "3"), ("VP.02", "", "1", ""), ("VP.01", "Thẩm định hồ sơ", "1", "1"))
    assert len(found.lines) == 3
    assert ["beyond" in found.remarks[0].sentence, "not done" in found.remarks[1].sentence] == [True, True]
    assert "The code is that of “VP.01 · Tiếp công dân định kỳ”" in found.remarks[2].sentence


@pytest.mark.parametrize(("text", "count"), [("", 0), ("x", 1), ("Có", 1), ("02 lần", 2), ("-", 0), ("nhiều", None)])
def test_times_are_read_as_people_write_them(text, count):
    assert times(text) == count
