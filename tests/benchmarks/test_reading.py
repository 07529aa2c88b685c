"""How long bringing a file in takes, and what it holds meanwhile; run by ``make bench``."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from kpicat import guidance
from kpicat.convert import converted
from kpicat.exchange import read
from kpicat.model import items_frame

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real" / "nghia-lam.xlsx"
HEADINGS = ["STT", "Mã CV", "Phòng, ban", "Nhiệm vụ", "Công việc chi tiết", "Sản phẩm đầu ra", "Đơn vị tính",
            "Số lượng", "Thời hạn hoàn thành", "Nhóm", "Điểm", "Ghi chú"]  # fmt: skip
MEASURED = """
import sys
from kpicat import guidance
from kpicat.exchange import read
content = open(sys.argv[1], "rb").read()
assert len(read(content, "a.xlsx", guidance.get("phu_luc_3")).items) == int(sys.argv[2])
# the peak of this program alone: getrusage would count that of the process it was started from
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def workbook(count: int) -> bytes:
    """A catalogue of 12 columns, numbers as numbers and as text."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh mục")
        sheet.write_row(0, 0, ["DANH MỤC SẢN PHẨM/CÔNG VIỆC"])
        sheet.write_row(3, 0, HEADINGS)
        for n in range(count):
            sheet.write_row(
                4 + n,
                0,
                [
                    n + 1, f"VP.{n:05}", f"Phòng số {n % 20}",
                    f"Tham mưu ban hành kế hoạch triển khai nhiệm vụ số {n} của Ban Thường vụ",
                    f"Rà soát nhiệm vụ cấp trên giao; xác định trọng tâm {n}", "Kế hoạch/báo cáo", "Văn bản",
                    f"{n % 50} lượt" if n % 2 else n % 50, "Trước ngày 20 hằng tháng", f"Mức {n % 4 + 1}",
                    (100, 120, 150, 200)[n % 4], "" if n % 3 else "Ghi chú",
                ],
            )  # fmt: skip
    return content.getvalue()


@pytest.mark.skipif(not REAL.exists(), reason="the real workbook is kept beside the project")
def test_a_real_workbook_is_read_and_converted_in_half_a_second(benchmark):
    content, scale = REAL.read_bytes(), guidance.get("khung_xa")
    table = benchmark(lambda: converted(items_frame(read(content, REAL.name, scale).items), scale))
    assert len(table) == 371
    assert benchmark.stats.stats.median <= 0.5


@pytest.mark.parametrize(("count", "seconds"), [(2_000, 1), (20_000, 3), (199_000, 30)])
def test_rows_are_read_in_time_that_grows_with_them(benchmark, count, seconds):
    content, scale = workbook(count), guidance.get("phu_luc_3")
    found = benchmark.pedantic(read, (content, "a.xlsx", scale), rounds=3 if count < 100_000 else 1)
    assert len(found.items) == count
    assert benchmark.stats.stats.median <= seconds


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read off Linux's /proc")
def test_twenty_thousand_rows_take_at_most_500_mb(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(20_000))
    asked = [sys.executable, "-c", MEASURED, str(path), "20000"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 500
