"""The page of approval hands the dossier over at one press: of what is submitted, or will be, and of each version."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
import streamlit as st

from kpicat.exchange.forms import pdf
from kpicat.model.approvals import Approval
from kpicat.services import View, appraising, approving
from tests.app.opening import opened
from tests.conftest import AT

ROW = {"code": "01", "task": "Tiếp công dân định kỳ", "product": "Sổ tiếp công dân", "tier": 1, "points": Decimal(100),
       "quantity": Decimal(3000), "standard_unit": True}  # fmt: skip


@pytest.fixture
def offered(monkeypatch):
    """Key -> name and content of each file that the page opened last offers."""
    found = {}
    monkeypatch.setattr(
        st, "download_button", lambda _words, *, data, file_name, key, **_more: found.update({key: (file_name, data)})
    )
    monkeypatch.setattr(pdf, "compiled", lambda *_args, **_more: b"%PDF-")
    return found


def names_in(file):
    with ThreadPoolExecutor(1) as browser:  # Streamlit makes it in a thread without a session
        content = browser.submit(file[1]).result()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.namelist()


def test_one_press_gives_the_dossier_before_and_after_it_is_approved(pages, made, offered):
    made(ROW, name="Danh mục xã", body="Đảng ủy xã", period="2026")
    opened("approval", "xa", state={"actor": "Lan"})
    assert offered["dossier_button"][0] == "ho-so-trinh-danh-muc-xa-2026.zip"
    assert "01-to-trinh.docx" in names_in(offered["dossier_button"])

    def view():
        return View(pages.reading("xa"))

    waived = appraising.waive(view(), view().open_findings, "Có lý do", actor="Lan", at=AT)
    pages.commit("xa", waived, actor="Lan", at=AT)
    approving.submit(pages, view(), actor="Lan", at=AT)
    decision = Approval("12-QĐ/ĐU", date(2026, 1, 5), date(2026, 2, 1), "Minh")
    approving.approve(pages, view(), decision, actor="Minh", at=AT)
    offered.clear()
    opened("approval", "xa", state={"actor": "Lan"})
    assert "dossier_button" not in offered
    assert offered["approval_file_zip"][0] == "ho-so-ban-1-danh-muc-xa-2026.zip"
    assert "01-cong-van.docx" in names_in(offered["approval_file_zip"])
