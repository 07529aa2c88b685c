"""A cell gives a number only when it names exactly one."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.text.numbers import MOST_DIGITS, parse_number

JUDGED = Path(__file__).parents[2].parent / "shared" / "eval" / "phrases_dev.csv"

NUMBERS = {
    "12": "12",
    "0": "0",
    "58 ": "58",
    "2,5": "2.5",
    "1,00": "1",
    "01 báo cáo": "1",
    "05bc": "5",
    "1.800 lượt": "1800",
    "1.240,5": "1240.5",
    "1,240.5": "1240.5",
    "1.500.000": "1500000",
    "0.125": "0.125",
    "1234.567": "1234.567",
    "12 500": "12500",
    "12\u00a0500 lượt": "12500",
    "x1,2": "1.2",
    "K=1,5": "1.5",
    "SL: 30": "30",
    "1,5đ": "1.5",
    "-5": "-5",
    "ít nhất 12": "12",
    "không quá 5": "5",
    "02 lần/6 tháng": "2",
    "mỗi tháng 2 lần": "2",
    "Mức 2 (120)": "120",
    "Mức 2: 120 điểm": "120",
    "120 (mức 2)": "120",
    "05 (năm) báo cáo": "5",
    "10 báo cáo (năm 2026)": "10",
    "100 m2": "100",
    "12 tỷ lệ": "12",
    "5 trận": "5",
    "3 trang": "3",
    "3 kỳ": "3",
}
NONE = [
    "1e30",
    "1 triệu", "2 nghìn lượt", "2,5 tỷ đồng", "10k",
    "1E+30",
    "2,5e3",
    "", " ", "-", "?", "không", "phát sinh", "Quý II", "Quý 2", "Quý II/2026", "tháng 6", "ngày 20 hằng tháng",
    "15/6/2026", "20.6.2026", "2026-06-15", "2-3 lần/tuần", "3 – 5", "từ 5 đến 10", "5 hoặc 6", "1; 2; 3", "1, 2, 3",
    "100-120-150-200", "1.5-2", "5+3", "12 x 2", "1/2", "N3", "Nhóm 3", "Mức 2-3", "Mức III", "lần 2", "số 5",
    "100%", "150 (200)", ".5", "- 5", "9" * (MOST_DIGITS + 1), "12 " * 100,
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_a_cell_that_names_one_number_gives_it(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", NONE)
def test_a_cell_that_names_no_single_number_gives_none(text):
    assert parse_number(text) is None


@given(st.decimals(min_value=-99999, max_value=99999, places=4))
def test_a_decimal_comma_is_read_as_written(number):
    assert parse_number(format(number, "f").replace(".", ",")) == number


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_thousands_points_are_read_as_written(number):
    assert parse_number(f"{number:,}".replace(",", ".")) == number


@given(st.text())
def test_any_text_gives_a_finite_number_or_none(text):
    number = parse_number(text)
    assert number is None or number.is_finite()


@pytest.mark.skipif(not JUDGED.exists(), reason="the judged phrases are kept beside the project")
def test_numbers_judged_by_people_are_read_the_same():
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        cases = [row for row in csv.DictReader(lines) if row["kind"] == "number"]
    same = [parse_number(c["text"]) == (None if c["label"] == "none" else Decimal(c["label"])) for c in cases]
    assert sum(same) / len(same) >= 0.97


AROUND = ["{}", " {} ", "{} báo cáo", "{} lượt/năm", "khoảng {} hồ sơ", "≥ {}", "SL: {}", "({})", "{} (cả năm)", "“{}”",
          "tối thiểu {} cuộc", "{}/năm", "{} điểm", "{}đ", "{}*", "{};"]  # fmt: skip


@given(st.integers(0, 99_999_999), st.sampled_from(AROUND))
def test_a_count_is_read_in_whatever_words_it_stands(number, words):
    assert parse_number(words.format(f"{number:,}".replace(",", "."))) == number


@given(st.integers(1, 999), st.integers(0, 99), st.sampled_from(AROUND))
def test_a_decimal_is_read_in_whatever_words_it_stands(whole, hundredths, words):
    assert parse_number(words.format(f"{whole},{hundredths:02d}")) == Decimal(f"{whole}.{hundredths:02d}")


@given(st.integers(1000, 99_999_999), st.sampled_from(["\u00a0", "\u202f", " "]))
def test_thousands_are_parted_by_any_space(number, space):
    assert parse_number(f"{number:,}".replace(",", space)) == number


TWO = ["{}-{}", "{} – {}", "từ {} đến {}", "{}/{}/2026", "{}; {}", "{} và {}", "{}x{}", "{} × {}", "{}+{}", "{}÷{}",
       "{} hoặc {} cuộc", "{} báo cáo, {} tờ trình"]  # fmt: skip


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(TWO))
def test_two_numbers_are_none(first, second, words):
    assert parse_number(words.format(first, second)) is None


@pytest.mark.parametrize("text", ["1OO", "1O", "l2", "2O26 lượt"])
def test_letters_typed_for_digits_make_no_smaller_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["1½", "½", "7g30", "12h00", "3x4", "2 nghìn", "10k", "24/7", "tháng 12", "năm 2026"])
def test_what_only_looks_like_one_number_is_none(text):
    assert parse_number(text) is None
