"""What kpicat wrote it reads back: every line, every field, whatever people typed."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicat import criteria, guidance, language
from kpicat.convert import converted
from kpicat.errors import InputError
from kpicat.exchange import outgoing, read, write, write_text
from kpicat.exchange.tables.values import PROSE
from kpicat.labels import field_label
from kpicat.model import FIELDS, Catalogue, Item, Kind, Reading, Source, items_frame
from kpicat.text.normalise import tidy

PL3, FRAMES = guidance.get("phu_luc_3"), guidance.get("khung_xa")
ODD = [
    '=HYPERLINK("http://a.vn";"x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'nháy đầu", "dòng một\ndòng hai",
    "a" * 170, '"nháy", phẩy; chấm', "x", "1,5", "1.125", "0", "I", "A", "1.1", "STT", "Ghi chú", "Sản phẩm",
    "Tổng cộng", "Cộng (I+II)", "Ví dụ: Soạn công văn", "TM. BAN THƯỜNG VỤ", "Nơi nhận:", "Trang 2/5", "VĂN PHÒNG",
    "CÔNG TÁC VĂN THƯ", "Mức 3", "100 điểm", "1/1/2026", "TRUE", "{{ x }}", "<b>đậm</b>", "😀 tiếng Việt",
]  # fmt: skip
"""What a reader of other people's files would take for a heading, a total, a signature, a formula, a number."""

TEXTS = {name: st.sampled_from(ODD) for name, field in FIELDS.items() if field.kind is Kind.TEXT}
ROWS = st.fixed_dictionaries(
    {},
    optional={
        **TEXTS,
        "quantity": st.decimals(min_value=0, max_value=99_999, places=3),
        "tier": st.integers(1, 4),
        "points": st.sampled_from([Decimal(n) for n in ("0", "1.125", "100", "120", "137.5", "200")]),
        "standard_unit": st.just(True),
    },
).filter(bool)


def reading(*rows):
    return Reading(Catalogue("c", "Danh mục"), items_frame(Item(str(n), row) for n, row in enumerate(rows)))


def shown(catalogue, edition):
    """What the files say of each line, numbers as numbers."""
    said = outgoing.shown(catalogue.items, converted(catalogue.items, edition))
    return [{name: said[name][n] for name in FIELDS} for n in range(len(catalogue.items))]


def lines(found):
    return [{name: item[name] for name in FIELDS} for item in found.items]


def in_cells(name, value):
    """A text as a table's cell gives it: no stray blanks, and lines only where sentences stand."""
    if not isinstance(value, str):
        return value
    return "\n".join(filter(None, map(tidy, value.split("\n")))) if name in PROSE else tidy(value.replace("\n", " "))


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@given(st.lists(ROWS, min_size=1, max_size=8), st.sampled_from([PL3, FRAMES]), st.sampled_from(["vi", "en"]))
@settings(max_examples=25)
def test_a_table_comes_back_line_by_line_whatever_it_says(suffix, rows, edition, spoken):
    language.resolve_with(lambda: spoken)
    try:
        catalogue = reading(*rows)
        found = read(write(catalogue, edition, suffix), f"a{suffix}", edition)
    finally:
        language.resolve_with(lambda: None)
    wanted = [{name: in_cells(name, v) for name, v in line.items()} for line in shown(catalogue, edition)]
    assert lines(found) == wanted


@pytest.mark.parametrize("spoken", ["vi", "en"])
def test_a_table_whose_headings_are_words_comes_back_line_by_line_too(spoken):
    rows = [dict.fromkeys(TEXTS, text) | {"points": Decimal("137.5")} for text in ODD]
    catalogue = reading(*rows, {"task": "Họp", "tier": 2, "quantity": Decimal("1.125"), "standard_unit": True})
    with language.speaking(spoken):
        content = write_text.csv(catalogue, PL3, worded=True)
        found = read(content, "a.csv", PL3)
        assert content.decode("utf-8-sig").startswith(f"{field_label('code')},{field_label('group')},")
    wanted = [{name: in_cells(name, v) for name, v in line.items()} for line in shown(catalogue, PL3)]
    assert lines(found) == wanted


@given(st.lists(ROWS, min_size=1, max_size=8), st.sampled_from([PL3, FRAMES]))
@settings(max_examples=25)
def test_json_comes_back_letter_by_letter(rows, edition):
    catalogue = reading(*rows)
    found = read(write(catalogue, edition, ".json"), "a.json", edition)
    assert lines(found) == shown(catalogue, edition)
    assert not found.report.left_out


def test_json_keeps_where_a_line_came_from_and_its_marks_by_criteria():
    marks = criteria.encode({"progress": Decimal(2), "scope": Decimal("3.5")})
    item = Item("a", {"task": "Họp", "criteria": marks}, Source("vp.xlsx", "DM", 7))
    catalogue = Reading(Catalogue("c", "Danh mục"), items_frame([item]))
    found = read(write(catalogue, PL3, ".json"), "a.json", PL3)
    assert found.items[0].values["criteria"] == marks
    assert found.origin(found.items[0]) == Source("vp.xlsx", "DM", 7)


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', '{"version": 2, "items": [{"task": "Họp"}]}', '{"version": 1, "items": [3]}', '{"version": 1, "items',
     '{"version": 1, "items": []}', '{"a":' * 100_000],
)  # fmt: skip
def test_json_that_is_none_of_ours_is_refused_in_a_sentence(text):
    with pytest.raises(InputError, match=r"“a\.json”"):
        read(text.encode(), "a.json", PL3)


def test_json_of_another_hand_is_read_as_far_as_it_makes_sense():
    entry = {
        "task": "Họp",
        "quantity": "12 lượt",
        "points": "abc",
        "tier": 9,
        "standard_unit": [],
        "criteria": {"a": "b"},
    }
    found = read(json.dumps({"version": 1, "items": [entry, {}]}).encode(), "a.json", PL3)
    assert found.items[0]["quantity"] == 12 and found.items[0]["points"] is None
    assert [remark.row for remark in found.report.remarks] == [1, 1]
    assert len(found.items) == 2


def test_a_row_typed_into_our_workbook_afterwards_is_read_as_in_any_other():

    book = openpyxl.load_workbook(io.BytesIO(write(reading({"task": "Họp"}, {"task": "Trực"}), PL3, ".xlsx")))
    sheet = book.worksheets[0]
    sheet.insert_rows(7)
    sheet.cell(7, 1).value, sheet.cell(7, 2).value = "II", "CÔNG TÁC TỔ CHỨC"
    content = io.BytesIO()
    book.save(content)
    found = read(content.getvalue(), "a.xlsx", PL3)
    assert [(item["task"], item["group"]) for item in found.items] == [("Họp", ""), ("Trực", "CÔNG TÁC TỔ CHỨC")]
