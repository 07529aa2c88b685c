"""Files that leave have names every file system takes, and hold what the view shows."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kpicat import services
from kpicat.exchange import WRITERS
from kpicat.exchange.forms.decision import Decision
from kpicat.model import Catalogue, Reading, items_frame
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
