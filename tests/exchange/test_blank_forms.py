"""A blank form that a unit has filled in comes back without a question, and without its example."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import openpyxl
import pytest

from kpicat import guidance, language
from kpicat.convert import converted
from kpicat.exchange import read
from kpicat.exchange.documents import libreoffice
from kpicat.exchange.forms import blank as document
from kpicat.exchange.workbook import blank as sheet
from kpicat.labels import field_label
from kpicat.model import items_frame
from tests.exchange import office

EDITIONS = pytest.mark.parametrize("edition", guidance.editions().values(), ids=lambda edition: edition.id)
SPOKEN = pytest.mark.parametrize("spoken", language.LANGUAGES)
ROWS = [
    {"code": "KT.1", "task": "Tiếp công dân", "product": "Biên bản", "measure": "cuộc", "quantity": Decimal("12.5")},
    {"task": "=1+1", "product": "Báo cáo", "quantity": Decimal(1200), "deadline": "Ngày 5", "note": "@x"},
    {"task": "Ví trí thứ ba", "product": "Kế hoạch", "responsible": "Trần Văn Mẫu"},
]


def graded(edition):
    """The rows, with a tier where tiers are marks, else with points."""
    tiers = [edition.tiers[0], edition.tiers[-1], edition.tiers[1]]
    own = [{"tier": tier.level} if edition.has_marks else {"points": tier.highest} for tier in tiers]
    return [row | more for row, more in zip(ROWS, own, strict=True)]


@EDITIONS
@SPOKEN
def test_an_empty_form_holds_no_line(edition, spoken, monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: spoken)
    for content, name in ((sheet.blank(edition), "x.xlsx"), (document.blank(edition), "x.docx")):
        found = read(content, name, edition)
        assert found.items == [] and found.report.remarks == []
        assert len([left for left in found.report.left_out if left.row]) == 1, "the example"


def filled_in(edition, rows):
    """The blank workbook as a program leaves it that types into cells and computes nothing."""
    book = openpyxl.load_workbook(io.BytesIO(sheet.blank(edition, unit="Phòng Kinh tế")))
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[6]}
    for number, row in enumerate(rows, start=8):
        for name, value in row.items():
            cell = page.cell(number, columns[field_label(name)])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def said(found, rows):
    return [{name: item[name] for name in row} for item, row in zip(found.items, rows, strict=True)]


KINDS = ("xlsx", "ods", "xls")


def saved_again():
    """Each edition's workbook, filled in, as LibreOffice saves it in each kind of file."""
    editions = guidance.editions().values()
    filled = [(filled_in(edition, graded(edition)), ".xlsx") for edition in editions]
    return {
        (edition.id, kind): content
        for kind in KINDS
        for edition, content in zip(editions, office.converted(filled, kind), strict=True)
    }


@pytest.mark.skipif(not libreoffice.program(), reason="LIBREOFFICE IS MISSING: the blank workbook was NOT filled in")
@pytest.mark.parametrize("kind", KINDS)
@EDITIONS
def test_a_filled_workbook_comes_back_with_its_numbers_computed_however_it_was_saved(edition, kind, once):
    rows = graded(edition)
    found = read(once(saved_again)[edition.id, kind], f"x.{kind}", edition)
    assert found.report.remarks == []
    assert said(found, rows) == rows
    table = converted(items_frame(found.items), edition)
    assert [item["coefficient"] for item in found.items] == list(table["coefficient"])
    assert [item["tier"] for item in found.items] == list(table["tier"])
    (titles,) = found.report.titles.values()
    assert titles[1].endswith(": Phòng Kinh tế")


@EDITIONS
def test_what_was_typed_into_the_form_comes_back_also_where_nothing_was_computed(edition):
    rows = graded(edition)
    found = read(filled_in(edition, rows), "x.xlsx", edition)
    assert said(found, rows) == rows
    assert found.report.remarks, "that the formulas have no stored values"
    assert len([left for left in found.report.left_out if left.row]) == 1, "the example"


@EDITIONS
def test_a_filled_document_comes_back(edition):
    form = docx.Document(io.BytesIO(document.blank(edition)))
    table = form.tables[-1]
    place = {cell.text: n for n, cell in enumerate(table.rows[0].cells)}
    rows = graded(edition)
    for line, row in zip(table.rows[2:], rows, strict=False):
        for name, value in row.items():
            line.cells[place[field_label(name)]].text = (
                str(value) if isinstance(value, str) else str(value).replace(".", ",")
            )
    content = io.BytesIO()
    form.save(content)
    found = read(content.getvalue(), "x.docx", edition)
    assert [{name: item[name] for name in row} for item, row in zip(found.items, rows, strict=True)] == rows
    assert found.report.remarks == []


def test_the_workbook_offers_what_the_scale_has():
    marks, frames = guidance.get("phu_luc_3"), guidance.get("khung_xa")
    for edition, column, formula in ((marks, "tier", '"1,2,3,4"'), (frames, "points", "1.0")):
        page = openpyxl.load_workbook(io.BytesIO(sheet.blank(edition))).worksheets[0]
        where = next(cell.column_letter for cell in page[6] if cell.value == field_label(column))
        rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
        assert rules[f"{where}8"].formula1 == formula
        assert page.freeze_panes == "A7" and page.print_title_rows == "$6:$6"
        assert str(page.cell(8, 1).value).startswith("=IF(")
