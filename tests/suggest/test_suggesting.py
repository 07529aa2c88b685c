"""What is proposed before anything is decided, and how each decision moves it."""

import pytest

from kpicat.suggest import Line, suggest, weighing


def tier(task, decided=(), tiers=4, **fields):
    lines = {"asked": Line(task, **fields)} | {n: line for n, (line, _tier) in enumerate(decided)}
    return suggest(lines, {n: tier for n, (_line, tier) in enumerate(decided)}, tiers=tiers)["asked"]


@pytest.mark.parametrize(
    ("task", "wanted"),
    [
        ("Gửi giấy mời dự Đại hội đại biểu", 1),
        ("Tổng hợp ý kiến góp ý văn kiện Đại hội", 2),
        ("Giải quyết tố cáo về công tác nhân sự", 3),
        ("Chuẩn bị nhân sự cấp ủy nhiệm kỳ mới", 4),
    ],
)
def test_the_act_counts_not_the_grand_matter_it_serves(task, wanted):
    assert tier(task).tier == wanted


def test_words_that_tell_nothing_say_so_and_are_little_trusted():
    found = tier("Xyz")
    assert found.confidence < 0.5
    assert found.reasons == ("no word of it tells how difficult it is; decide by what you know",)


@pytest.mark.parametrize("task", ["", " ", "…", "\x00", "a " * 5_000, "GIẢI QUYẾT TỐ CÁO", "giai quyet to cao"])
def test_any_text_gets_a_tier_and_a_reason(task):
    found = tier(task)
    assert 1 <= found.tier <= 4 and 0 < found.confidence <= 1 and all(found.reasons)


def test_a_work_done_many_times_a_month_is_lighter():
    assert tier("Kiểm tra sổ sách").tier == 2
    often = tier("Kiểm tra sổ sách", frequency="05 lượt/tuần")
    assert often.tier == 1 and "done several times a month" in often.reasons


def test_to_whom_it_is_submitted_and_how_many_take_part_are_reasons():
    found = tier("Dự thảo nghị quyết trình Hội đồng nhân dân, phối hợp các cơ quan")
    assert "it is submitted to the committee or the elected council as a body" in found.reasons
    assert "three or more bodies take part" in found.reasons


def test_the_same_work_has_the_tier_it_has_elsewhere_in_the_catalogue():
    decided = [(Line("Kiểm tra thu, nộp đảng phí của chi bộ"), 3)]
    found = tier("Kiểm tra việc thu nộp đảng phí của các chi bộ", decided)
    assert found.tier == 3
    assert found.reasons[0] == "the same work is tier 3 here: “Kiểm tra thu, nộp đảng phí của chi bộ”"


def test_a_group_stricter_than_the_rules_is_followed():
    lines = [f"Kiểm tra hồ sơ {what}" for what in ("hộ tịch", "đất đai", "thuế", "xây dựng", "tuyển sinh", "y tế")]
    before, after = tier("Thẩm định dự toán"), tier("Thẩm định dự toán", [(Line(task), 3) for task in lines * 3])
    assert (before.tier, after.tier) == (2, 3)


def test_a_group_heavier_all_over_is_followed_where_it_has_decided_nothing_yet():
    light = [(Line(f"Vào sổ {what} {n}"), 2) for n in range(10) for what in ("đơn", "thư")]
    plain = [(Line(f"Thẩm định {what} {n}"), 3) for n in range(10) for what in ("dự toán", "hồ sơ")]
    assert tier("Cưỡng chế thu hồi đất").tier == 3
    assert tier("Cưỡng chế thu hồi đất", light + plain).tier == 4


def test_what_a_word_went_with_is_said_in_numbers():
    places = ("Đông", "Tây", "Nam", "Bắc", "An", "Bình", "Phú", "Lộc")
    decided = [(Line(f"Lập báo cáo hộ tịch {place}"), 3) for place in places]
    others = [(Line(f"Ghi sổ {what}"), 1) for what in ("trực", "họp", "đơn", "thư", "quỹ", "kho")]
    found = tier("Sự nghiệp hộ tịch", decided + others)
    assert found.tier == 3
    assert "of 8 lines decided that say “hộ tịch”, 8 are tier 3" in found.reasons


def test_an_items_own_tier_is_of_no_account_for_itself():
    lines = {"a": Line("Giải quyết tố cáo đối với đảng viên"), "b": Line("Ghi biên bản họp")}
    assert suggest(lines, {"a": 1}, tiers=4)["a"] == suggest(lines, {}, tiers=4)["a"]


def test_a_catalogue_decided_tier_by_tier_does_not_make_all_the_rest_alike():
    """Forty light lines first: what is hard stays hard."""
    decided = [(Line(f"Vào sổ {what} {n}"), 1) for n in range(10) for what in ("đơn", "thư", "văn bản", "hồ sơ")]
    assert tier("Cưỡng chế thu hồi đất", decided).tier == 3
    assert tier("Lập quy hoạch chung của xã", decided).tier == 4


def test_a_heavier_decision_makes_no_other_line_lighter():
    before, after = tier("Xyz"), tier("Xyz", [(Line("Abc"), 4)])
    assert before.tier == 2 and after.tier >= 2
    assert tier("Giải quyết tố cáo", [(Line("Vào sổ văn bản đến"), 4)]).tier == 3  # nor one decision all others


def test_what_a_department_a_title_or_a_group_decided_moves_its_own_lines():
    words = ("đơn", "thư", "sổ", "thẻ", "kho", "quỹ", "xe")
    for field in ("department", "position", "group"):
        here = [(Line(f"Rà soát {what}", **{field: "A"}), 3) for what in words]
        there = [(Line(f"Kiểm tra {what}", **{field: "B"}), 2) for what in words]
        found = {place: tier("Đánh giá nhà", here + there, **{field: place}) for place in ("A", "B")}
        assert (found["A"].tier, found["B"].tier) == (3, 2), field


def test_of_thousands_of_lines_decided_some_are_weighed_and_all_are_looked_up():
    decided = [(Line(f"Kiểm tra hồ sơ số {n}"), 3) for n in range(2 * weighing.MOST)]
    odd = (Line("Chấm công tháng tại phòng họp"), 4)
    assert tier("Chấm công tháng tại phòng họp", [*decided, odd]).tier == 4
    assert tier("Kiểm tra sổ quỹ", decided).tier == 3


def test_a_reference_catalogue_is_learnt_from_at_half_the_weight():
    lines = {"asked": Line("Kiểm tra thu nộp đảng phí"), "mine": Line("Kiểm tra thu, nộp đảng phí chi bộ")}
    reference = [(Line("Kiểm tra việc thu nộp đảng phí"), 4)]
    assert suggest({"asked": lines["asked"]}, {}, tiers=4, reference=reference)["asked"].tier == 4
    assert suggest(lines, {"mine": 1}, tiers=4, reference=reference)["asked"].tier == 1


def test_tiers_off_the_scale_are_not_learnt_from():
    lines = {n: Line(f"Kiểm tra hồ sơ {n}") for n in range(9)}
    assert suggest(lines, dict.fromkeys(range(8), 5), tiers=4)[8] == suggest(lines, {}, tiers=4)[8]
    assert suggest(lines, dict.fromkeys(range(8), 0), tiers=4)[8] == suggest(lines, {}, tiers=4)[8]


@pytest.mark.parametrize(("tiers", "lightest", "heaviest"), [(1, 1, 1), (2, 1, 2), (3, 1, 3), (5, 1, 4)])
def test_a_scale_of_other_tiers_is_filled_from_its_lightest_on(tiers, lightest, heaviest):
    assert tier("Vào sổ văn bản đến", tiers=tiers).tier == lightest
    assert tier("Lập quy hoạch chung của xã", tiers=tiers).tier >= heaviest


def test_only_those_asked_for_are_answered_in_the_order_asked():
    lines = {n: Line(f"Kiểm tra {n}") for n in range(5)}
    assert list(suggest(lines, {}, tiers=4, only=[3, 1])) == [3, 1]
    assert suggest({}, {}, tiers=4) == {}
