"""Whatever the bytes: items or one sentence; whatever the tables: each row accounted for, alike in every format."""

import io
import zipfile
from collections import Counter

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import no_progress, read
from kpicat.exchange.documents import joining
from kpicat.exchange.documents.parts import Paragraph, Table
from kpicat.exchange.documents.reading import read_parts
from kpicat.exchange.tables.grid import Merge, text_of
from tests.exchange.found import taken_or_refused

SCALE = guidance.get("phu_luc_3")
HEADINGS = ["STT", "Mã CV", "Nhiệm vụ", "Sản phẩm", "Nhóm", "Điểm", "Số lượng", "Phòng, ban", "Ghi chú"]
CELLS = st.sampled_from(
    ["", "", " ", "I", "1", "1.1", "2", "(1)", "N1", "Tổng cộng", "Nơi nhận:", "CÔNG TÁC ĐẢNG", "Phòng Kinh tế",
     "Tiếp công dân", "Báo cáo tháng", "STT", "Nhiệm vụ", "Điểm", "100", "2-3 lần", "x", "-"]
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=9)
PARAGRAPHS = st.sampled_from(["", "I. VĂN PHÒNG", "1. Công tác Đảng", "(tiếp theo)", "Kính gửi: …", "A. KHỐI", "2"])


@st.composite
def documents(draw):
    parts = []
    head = draw(st.permutations(HEADINGS))[: draw(st.integers(2, 9))]
    for number in range(draw(st.integers(1, 6))):
        parts += [Paragraph(text) for text in draw(st.lists(PARAGRAPHS, max_size=2))]
        rows = [[cell or None for cell in row] for row in draw(ROWS)]
        if draw(st.booleans()):
            rows.insert(0, list(head))
        corner = st.integers(0, 9)
        drawn = draw(st.lists(st.tuples(corner, corner, corner, corner), max_size=2))
        merges = [Merge(min(a, c) + 1, min(b, d), max(a, c) + 1, max(b, d)) for a, b, c, d in drawn]
        parts.append(Table(str(number + 1), rows, merges, page=draw(st.sampled_from([0, 0, number + 1]))))
    return parts


@given(documents())
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_every_row_of_every_table_is_an_item_or_is_left_out_with_a_reason(parts):
    tables = joining.joined(parts, SCALE)
    given_rows = sum(len(part.as_sheet().rows) for part in parts if isinstance(part, Table))
    mended = sum(len(table.asides) for table in tables)
    assert sum(len(table.as_sheet().rows) for table in tables) == given_rows - mended
    try:
        found = read_parts(parts, "a.docx", SCALE, pointed={}, progress=no_progress)
    except InputError:
        return
    said = Counter([(item.source.sheet, item.source.row) for item in found.items])
    said += Counter((left.sheet, left.row) for left in found.report.left_out)
    assert all(times == 1 for times in said.values())
    for table in tables:
        if (table.name, None) in said:
            continue
        heads = [t.header_row for t in found.report.tables if t.sheet == table.name]
        rows = {r.number for r in table.as_sheet().rows if any(map(text_of, r.cells)) and r.number > heads[0]}
        further = {row for head in heads[1:] for row in range(head - 2, head + 1)}
        assert rows - further <= {row for sheet, row in said if sheet == table.name}


def small():
    document = docx.Document()
    table = document.add_table(3, 3)
    texts = [["Nhiệm vụ", "Sản phẩm", "Điểm"], ["Tiếp dân", "Sổ", "100"], ["Họp", "Biên bản", "120"]]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


GOOD = small()


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=100)
def test_a_mangled_document_is_read_or_refused(changes):
    content = bytearray(GOOD)
    for place, byte in changes:
        content[place] = byte
    taken_or_refused(bytes(content), "a.docx")


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_of_mangled_xml_is_read_or_refused(data):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    name = data.draw(st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]))
    xml = parts[name]
    start = data.draw(st.integers(xml.index(b"<w:", 10), len(xml)))
    end = data.draw(st.integers(start, min(len(xml), start + 40)))
    piece = st.sampled_from(
        [
            b"",
            b"-1",
            b"99999999999",
            b'"',
            b"<",
            b"<w:tc>",
            b"</w:tr>",
            b"<w:tbl><w:tr>",
            b"&#0;",
            b'<w:gridSpan w:val="9"/>',
        ]
    )
    parts[name] = xml[:start] + data.draw(piece) + xml[end:]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as mangled:
        for part, text in parts.items():
            mangled.writestr(part, text)
    taken_or_refused(content.getvalue(), "a.docx")


@given(st.binary(max_size=200))
@settings(max_examples=150)
def test_any_bytes_in_a_page_are_read_or_refused(junk):
    taken_or_refused(b"<html><table><tr><td>" + junk + b"</td></tr></table>", "a.html")


ROUND = [
    ["STT", "Mã CV", "Nhiệm vụ", "Công việc chi tiết", "Sản phẩm đầu ra", "Đơn vị tính", "Số lượng", "Nhóm", "Điểm"],
    ["I", "", "CÔNG TÁC ĐẢNG", "", "", "", "", "", ""],
    ["1", "VP.01", "Tiếp công dân", "a) Ghi sổ;\nb) Trả lời.", "Sổ", "Lượt", "1.800", "Mức 1", "100"],
    ["2", "VP.02", "Họp giao ban", "", "Biên bản", "Biên bản", "52", "Mức 2", "120"],
    ["II", "", "CÔNG TÁC DÂN VẬN", "", "", "", "", "", ""],
    ["1", "VP.03", "Thẩm định văn bản", "Đọc; góp ý", "Công văn", "Văn bản", "30", "Mức 3", "2,5"],
    ["", "", "Tổng cộng", "", "", "", "", "", "222,5"],
]


def as_xlsx():
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in ROUND:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def as_docx():
    document, content = docx.Document(), io.BytesIO()
    table = document.add_table(len(ROUND), len(ROUND[0]))
    for row, cells in zip(table.rows, ROUND, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(content)
    return content.getvalue()


def as_html():
    rows = ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROUND)
    return f'<meta charset="utf-8"><table>{"".join(rows)}</table>'.replace("\n", "<br>").encode()


@pytest.mark.parametrize(("build", "name"), [(as_docx, "a.docx"), (as_html, "a.html")])
def test_a_catalogue_gives_the_same_items_from_every_format(build, name):
    expected, found = read(as_xlsx(), "a.xlsx", SCALE), read(build(), name, SCALE)
    assert [item.values for item in found.items] == [item.values for item in expected.items]
    assert [item.source.row for item in found.items] == [item.source.row for item in expected.items]
    assert [(left.row, left.reason) for left in found.report.left_out] == [
        (left.row, left.reason) for left in expected.report.left_out
    ]
