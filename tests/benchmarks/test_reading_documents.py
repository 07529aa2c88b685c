"""How long bringing a document in takes, and what it holds meanwhile; run by ``make bench``."""

from __future__ import annotations

import io
import zipfile

import pytest

from kpicat import guidance
from kpicat.exchange import read
from kpicat.exchange.documents import libreoffice
from tests.benchmarks.clock import COMPUTED
from tests.benchmarks.peak import ON_LINUX, peak

pytestmark = COMPUTED

SCALE = guidance.get("phu_luc_3")
HEADINGS = ["STT", "Mã CV", "Phòng, ban", "Nhiệm vụ", "Công việc chi tiết", "Sản phẩm đầu ra", "Đơn vị tính",
            "Số lượng", "Thời hạn hoàn thành", "Nhóm", "Điểm", "Ghi chú"]  # fmt: skip
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FORM = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="24"/></w:rPr>'


def line(n):
    return [
        str(n + 1), f"VP.{n:05}", f"Phòng số {n % 20}", f"Tham mưu ban hành kế hoạch triển khai nhiệm vụ số {n}",
        f"Rà soát nhiệm vụ cấp trên giao; xác định trọng tâm {n}", "Kế hoạch/báo cáo", "Văn bản", str(n % 50 + 1),
        "Trước ngày 20 hằng tháng", f"Mức {n % 4 + 1}", str((100, 120, 150, 200)[n % 4]), "" if n % 3 else "Ghi chú",
    ]  # fmt: skip


def document(count, tables=1):
    """A Word file as Word writes it: properties and fonts on every cell and run."""

    def row(texts):
        cells = (
            f'<w:tc><w:tcPr><w:tcW w:w="1200" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>{FORM}'
            f'</w:pPr><w:r w:rsidRPr="00A77B3E">{FORM}<w:t>{text}</w:t></w:r></w:p></w:tc>'
            for text in texts
        )
        return f'<w:tr w:rsidR="00A77B3E"><w:trPr/>{"".join(cells)}</w:tr>'

    grid = "<w:tblGrid>" + '<w:gridCol w:w="1200"/>' * len(HEADINGS) + "</w:tblGrid>"
    each = count // tables
    body = "".join(
        f"<w:p><w:r><w:t>{part + 1}. Công tác số {part}</w:t></w:r></w:p><w:tbl><w:tblPr/>{grid}{row(HEADINGS)}"
        f"{''.join(row(line(n)) for n in range(part * each, (part + 1) * each))}</w:tbl>"
        for part in range(tables)
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return content.getvalue()


def page(count):
    rows = (
        "<tr>" + "".join(f"<td>{t}</td>" for t in texts) + "</tr>" for texts in [HEADINGS, *map(line, range(count))]
    )
    return f'<html><head><meta charset="utf-8"></head><body><table border="1">{"".join(rows)}</table>'.encode()


@pytest.mark.parametrize(("count", "tables", "seconds"), [(3_000, 1, 2), (3_000, 200, 4), (20_000, 1, 12)])
def test_word_files_are_read_in_time_that_grows_with_them(benchmark, count, tables, seconds, bounded):
    content = document(count, tables)
    found = benchmark.pedantic(read, (content, "a.docx", SCALE), rounds=3 if count < 10_000 else 1)
    assert len(found.items) == count
    bounded(benchmark.stats.stats.median, seconds)


@ON_LINUX
def test_a_word_file_of_twenty_thousand_rows_takes_at_most_500_mb(tmp_path, bounded):
    path = tmp_path / "a.docx"
    path.write_bytes(document(20_000))
    bounded(peak(path, 20_000), 500, "MB")


def test_a_page_of_3000_rows_is_read_in_two_seconds(benchmark, bounded):
    found = benchmark.pedantic(read, (page(3_000), "a.html", SCALE), rounds=3)
    assert len(found.items) == 3_000
    bounded(benchmark.stats.stats.median, 2)


@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("kind", "seconds"), [("doc", 20), ("pdf", 40)])
def test_300_rows_of_an_older_document_or_a_pdf_are_read_in_seconds(benchmark, kind, seconds, bounded):
    text = libreoffice.converted(page(300), ".html", lambda: None, to="odt")
    content = libreoffice.converted(text, ".odt", lambda: None, to=kind)
    found = benchmark.pedantic(read, (content, f"a.{kind}", SCALE), rounds=1)
    assert len(found.items) >= 300
    bounded(benchmark.stats.stats.median, seconds)
