"""The sample catalogue is what a good working group would hand in, line by line."""

import csv
import re
import tomllib
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from kpicat import guidance
from kpicat.model import FIELDS, Form

FOLDER = Path(__file__).parents[2] / "data" / "samples"
EDITION = guidance.get("phu_luc_3")

MAY_BE_BLANK = {"note", "standard_unit"}
TIMES_A_YEAR = {"ngày làm việc": 250, "tuần": 52, "tháng": 12, "quý": 4, "năm": 1}
FREQUENCY = re.compile(r"(?:Khoảng )?(\d\d+) (.+)/(ngày làm việc|tuần|tháng|quý|năm)")
CHECKABLE = re.compile(r"\d\d/\d|\d\d (?:ngày|giờ)|ngày \d\d|thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Thứ Bảy tuần")
PAPER = re.compile(
    r"(?:Báo cáo|Kế hoạch|Chương trình|Công văn|Tờ trình|Biên bản|Thông báo|Nghị quyết|Quy chế|Đề án|Phương án"
    r"|Văn bản (?:thẩm định|nhận xét|phản biện)|Phiếu|Lịch|Dự toán|Danh sách|Danh mục|Tài liệu|Bộ quy trình)\b"
)
OLD_TONE_MARK = re.compile(r"\w*(?:(?<!q)u[ỳýỷỹỵ]|o[àáảãạèéẻẽẹ])\b", re.IGNORECASE)


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return read("xa_mau.csv")


def failing(rows: list[dict[str, str]], field: str, holds) -> dict[str, str]:
    """Code -> value of the lines where ``holds(row)`` is false, so a failure names them."""
    return {row["code"]: row[field] for row in rows if not holds(row)}


def test_the_header_is_the_models_fields_in_order():
    first = (FOLDER / "xa_mau.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first == ",".join(FIELDS)


def test_there_are_at_least_30_items_in_each_of_four_departments(rows):
    counts = Counter(row["department"] for row in rows)
    assert len(counts) == 4
    assert min(counts.values()) >= 30
    assert len(rows) >= 130


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in MAY_BE_BLANK])
def test_the_column_is_filled_on_every_line(rows, field):
    assert not failing(rows, field, lambda row: row[field].strip())


def test_text_is_composed_trimmed_and_in_one_spelling_of_tone_marks(rows):
    for row in rows:
        for value in row.values():
            assert value == unicodedata.normalize("NFC", value).strip()
            assert not OLD_TONE_MARK.search(value)


@pytest.mark.parametrize("field", ["code", "task", "product", "detail"])
def test_no_two_lines_share_it(rows, field):
    counts = Counter(row[field].casefold() for row in rows)
    assert [value for value, times in counts.items() if times > 1] == []


def test_every_tier_is_used_and_higher_tiers_are_rarer(rows):
    counts = Counter(int(row["tier"]) for row in rows)
    levels = [tier.level for tier in EDITION.tiers]
    assert sorted(counts) == levels
    assert [counts[level] for level in levels] == sorted(counts.values(), reverse=True)


def test_points_are_the_mark_of_the_tier_and_the_coefficient_follows(rows):
    marks = {tier.level: tier.lowest for tier in EDITION.tiers}
    for row in rows:
        assert Decimal(row["points"]) == marks[int(row["tier"])], row["code"]
        assert Decimal(row["coefficient"]) == Decimal(row["points"]) / EDITION.standard_points, row["code"]


def test_the_rationale_speaks_the_words_of_the_tier(rows):
    words = {tier.level: tier.words for tier in EDITION.tiers}
    assert not failing(
        rows, "rationale", lambda row: any(word in row["rationale"].lower() for word in words[int(row["tier"])])
    )


def test_exactly_one_line_is_the_standard_unit_and_it_is_regular_work(rows):
    [standard] = [row for row in rows if row["standard_unit"]]
    assert standard["standard_unit"] == "x"
    assert Decimal(standard["points"]) == EDITION.standard_points
    assert standard["tier"] == "1"
    assert int(standard["quantity"]) == max(int(row["quantity"]) for row in rows)


def test_quantity_is_the_frequency_over_a_year_in_the_same_measure(rows):
    for row in rows:
        match = FREQUENCY.fullmatch(row["frequency"])
        assert match, row["code"]
        times, measure, period = match.groups()
        assert measure == row["measure"], row["code"]
        assert int(times) * TIMES_A_YEAR[period] == int(row["quantity"]), row["code"]


def test_every_deadline_can_be_checked(rows):
    assert not failing(rows, "deadline", lambda row: CHECKABLE.search(row["deadline"]))


def test_every_quality_can_be_measured(rows):
    assert not failing(rows, "quality", lambda row: re.search(r"\d", row["quality"]))


def test_a_post_answers_and_one_post_has_one_title(rows):
    titles: dict[str, set[str]] = {}
    for row in rows:
        titles.setdefault(row["responsible"], set()).add(row["position"])
    assert all(len(held) == 1 for held in titles.values())


def test_at_least_half_of_the_products_are_more_than_a_paper(rows):
    papers = [row["product"] for row in rows if PAPER.match(row["product"])]
    assert papers
    assert len(papers) <= len(rows) / 2


def test_every_sample_says_the_same_things_of_itself():
    samples = tomllib.loads((FOLDER / "samples.toml").read_text(encoding="utf-8"))["sample"]
    assert [sample["file"] for sample in samples] == ["xa_mau.csv", "flawed.csv"]
    for sample in samples:
        assert sample.keys() == samples[0].keys()
        assert all(sample.values())
        assert Form(sample["form"])
        assert guidance.get(sample["guidance"])
