"""The yardstick: ranked on the four traits with what speaks for and against each line, and what a change makes."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from kpicat import guidance
from kpicat.convert import converted, total
from kpicat.errors import InputError
from kpicat.model import Item, items_frame
from kpicat.standard_unit import TRAITS, candidates, would_become

pytestmark = pytest.mark.usefixtures("in_english")

EDITION = guidance.get("phu_luc_3")
FRAMES = guidance.get("khung_xa")
GOOD = {
    "task": "Đăng ký văn bản đến",
    "detail": "Nhận, quét, nhập trích yếu, chuyển người xử lý",
    "product": "Văn bản đã vào sổ",
    "measure": "văn bản",
    "quantity": Decimal(3000),
    "frequency": "Hằng ngày",
    "position": "Văn thư",
    "tier": 1,
}


def catalogue(*rows):
    return items_frame(Item(f"i{n}", row) for n, row in enumerate(rows))


def traits(**changed):
    (found,) = candidates(catalogue(GOOD | changed), EDITION)
    return {trait.key: trait for trait in found.traits}


def test_a_line_with_all_four_traits_has_them_whole():
    found = traits()
    assert tuple(found) == TRAITS
    assert [trait.share for trait in found.values()] == [1, 1, 1, 1]
    assert all(trait.evidence and all(trait.evidence) for trait in found.values())


@pytest.mark.parametrize(
    ("changed", "lacking", "says"),
    [
        ({"frequency": "Khi phát sinh"}, {"regular", "steady"}, "not regular: “Khi phát sinh”"),
        ({"task": "Phục vụ lễ hội đền"}, {"regular", "steady"}, "not regular"),
        ({"task": "Theo dõi tình hình", "product": "Báo cáo", "detail": ""}, {"clear"}, "not one definite work"),
        ({"product": ""}, {"clear"}, "no clear product"),
        ({"product": "Kết quả thực hiện"}, {"clear"}, "no clear product"),
        ({"measure": "%"}, {"quantifiable"}, "no unit that is counted"),
    ],
)
def test_what_the_checks_would_hold_against_it_takes_the_trait_away(changed, lacking, says):
    found = traits(**changed)
    assert {key for key, trait in found.items() if not trait.share} == lacking
    assert any(says in words for key in lacking for words in found[key].evidence)


def test_what_is_not_given_is_said_and_weighs_half():
    found = traits(quantity=None, frequency="")
    assert found["regular"].share == found["steady"].share == Fraction(1, 2)
    assert found["regular"].evidence == ("neither how often nor how many a year is given",)
    assert "how many a year is not given" in found["quantifiable"].evidence


def test_common_work_of_middling_load_comes_first_and_rare_ad_hoc_work_last():
    everywhere = [GOOD | {"position": who} for who in ("Văn thư", "Kế toán", "Thủ quỹ")]
    other = GOOD | {"task": "Ghi biên bản họp", "position": "Kế toán"}
    rare = GOOD | {"task": "Phục vụ đột xuất", "frequency": "Khi phát sinh", "position": "Thủ quỹ"}
    found = candidates(catalogue(rare, other, *everywhere), EDITION)
    assert [candidate.item_id for candidate in found] == ["i2", "i3", "i4", "i1", "i0"]
    assert "done in 3 of 3 places of work" in found[0].traits[2].evidence
    assert all(a.score >= b.score for a, b in pairwise(found))


def test_the_middle_of_the_load_is_the_median_not_the_heaviest():
    rows = [GOOD | {"task": f"Ghi sổ {n}", "quantity": Decimal(quantity)} for n, quantity in enumerate((20, 500, 9000))]
    shares = {c.item_id: c.traits[3].share for c in candidates(catalogue(*rows), EDITION)}
    assert shares["i0"] == shares["i2"] < shares["i1"] == 1


def test_the_oftener_a_work_is_done_the_more_regular_it_is():
    shares = [traits(quantity=Decimal(times), frequency="")["regular"].share for times in (1, 4, 12, 52, 250)]
    assert all(a < b for a, b in pairwise(shares)) and shares[-1] == 1


def test_of_equals_the_line_at_the_standard_points_comes_first():
    found = candidates(catalogue(GOOD | {"task": "Ghi sổ quỹ", "tier": 2}, GOOD), EDITION)
    assert [(c.item_id, c.at_standard) for c in found] == [("i1", True), ("i0", False)]


def test_lines_without_a_name_and_catalogues_without_lines_have_no_candidates():
    assert candidates(catalogue({"product": "Sổ"}), EDITION) == candidates(catalogue(), EDITION) == []


# -- another standard unit --


def rows():
    return catalogue(
        GOOD | {"standard_unit": True, "quantity": Decimal(10)},
        GOOD | {"task": "Lập dự toán", "tier": 2, "quantity": Decimal("2.5"), "position": "Kế toán"},
        GOOD | {"task": "Đề án", "tier": 3, "quantity": None, "position": "Kế toán"},
        GOOD | {"task": "Chưa xếp", "tier": None, "position": ""},
    )


def test_the_chosen_line_alone_gets_the_standard_points():
    found = would_become(rows(), EDITION, "i1")
    assert found.lines["points_after"].tolist() == [100, 100, 150, None]
    assert found.lines["coefficient_after"].tolist() == [1, 1, Decimal("1.5"), None]
    assert found.lines["converted_before"].tolist() == [10, 3, None, None]
    assert found.lines["converted_after"].tolist() == [10, Decimal("2.5"), None, None]
    assert found.loads.to_dict("index") == {
        "Văn thư": {"before": 10, "after": 10},
        "Kế toán": {"before": 3, "after": Decimal("2.5")},
        "": {"before": 0, "after": 0},
    }


def test_held_against_the_chosen_line_it_is_one_and_all_others_follow():
    found = would_become(rows(), EDITION, "i1", rescaled=True)
    assert found.lines["coefficient_after"].tolist() == [Decimal("0.83"), 1, Decimal("1.25"), None]
    assert found.lines["points_after"].tolist() == [83, 100, 125, None]
    assert found.loads["after"].tolist() == [Decimal("8.3"), Decimal("2.5"), 0]


@pytest.mark.parametrize("rescaled", [False, True])
@pytest.mark.parametrize("edition", guidance.editions().values(), ids=lambda e: e.id)
def test_what_is_foreseen_is_what_converting_then_gives(edition, rescaled):
    points = [Decimal(n) for n in ("7", "35", "112.5", "8")]
    items = catalogue(*(GOOD | {"task": f"Việc {n}", "tier": None, "points": score} for n, score in enumerate(points)))
    found = would_become(items, edition, "i2", rescaled=rescaled)
    after = converted(items.assign(points=found.lines["points_after"]), edition)
    assert after["coefficient"].tolist() == found.lines["coefficient_after"].tolist()
    assert after["coefficient"].at["i2"] == 1
    assert total(found.loads["after"]) == total(after["converted_quantity"])


def test_the_present_standard_unit_changes_nothing():
    found = would_become(rows(), EDITION, "i0", rescaled=True)
    assert found.lines["coefficient_after"].tolist() == found.lines["coefficient_before"].tolist()
    assert found.loads["before"].tolist() == found.loads["after"].tolist()


def test_a_line_that_is_gone_or_has_no_points_is_refused():
    with pytest.raises(InputError):
        would_become(rows(), EDITION, "gone")
    with pytest.raises(InputError):
        would_become(rows(), EDITION, "i3", rescaled=True)
    assert would_become(rows(), EDITION, "i3").lines["points_after"].at["i3"] == 100


def test_a_line_without_tier_and_points_is_ranked_like_any_other():
    found = candidates(catalogue(GOOD, GOOD | {"tier": None}), EDITION)
    assert [(candidate.item_id, candidate.at_standard) for candidate in found] == [("i0", True), ("i1", False)]
