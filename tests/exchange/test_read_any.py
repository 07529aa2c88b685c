"""Whatever the bytes: items, or one sentence. Whatever the table: every row accounted for."""

import csv
import io
import zipfile
from collections import Counter

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import no_progress, read
from kpicat.exchange.tables.grid import Merge, Row, Sheet, text_of
from kpicat.exchange.tables.items import read_sheets
from tests.exchange.found import taken_or_refused

SCALE = guidance.get("phu_luc_3")
HEADINGS = ["STT", "Mã CV", "Nhiệm vụ", "Sản phẩm", "Công việc chi tiết", "Nhóm", "Điểm", "Số lượng", "Phòng, ban",
            "Ghi chú", "", "Nhiệm vụ"]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["", "", "", " ", "I", "II", "A", "1", "1.1", "2", "(1)", "(2)", "(3)", "N1", "Mức 9", "Tổng cộng", "Nơi nhận:",
         "TM. UBND", "CÔNG TÁC ĐẢNG", "Phòng Kinh tế", "Tiếp công dân", "Báo cáo tháng", "STT", "Nhiệm vụ", "Sản phẩm",
         "Điểm", "2-3 lần", "phát sinh", "x", "Ghi chú", "-", "Sản phẩm chuẩn = 5 điểm"]
    ),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.none(),
    st.text(max_size=12),
)  # fmt: skip
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=14)


@st.composite
def sheets(draw):
    head = draw(st.permutations(HEADINGS))[: draw(st.integers(2, 9))]
    body = draw(TABLES)
    rows = [Row(3, head), *(Row(4 + n, cells) for n, cells in enumerate(body))]
    corner = st.integers(0, 16)
    merges = [
        Merge(min(a, c) + 1, min(b, d), max(a, c) + 1, max(b, d))
        for a, b, c, d in draw(st.lists(st.tuples(corner, corner, corner, corner), max_size=4))
    ]
    return Sheet("S", rows, merges)


@given(sheets())
@settings(max_examples=300)
def test_every_row_is_an_item_or_is_left_out_with_a_reason(sheet):
    try:
        found = read_sheets([sheet], "a.xlsx", SCALE, pointed={}, progress=no_progress)
    except InputError:
        return
    check_account(sheet, found)


def check_account(sheet, found):
    heads = [table.header_row for table in found.report.tables]
    filled = {row.number for row in sheet.rows if any(map(text_of, row.cells)) and row.number > heads[0]}
    said = Counter([item.source.row for item in found.items] + [row.row for row in found.report.left_out])
    further = {row for head in heads[1:] for row in (head - 1, head)}
    assert all(times == 1 for times in said.values())
    assert filled - further <= said.keys() <= filled
    assert all(row.reason for row in found.report.left_out)
    assert sum(table.rows for table in found.report.tables) == len(found.items)


def workbook():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("DM")
        for row, cells in enumerate(
            [["Nhiệm vụ", "Sản phẩm", "Điểm"], ["Tiếp dân", "Sổ", 100], ["Họp", "Biên bản", 120]]
        ):
            sheet.write_row(row, 0, cells)
        sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")
    return content.getvalue()


GOOD = workbook()


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=150)
def test_a_mangled_workbook_is_read_or_refused(changes):
    content = bytearray(GOOD)
    for place, byte in changes:
        content[place] = byte
    taken_or_refused(bytes(content), "a.xlsx")


@given(st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_a_workbook_of_mangled_xml_is_read_or_refused(data):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    name = data.draw(st.sampled_from([n for n in parts if "sheet" in n or "workbook" in n or "haredStrings" in n]))
    xml = parts[name]
    start = data.draw(st.integers(0, len(xml)))
    end = data.draw(st.integers(start, min(len(xml), start + 40)))
    piece = st.sampled_from(
        [b"", b"0", b"-1", b"99999999999", b"A", b'"', b"<", b"<c>", b"<v>7</v>", b' t="s"', b"&#0;"]
    )
    parts[name] = xml[:start] + data.draw(piece) + xml[end:]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as mangled:
        for part, text in parts.items():
            mangled.writestr(part, text)
    taken_or_refused(content.getvalue(), "a.xlsx")


@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.csv", "a.tsv"]))
def test_any_bytes_are_read_or_refused(content, name):
    taken_or_refused(content, name)


@given(st.text(max_size=200), st.sampled_from([",", ";", "\t"]))
def test_any_text_under_a_header_is_read_or_refused(text, sign):
    taken_or_refused(f"Nhiệm vụ{sign}Sản phẩm{sign}Điểm\n{text}".encode(errors="ignore"), "a.csv")


@given(TABLES)
def test_every_record_of_a_text_table_is_accounted_for(body):
    text = io.StringIO()
    out = csv.writer(text)
    out.writerows([["Nhiệm vụ", "Sản phẩm", "Điểm"], *([str(c or "").replace("\0", "") for c in row] for row in body)])
    try:
        found = read(text.getvalue().encode(errors="ignore"), "a.csv", SCALE)
    except InputError:
        return
    records = csv.reader(io.StringIO(text.getvalue(), newline=""))
    check_account(Sheet("a", [Row(n, cells) for n, cells in enumerate(records, start=1)]), found)


@pytest.mark.parametrize("cut", range(0, len(GOOD), 211))
def test_a_workbook_that_breaks_off_is_refused(cut):
    with pytest.raises(InputError):
        read(GOOD[:cut], "a.xlsx", SCALE)
