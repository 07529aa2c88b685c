"""Charts made by hand: one of each kind, and what is hard to draw of each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kpicat.charts.chart import Chart, Series
from kpicat.language import number, percent
from kpicat.palette import TIERS, UNTIERED, tier_colour

LONG = ("Tham mưu cấp ủy, chính quyền về công tác xây dựng Đảng, hệ thống chính trị, quốc phòng, an ninh, đối ngoại "
        "và chuyển đổi số ở địa phương, bảo đảm đúng thẩm quyền và thời hạn")[:170]  # fmt: skip
GIANT = Decimal("123456789012345.67")
UNITS = ["Văn phòng Đảng ủy", "Ban Xây dựng Đảng", "Ủy ban Mặt trận Tổ quốc", "Phòng Kinh tế", LONG]


def series(name, colour, *values, write=number):
    found = tuple(None if v is None else Decimal(v) for v in values)
    return Series(name, colour, found, tuple("–" if v is None else write(v) for v in found))


def chart(kind, categories, *drawn, key="", unit="sản phẩm/công việc", **more):
    if kind in ("stacked", "treemap"):
        more = {
            "totals": tuple(number(sum((s.values[n] or 0 for s in drawn), Decimal(0))) for n in range(len(categories)))
        } | more
    return Chart(key or kind, kind, f"Nhiều nhất là “{categories[0] if categories else ''}”, 40 % – {kind}",
                 f"Biểu đồ {kind}: có {len(categories)} mục.", tuple(categories), drawn, unit, **more)  # fmt: skip


def tiers(*rows, write=number):
    return tuple(series(f"{n}. Mức {n}", tier_colour(n), *row, write=write) for n, row in enumerate(rows, start=1))


BARS = chart("bars", ["1. Thường xuyên", "2. Tổng hợp", "3. Khó, phức tạp", "4. Rất khó"],
             replace(series("", "#888888", 40, 30, 20, 10, write=lambda n: f"{n} (40,0 %)"),
                     colours=tuple(TIERS[n] for n in range(1, 5))))  # fmt: skip
ONE_COLOUR = chart("bars", UNITS, series("", TIERS[1], 40, 20, 10, "5.5", 0), key="one", unit="đơn vị chuẩn một năm")
STACKED = chart("stacked", UNITS, *tiers((10, 4, 3, 2, 1), (5, 4, 3, 2, 1), (5, 4, 0, 2, 1), ("0.25", 4, 3, 2, 1)),
                series("Chưa xếp mức", UNTIERED, 1, 0, 0, 0, 9))  # fmt: skip
SHARES = chart("shares", UNITS, *tiers(("0.5", "0.4", "0.3", "0.25", 1), ("0.25", "0.6", "0.7", "0.25", 0),
                                       ("0.25", 0, 0, "0.5", 0), write=percent))  # fmt: skip
HEATMAP = chart("heatmap", UNITS, *tiers((10, 4, 3, 2, 1), (5, 4, 3, 2, 1), (5, 4, 0, 2, 1), (0, 4, 3, 2, 1)))
TREEMAP = chart("treemap", UNITS, *STACKED.series, unit="đơn vị chuẩn một năm", note="Diện tích là khối lượng quy đổi.")
CURVE = chart("curve", UNITS, series("Thực tế", TIERS[3], "0.05", "0.15", "0.3", "0.55", 1, write=percent),
              series("Chia đều", UNTIERED, "0.2", "0.4", "0.6", "0.8", 1, write=percent), by="Chức danh")  # fmt: skip
WATERFALL = chart("waterfall", ["Tổng cũ", "Thêm", "Bỏ", "Nâng mức", "Tổng mới"],
                  series("Tổng", "#444444", 100, None, None, None, 118),
                  series("Tăng", TIERS[1], None, 30, None, 8, None),
                  series("Giảm", TIERS[3], None, None, -20, None, None))  # fmt: skip
EMPTY = chart("bars", [], empty="Chưa có gì để vẽ: hãy thêm sản phẩm, công việc vào danh mục.", key="empty")
EACH = (BARS, ONE_COLOUR, STACKED, SHARES, HEATMAP, TREEMAP, CURVE, WATERFALL, EMPTY)


def many(kind, n=200, giant=False):
    """A chart of that kind with long names, one of them perhaps of a giant."""
    names = [f"{place} {LONG}"[:170] for place in range(1, n + 1)]
    values = [Decimal(n - place) for place in range(n)]
    if giant:
        values[0] = GIANT
    return chart(kind, names, *tiers(values, values), key=f"many-{kind}")


def one_tier(kind):
    """Everything in one tier of two."""
    return chart(kind, UNITS[:2], *tiers((3, 4), (0, 0)), key=f"one-{kind}")


def nothing(of):
    """The chart with no number above nothing."""
    return replace(of, series=tuple(replace(s, values=tuple(None for _v in s.values)) for s in of.series))
