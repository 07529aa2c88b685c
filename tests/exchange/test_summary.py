"""The page for leaders: one page, whatever the catalogue, whose titles say what its charts show."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal

import pytest

from kpicat import checks, guidance, language
from kpicat.exchange.forms.summary import summary
from kpicat.language import _, number, percent
from kpicat.model import Catalogue, Finding, Item, Level, Reading, items_frame

PL3 = guidance.get("phu_luc_3")
PDFTOTEXT, PDFINFO = shutil.which("pdftotext"), shutil.which("pdfinfo")
pytestmark = pytest.mark.skipif(
    not (PDFTOTEXT and PDFINFO), reason="POPPLER IS MISSING: what the summary says was NOT looked at"
)


def reading(*rows, name="Danh mục"):
    return Reading(Catalogue("c", name, "Đảng ủy xã", "2026"), items_frame(Item(str(n), r) for n, r in enumerate(rows)))


def words(content):
    told = subprocess.run([PDFTOTEXT, "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def pages(content):
    told = subprocess.run([PDFINFO, "-"], input=content, capture_output=True, check=True).stdout.decode()
    return int(next(line for line in told.splitlines() if line.startswith("Pages")).split()[1])


LONG = "Công tác tổng hợp, tham mưu và phục vụ hoạt động của cấp ủy, chính quyền và các đoàn thể ở địa phương " * 3
ROWS = [
    {
        "code": f"CV.{n}", "task": f"{LONG} {n}", "department": f"{LONG} {n % 30}", "group": f"{n % 25} {LONG}",
        "tier": n % 5 or None, "quantity": Decimal(10**9 + n), "standard_unit": n == 1,
    }
    for n in range(200)
]  # fmt: skip


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("edition", guidance.editions().values(), ids=lambda edition: edition.id)
def test_it_is_one_page_however_long_the_names_and_large_the_numbers(edition, spoken, monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: spoken)
    made = reading(*({**row, "points": edition.tiers[n % len(edition.tiers)].lowest} for n, row in enumerate(ROWS)),
                   name=LONG[:200])  # fmt: skip
    assert pages(summary(made, edition, checks.run(made.items, edition))) == 1


@pytest.mark.parametrize(
    "rows", [[], [{}], [{"task": "a"}], [{"task": "a", "tier": 2}], [{"quantity": Decimal(-3), "tier": 1}]]
)
def test_an_unfinished_catalogue_has_a_page_too(rows):
    assert pages(summary(reading(*rows), PL3, [])) == 1


def test_the_figures_are_the_catalogues():
    rows = [
        {
            "code": "A",
            "task": "một",
            "tier": 1,
            "quantity": Decimal(30),
            "department": "Văn phòng",
            "standard_unit": True,
        },
        {"code": "B", "task": "hai", "tier": 3, "quantity": Decimal(40), "department": "Ban Xây dựng Đảng"},
        {"task": "ba", "department": "Văn phòng"},
    ]
    text = words(summary(reading(*rows), PL3, [Finding("c", Level.ERROR, "0", "", "x", "y")]))
    for said in (
        number(Decimal("90")),  # 30 × 1 + 40 × 1.5
        f"{number(60)} ({percent(Decimal(2) / 3)})",
        "A – một",
        "“Ban Xây dựng Đảng”",
        _("No tier yet"),
    ):
        assert " ".join(said.split()) in text, said


def test_what_people_typed_is_never_markup():
    nasty = "#strong[x] $y$ <w:p> {{ 7*7 }} \\"
    text = words(summary(reading({"task": nasty, "tier": 1, "quantity": Decimal(1)}, name=nasty), PL3, []))
    assert text.count(nasty) >= 2


def test_no_one_of_several_equals_is_said_to_have_most():
    equal = [{"task": f"Việc {n}", "tier": n % 2 + 1, "department": "ABC"[n % 3], "quantity": Decimal(6 - n % 2)}
             for n in range(12)]  # fmt: skip
    equal = [{**row, "quantity": Decimal(6) if row["tier"] == 1 else Decimal(5)} for row in equal]
    text = words(summary(reading(*equal), PL3, []))
    others = "(và {n} mục khác cũng vậy)"
    assert text.count(others.format(n=1)) == 2  # tiers by count and by converted quantity: 6 × 6 × 1 = 6 × 5 × 1.2
    assert text.count(others.format(n=2)) == 1  # departments
    assert "Còn 4" in text  # beside the eight heaviest of twelve equals
