"""Headings are known by their words, by words like them, and by what stands under all of them together."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat import guidance
from kpicat.exchange.tables.choosing import Ground, choose
from kpicat.exchange.tables.evidence import weigh
from kpicat.exchange.tables.likeness import likeness
from kpicat.exchange.tables.pairing import paired

SCALE = guidance.get("phu_luc_3")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Thời điểm phải hoàn thành", "deadline"),  # other words, the same sense
        ("Cán bộ chịu trách nhiệm chính", "responsible"),
        ("Công viêc", "task"),  # another mark
        ("Sảm phẩm đầu ra", "product"),  # another letter
        ("S.lượng", "quantity"),  # the first syllable by its letter
        ("Đ.vị tính", "measure"),
        ("SP đầu ra", "product"),  # a word by its letters
        ("YEU CAU CHAT LUONG SAN PHAM", "quality"),
    ],
)
def test_a_heading_is_most_like_those_of_its_field(heading, field):
    like = likeness(heading)
    assert max(like, key=like.__getitem__) == field


@pytest.mark.parametrize("heading", ["", "xyz", "Tổ dân phố", "12", "A = B", "Xã Nghĩa Lâm", "=1+1", "🙂"])
def test_a_heading_of_other_words_is_like_none(heading):
    assert all(value < 0.45 for value in likeness(heading).values())


@given(st.text(max_size=60))
def test_any_text_is_like_something_or_nothing(text):
    assert all(0.2 <= value <= 1 for value in likeness(text).values())


@given(st.dictionaries(st.tuples(st.integers(0, 2), st.sampled_from("abc")), st.floats(0.01, 2), min_size=1))
def test_columns_and_fields_are_paired_to_the_greatest_total(worth):
    pairs = paired(worth)
    assert len(set(pairs.values())) == len(pairs)
    every = (zip(range(3), some, strict=True) for some in itertools.permutations("abc---", 3))
    best = max(sum(worth.get(pair, 0) for pair in some) for some in every)
    assert sum(worth[pair] for pair in pairs.items()) == pytest.approx(best)


def chosen(columns):
    headings = dict(enumerate(columns))
    found = choose(headings, {c: texts for c, (_h, texts) in enumerate(columns.items())}, SCALE)
    return {headings[c]: choice for c, choice in found.items()}


def test_a_column_takes_the_field_another_has_better_claim_to_leave():
    found = chosen({"Tên công việc cụ thể": ["Lập báo cáo"], "Sản phẩm công việc": ["Báo cáo"]})
    assert found["Tên công việc cụ thể"].field == "task"
    assert found["Sản phẩm công việc"].field == "product"


def test_grounds_stand_after_the_works_and_duties_before_them():
    texts = ["Quy chế làm việc"]
    assert chosen({"Căn cứ": texts, "Công việc": ["Họp"]})["Căn cứ"].field == "duty"
    assert chosen({"Công việc": ["Họp"], "Sản phẩm": ["Biên bản"], "Căn cứ": texts})["Căn cứ"].field == "rationale"


def test_cells_that_cannot_be_the_field_a_heading_is_like_leave_the_column_open():
    assert "Số phòng" not in chosen({"Công việc": ["Họp"], "Số phòng": ["Tầng 2", "Tầng 3", "Tầng 4"]})


def test_a_choice_says_why():
    dates = ["Trước ngày 15/01", "Quý III/2026", "Ngày 25 hằng tháng"]
    found = chosen({"Công việc": ["Họp"], "Thời điểm phải xong": dates, "Chừng nào": []})
    assert (found["Công việc"].ground, found["Thời điểm phải xong"].ground) == (Ground.HEADING, Ground.LIKE)


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        ("deadline", ["Trước ngày 15/01", "Quý III/2026", "Chậm nhất ngày 05 tháng sau", "03 ngày làm việc"]),
        ("frequency", ["Hằng tháng", "2 lần/năm", "Thường xuyên"]),
        ("responsible", ["Nguyễn Văn An", "Trần Thị Bình", "Đ/c Lê Minh Châu"]),
        ("position", ["Chuyên viên", "Phó Chánh Văn phòng", "Công chức Địa chính"]),
        ("measure", ["văn bản", "Hồ sơ", "lượt người"]),
        ("product", ["Báo cáo tháng", "Biên bản hòa giải", "Giấy khai sinh"]),
        ("task", ["Lập báo cáo tháng", "Thẩm định dự án", "Tiếp công dân định kỳ"]),
    ],
)
def test_cells_speak_for_their_field_and_not_for_numbers(field, texts):
    assert weigh(field, texts, SCALE) >= 0.9
    assert weigh(field, ["12", "1.800", "2,5"], SCALE) <= 0


POINTS = ["100", "120", "150", "200"]


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (["1,00", "1,20", "1,50", "2,00"], "coefficient"),
        (["20", "24", "30", "40"], "coefficient"),  # of a standard of 5
        (["1,0", "1,2", "1,4", "2,0"], ""),  # one is no share
        (POINTS, ""),
        (["1,00", "1,20", "1,50"], ""),  # of which lines, nobody knows
    ],
)
def test_numbers_that_are_the_points_divided_are_the_coefficient(texts, field):
    headings = {0: "Nhiệm vụ", 1: "Sản phẩm", 2: "Điểm", 3: "Quy ra"}
    samples = {0: ["Họp", "Tiếp dân", "Trực", "Kiểm tra"], 1: ["Biên bản", "Sổ", "Sổ", "Kết luận"], 2: POINTS, 3: texts}
    chosen = choose(headings, samples, SCALE)
    assert (chosen[3].field if 3 in chosen else "") == field


def test_words_on_some_lines_only_in_the_last_column_are_notes_to_be_checked():
    headings = {0: "Nhiệm vụ", 1: "Sản phẩm", 2: "Điểm", 3: "Cần lưu tâm"}
    samples = {0: ["Họp", "Tiếp dân", "Trực"], 1: ["Biên bản", "Sổ", "Sổ"], 2: POINTS[:3], 3: ["Theo QĐ 12"]}
    chosen = choose(headings, samples, SCALE)
    assert (chosen[3].field, chosen[3].ground) == ("note", Ground.CELLS)
    assert 3 not in choose(headings, {**samples, 3: ["Khá", "Tốt", "Khá"]}, SCALE)
    assert 3 not in choose(headings, {**samples, 3: ["12"]}, SCALE)


def test_a_heading_that_only_begins_like_a_field_is_not_it_over_cells_that_cannot_be():
    headings = {0: "Nhiệm vụ", 1: "Điểm", 2: "Kết quả chấm tay"}
    samples = {0: ["Họp", "Tiếp dân", "Trực"], 1: POINTS[:3], 2: ["7", "8", "9"]}
    assert 2 not in choose(headings, samples, SCALE)
    assert choose(headings, {**samples, 2: ["Biên bản", "Sổ", "Kế hoạch"]}, SCALE)[2].field == "product"
