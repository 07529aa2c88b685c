"""How long bringing a file in takes, and what it holds meanwhile; run by ``make bench``."""

from __future__ import annotations

import csv
import io

import pytest
import xlsxwriter

from kpicat import guidance
from kpicat.convert import converted
from kpicat.exchange import read
from kpicat.exchange.read_many import Sent, read_many
from kpicat.model import items_frame
from tests.benchmarks.clock import COMPUTED
from tests.benchmarks.peak import ON_LINUX, ROOT, peak
from tests.exchange.other_formats import ods, ods_table, xls, xlsb, xml_2003, xml_row, zipped

pytestmark = COMPUTED

REAL = ROOT.parent / "shared" / "real" / "nghia-lam.xlsx"
HEADINGS = ["STT", "Mã CV", "Phòng, ban", "Nhiệm vụ", "Công việc chi tiết", "Sản phẩm đầu ra", "Đơn vị tính",
            "Số lượng", "Thời hạn hoàn thành", "Nhóm", "Điểm", "Ghi chú"]  # fmt: skip


def rows(count: int) -> list[list[object]]:
    """A catalogue of 12 columns, numbers as numbers and as text."""
    return [
        ["DANH MỤC SẢN PHẨM/CÔNG VIỆC"], [], [], list(HEADINGS),
        *(
            [
                n + 1, f"VP.{n:05}", f"Phòng số {n % 20}",
                f"Tham mưu ban hành kế hoạch triển khai nhiệm vụ số {n} của Ban Thường vụ",
                f"Rà soát nhiệm vụ cấp trên giao; xác định trọng tâm {n}", "Kế hoạch/báo cáo", "Văn bản",
                f"{n % 50} lượt" if n % 2 else n % 50, "Trước ngày 20 hằng tháng", f"Mức {n % 4 + 1}",
                (100, 120, 150, 200)[n % 4], "" if n % 3 else "Ghi chú",
            ]
            for n in range(count)
        ),
    ]  # fmt: skip


def workbook(count: int) -> bytes:
    """The same as .xlsx."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh mục")
        for n, cells in enumerate(rows(count)):
            sheet.write_row(n, 0, cells)
    return content.getvalue()


def as_text(count: int) -> bytes:
    """The same as .csv."""
    text = io.StringIO()
    csv.writer(text).writerows(rows(count))
    return text.getvalue().encode()


MADE = {
    "xls": lambda count: xls({"DM": rows(count)}),
    "xlsb": lambda count: xlsb({"DM": rows(count)}),
    "ods": lambda count: ods(ods_table(rows(count))),
    "xml": lambda count: xml_2003("".join(map(xml_row, rows(count)))),
    "csv": as_text,
}


@pytest.mark.skipif(not REAL.exists(), reason="the real workbook is kept beside the project")
def test_a_real_workbook_is_read_and_converted_in_half_a_second(benchmark, bounded):
    content, scale = REAL.read_bytes(), guidance.get("khung_xa")
    table = benchmark(lambda: converted(items_frame(read(content, REAL.name, scale).items), scale))
    assert len(table) == 371
    bounded(benchmark.stats.stats.median, 0.5)


@pytest.mark.parametrize(("count", "seconds"), [(2_000, 1), (20_000, 3), (199_000, 30)])
def test_rows_are_read_in_time_that_grows_with_them(benchmark, count, seconds, bounded):
    content, scale = workbook(count), guidance.get("phu_luc_3")
    found = benchmark.pedantic(read, (content, "a.xlsx", scale), rounds=3 if count < 100_000 else 1)
    assert len(found.items) == count
    bounded(benchmark.stats.stats.median, seconds)


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize(("count", "seconds"), [(2_000, 1), (20_000, 5)])
def test_rows_of_every_kind_are_read_in_time(benchmark, kind, count, seconds, bounded):
    content, scale = MADE[kind](count), guidance.get("phu_luc_3")
    found = benchmark.pedantic(read, (content, f"a.{kind}", scale), rounds=3)
    assert len(found.items) == count
    bounded(benchmark.stats.stats.median, seconds)


@pytest.mark.parametrize(("count", "seconds"), [(1_000, 1), (10_000, 8)])
def test_many_tables_of_one_sheet_are_read_in_time_that_grows_with_them(benchmark, count, seconds, bounded):
    lines = rows(count)[4:]
    above = ([["Biểu"], [], HEADINGS], [["Biểu"], [], [*HEADINGS[:5], HEADINGS[6], HEADINGS[5], *HEADINGS[7:]]])
    tables = (above[n % 2] + lines[10 * n : 10 * n + 10] for n in range(count // 10))
    content, scale = ods(ods_table([row for table in tables for row in table])), guidance.get("phu_luc_3")
    found = benchmark.pedantic(read, (content, "a.ods", scale), rounds=1)
    assert len(found.items) == count and len(found.report.tables) == count // 10
    bounded(benchmark.stats.stats.median, seconds)


def test_a_sheet_as_wide_as_is_taken_is_read_in_time(benchmark, bounded):
    words = ["kiểm", "tra", "giám", "sát", "văn", "bản", "hồ", "sơ", "tổng", "hợp", "báo"]
    headings = [f"{HEADINGS[n % 12]} {words[n % 11]} {words[n % 7]}" for n in range(995)] + ["Nhiệm vụ"]
    content = ods(ods_table([headings, *([f"Việc số {n}"] * len(headings) for n in range(30))]))
    found = benchmark.pedantic(read, (content, "a.ods", guidance.get("phu_luc_3")), rounds=1)
    assert len(found.items) == 30
    bounded(benchmark.stats.stats.median, 5)


def test_fifty_files_of_a_zip_are_read_in_time(benchmark, bounded):
    content = zipped({f"Phòng {n}.xls": MADE["xls"](300) for n in range(50)})
    sent = [Sent("cac-don-vi.zip", lambda: content)]
    found = benchmark.pedantic(read_many, (sent, guidance.get("phu_luc_3")), rounds=3)
    assert sum(len(read.items) for read in found.reads) == 15_000
    bounded(benchmark.stats.stats.median, 6)


@ON_LINUX
@pytest.mark.parametrize("kind", ["xlsx", *MADE])
def test_twenty_thousand_rows_take_at_most_500_mb(tmp_path, kind, bounded):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(workbook(20_000) if kind == "xlsx" else MADE[kind](20_000))
    bounded(peak(path, 20_000), 500, "MB")
