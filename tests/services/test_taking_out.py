"""Files that leave have names every file system takes, and hold what the view shows."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from kpicat import exchange, services
from kpicat.exchange import WRITERS
from kpicat.exchange.forms.decision import Decision
from kpicat.model import Catalogue, Comment, Item, Reading, items_frame
from kpicat.services import View


@pytest.fixture
def view(items):
    about = Catalogue("xa", "Danh mục của xã “Đông/Tây”: " + "dài " * 60, body="Đảng ủy xã", period="2026")
    return View(Reading(about, items_frame(items)))


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_name_is_plain_and_keeps_the_period_and_the_ending(view, suffix):
    for name in (
        services.file_name(view, suffix),
        services.summary_name(view),
        services.blank_name(suffix, "Phòng/Ban: A\\B"),
    ):
        stem, _dot, ending = name.rpartition(".")
        assert ending in {suffix[1:], "pdf"}
        assert stem.isascii() and stem.replace("-", "").isalnum() and len(name) < 150
    assert services.file_name(view, suffix).endswith(f"-2026{suffix}")
    assert services.summary_name(view).endswith("-2026.pdf")
    assert services.blank_name(".xlsx", "Phòng Kinh tế").endswith("-phong-kinh-te.xlsx")


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_format_is_made_with_the_decision(view, suffix):
    content = services.take_out(view, suffix, Decision(number="12-QĐ/ĐU", day=date(2026, 2, 5)))
    assert content
    if suffix == ".json":
        assert json.loads(content)["decision"]["number"] == "12-QĐ/ĐU"


def test_a_page_for_leaders_and_blank_forms_are_made(view):
    assert services.summary(view).startswith(b"%PDF")
    for suffix in (".xlsx", ".docx"):
        assert services.blank_form(view, suffix, "Phòng Kinh tế").startswith(b"PK")


KT, VP = "Phòng Kinh tế", "Văn phòng"
NOW = datetime(2026, 2, 5, tzinfo=UTC)


@pytest.fixture
def of_two_units():
    """A catalogue of two units, whose yardstick is the one's."""
    lines = [
        Item("a", {"task": "Tiếp công dân", "department": VP, "tier": 1, "standard_unit": True}),
        Item("b", {"task": "Kiểm tra thực địa", "department": KT, "tier": 3, "quantity": Decimal(4)}),
        Item("c", {"task": "Rà soát", "tier": 2}),
        Item("d", {"task": "Thẩm định hồ sơ", "department": KT, "tier": 2, "quantity": Decimal(10)}),
    ]
    said = (Comment("1", "a", "1", "của văn phòng", "me", NOW), Comment("2", "b", "2", "của kinh tế", "me", NOW))
    return View(Reading(Catalogue("xa", "Danh mục xã", period="2026"), items_frame(lines), said))


def test_a_units_part_holds_its_lines_with_what_they_come_to_in_the_whole(of_two_units):
    assert services.units(of_two_units) == [VP, KT]
    whole, part = (json.loads(services.take_out(of_two_units, ".json", unit=unit)) for unit in ("", KT))
    assert part["items"] == [line for line in whole["items"] if line["department"] == KT]
    assert [len(line["comments"]) for line in part["items"]] == [1, 0]
    assert part["catalogue"]["name"] == f"Danh mục xã – {KT}"


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_units_part_comes_back_and_names_the_yardstick_that_is_anothers(of_two_units, suffix):
    content = services.take_out(of_two_units, suffix, unit=KT)
    found = exchange.read(content, f"a{suffix}", of_two_units.guidance)
    assert [item["task"] for item in found.items] == ["Kiểm tra thực địa", "Thẩm định hồ sơ"]
    assert [str(item["quantity"]) for item in found.items] == ["4", "10"]
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        words = b"".join(map(opened.read, opened.namelist())).decode(errors="ignore")
    assert "Tiếp công dân" in words and "của văn phòng" not in words


def test_what_is_found_of_others_is_not_in_a_units_part(of_two_units):
    book = openpyxl.load_workbook(io.BytesIO(services.take_out(of_two_units, ".xlsx", unit=KT)))
    words = {str(cell) for sheet in book.worksheets[5:] for row in sheet.iter_rows(values_only=True) for cell in row}
    assert any("Thẩm định hồ sơ" in word for word in words)
    assert not any("Rà soát" in word for word in words)


def test_a_units_part_has_a_name_of_its_own(of_two_units):
    assert services.file_name(of_two_units, ".xlsx", KT) == "phong-kinh-te-danh-muc-xa-2026.xlsx"
