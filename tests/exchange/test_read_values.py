"""What a cell cannot be as a value is kept in words, and said."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from kpicat import guidance
from kpicat.exchange.tables.columns import IGNORED, fields_named
from kpicat.exchange.tables.tiers import tier_word
from kpicat.labels import field_label
from kpicat.language import LANGUAGES, resolve_with
from kpicat.model import FIELDS

HEAD = ["STT", "Nhiệm vụ", "Số lượng", "Tần suất", "Thời hạn", "Mức", "Điểm", "Hệ số", "Ghi chú"]
FIELDS_OF_HEAD = ["", "task", "quantity", "frequency", "deadline", "tier", "points", "coefficient", "note"]


@pytest.fixture
def line(taken):
    """One line with the given cells: its item and the report's remarks."""

    def build(edition="phu_luc_3", **cells):
        places = {name: place for place, name in enumerate(FIELDS_OF_HEAD)}
        row = [1, cells.pop("task", "Tiếp công dân"), *[None] * 7]
        for name, cell in cells.items():
            row[places[name]] = cell
        read = taken([HEAD, row], edition)
        return read.items[0], [remark.reason for remark in read.report.remarks]

    return build


@pytest.mark.parametrize(
    ("cell", "number"),
    [("58 ", "58"), ("1.800 lượt", "1800"), ("2,5", "2.5"), (12, "12"), (0.1 + 0.2, "0.3"), ("01 báo cáo", "1")],
)
def test_numbers_are_read_as_written(line, cell, number):
    item, _remarks = line(quantity=cell)
    assert item["quantity"] == Decimal(number)


@pytest.mark.parametrize(
    "cell", ["2-3 lần/tuần", "phát sinh", "1 triệu", "2 nghìn lượt", "10k", "(5)", "(1.200)", "5-"]
)
def test_a_quantity_that_is_no_number_becomes_the_frequency(line, cell):
    item, remarks = line(quantity=cell)
    assert (item["quantity"], item["frequency"]) == (None, cell)
    assert cell in remarks[0]


@pytest.mark.parametrize("cell", ["khoảng 30", "12 (dự kiến)", "≥ 5 cuộc"])
def test_words_around_a_quantity_are_kept_in_the_note_and_said(line, cell):
    item, remarks = line(quantity=cell)
    assert item["quantity"] is not None
    assert cell in item["note"]
    assert len(remarks) == 1 and cell in remarks[0]


@pytest.mark.parametrize("cell", ["12 văn bản/năm", "12 văn bản / 1 năm", "12 văn bản"])
def test_what_is_counted_in_a_year_is_the_measure(line, cell):
    item, remarks = line(quantity=cell)
    assert (item["quantity"], item["measure"], item["note"]) == (12, "văn bản", "")
    assert remarks == []


def test_a_quantity_that_is_no_number_goes_to_the_note_where_a_frequency_stands(line):
    item, remarks = line(quantity="phát sinh", frequency="Hằng tháng", note="xem lại")
    assert item["frequency"] == "Hằng tháng"
    assert item["note"].startswith("xem lại; ")
    assert item["note"].endswith("phát sinh")
    assert len(remarks) == 1


def test_a_quantity_with_a_period_keeps_its_words_and_is_remarked_on(line):
    item, remarks = line(quantity="02 lần/tháng")
    assert (item["quantity"], item["frequency"]) == (2, "02 lần/tháng")
    assert len(remarks) == 1


def test_a_unit_beside_the_quantity_becomes_the_measure(line):
    item, remarks = line(quantity="1.800 lượt")
    assert (item["measure"], remarks) == ("lượt", [])


def test_a_date_is_no_quantity_and_a_good_deadline(line):
    item, remarks = line(quantity=date(2026, 3, 2), deadline=date(2026, 6, 15))
    assert (item["quantity"], item["frequency"], item["deadline"]) == (None, "02/03/2026", "15/06/2026")
    assert len(remarks) == 1


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"quantity": -5}, "-5"),
        ({"quantity": "-3 lượt"}, "-3 lượt"),
        ({"quantity": 20260115}, "20260115"),
        ({"points": "-100"}, "-100"),
        ({"coefficient": -1.2}, "-1.2"),
        ({"quantity": "1,200"}, "1,200"),
        ({"points": "1,000"}, "1,000"),
    ],
)
def test_a_number_that_can_hardly_be_meant_is_taken_and_remarked_on(line, cells, words):
    item, (remark,) = line(**cells)
    (name,) = cells
    assert item[name] is not None
    assert words in remark


@pytest.mark.parametrize("cells", [{"quantity": 0}, {"quantity": "1,5"}, {"quantity": 1.2}, {"coefficient": "1,125"}])
def test_a_usual_number_needs_no_remark(line, cells):
    assert line(**cells)[1] == []


@pytest.mark.parametrize("dash", ["-", "–", "…", "....", "/"])
def test_a_dash_in_a_column_of_numbers_is_an_empty_cell(line, dash):
    item, remarks = line(quantity=dash, tier=dash, points=dash, coefficient=dash)
    assert {name for name in FIELDS if item[name] not in (None, "", False)} == {"task"}
    assert remarks == []


@pytest.mark.parametrize("points", [-5, 10**9, 2.5])
def test_strange_points_are_kept_for_the_checks_to_judge(line, points):
    assert line(points=points)[0]["points"] == Decimal(str(points))


@pytest.mark.parametrize("points", ["51-100", "theo quy định", 1e300])
def test_points_that_are_no_number_are_kept_in_the_note(line, points):
    item, remarks = line(points=points)
    assert item["points"] is None
    assert item["note"]
    assert len(remarks) == 1


def test_a_coefficient_with_a_decimal_point_is_never_thousands(line):
    assert line(coefficient="1.125")[0]["coefficient"] == Decimal("1.125")


def test_a_tier_nobody_knows_is_kept_in_the_note(line):
    item, remarks = line(tier="Đặc thù")
    assert item["tier"] is None
    assert "Đặc thù" in item["note"]
    assert "Đặc thù" in remarks[0]


def test_points_in_the_tier_column_are_points(line):
    item, remarks = line(tier=120)
    assert (item["tier"], item["points"], remarks) == (2, 120, [])
    assert line(tier="Mức 2 (120)", points=150)[0]["points"] == 150


TIERS = {
    "phu_luc_3": {
        "3": 3, "Mức 3": 3, "N3": 3, "Nhóm 3": 3, "Nhóm N3": 3, "Mức III": 3, "Mức 2 (120)": 2, "Khó": 3,
        "Khó, phức tạp": 3, "Mức 3: Khó": 3, "RẤT KHÓ": 4, "Thường xuyên, định kỳ (chuẩn)": 1, "150 điểm": 3,
        "5": None, "N5": None, "Mức 2-3": None, "Khó, quan trọng": None, "xyz": None, "": None,
        "Dễ": 1, "dễ": 1, "Đơn giản": 1, "Trung bình": 2, "TB": 2, "Vừa": 2, "Cực khó": 4, "Đặc biệt phức tạp": 4,
        "M1": 1, "M 4": 4, "Mức độ khó 3": 3, "Độ khó: 2": 2, "Loại I": 1, "Loại IV": 4, "Bậc 3": 3, "Cấp độ II": 2,
        "Mức 01": 1, "03": 3, "2.0": 2, "2,0": 2, "Mức hai": 2, "Mức bốn": 4, "Dễ, định kỳ": 1, "Mức 1 - Dễ": 1,
        "Mức 3 - Dễ": None, "ba": None, "-1": None, "−2": None, "-3 điểm": None, "0": None, "2.5": None, "M6": None,
        "Rất dễ": None, "Bình thường": None, "Tương đối khó": None, "Dễ/Khó": None, "A": None, "Cao": None,
        "Mức dễ": 1, "Mức khó": 3, "Mức độ khó": 3, "Mức độ: Rất khó": 4, "Loại trung bình": 2, "Mức lạ": None,
        "Easy": 1, "Medium": 2, "Very difficult": 4,
    },
    "khung_xa": {
        "N4": 4, "Nhóm N2 (11–50 điểm)": 2, "11-50": 2, "51 – 100": 3, "120": None,
        "Dễ": None, "Trung bình": None, "M2": 2,
    },
    "so_tay_bnv": {"5": 5, "N5": 5, "Mức năm": 5, "Khó": None},
}  # fmt: skip


@pytest.mark.parametrize(
    ("edition", "word", "level"), [(edition, *case) for edition, cases in TIERS.items() for case in cases.items()]
)
def test_tier_words_of_the_edition_and_general_ones(edition, word, level):
    assert tier_word(word, guidance.get(edition)).level == level


@pytest.mark.parametrize("edition", guidance.editions())
def test_every_label_of_every_edition_names_its_own_tier(edition):
    scale = guidance.get(edition)
    for tier in scale.tiers:
        for word in (tier.label_vi, tier.label_en, *tier.words):
            assert tier_word(word, scale).level == tier.level


def test_text_is_composed_and_its_spaces_plain(line):
    item, _remarks = line(task=unicodedata.normalize("NFD", "Đảng\u00a0ủy  họp\nđịnh kỳ"))
    assert item["task"] == "Đảng ủy họp định kỳ"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_kpicat_writes_is_known_when_it_comes_back(language):
    resolve_with(lambda: language)
    try:
        for name in FIELDS:
            named = fields_named(field_label(name))
            assert min(named, key=named.get) == name
        for name in ("converted_quantity", "converted_points", "source_file", "source_sheet", "source_row"):
            assert fields_named(field_label(name)) == {IGNORED: 0}
    finally:
        resolve_with(lambda: None)
