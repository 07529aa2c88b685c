"""What is taken away of results says the catalogue's own numbers, to the last digit, whatever the format."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from kpicat import services
from kpicat.convert import total
from kpicat.language import _, number
from kpicat.model import Catalogue, Item, Reading, items_frame
from kpicat.services import View, results_out
from kpicat.services.results import Filter, Moment, part_of
from kpicat.services.results_since import since
from tests.exchange.results import looked_at
from tests.exchange.results.made import GIANT, LONG

DAY = date(2026, 11, 23)
AGAINST = Moment("month", "30 ngày trước", 1)


def view(*rows, name="Danh mục xã An Bình"):
    items = items_frame(Item(str(n), row) for n, row in enumerate(rows))
    return View(Reading(Catalogue("xa", name, "Đảng ủy xã An Bình", "2026"), items))


def row(n, **more):
    return {
        "code": f"CV.{n}", "task": f"Tham mưu kế hoạch số {n}", "product": "Kế hoạch", "department": f"Phòng {n % 3}",
        "group": f"Nhóm {n % 2}", "position": f"Chức danh {n % 4}", "tier": n % 4 + 1,
        "quantity": Decimal(n) + Decimal("0.1"), **more,
    }  # fmt: skip


USUAL = [row(n) for n in range(1, 31)]
CASES = {
    "usual": USUAL,
    "no items": [],
    "one item": USUAL[:1],
    "all in one tier": [{**each, "tier": 2} for each in USUAL],
    "no quantities": [{**each, "quantity": None} for each in USUAL],
    "one giant": [{**USUAL[0], "quantity": GIANT}, *USUAL[1:]],
    "200 departments of 170 letters": [row(n, department=f"{n} {LONG}"[:170], task=LONG) for n in range(200)],
}
EACH = pytest.mark.parametrize("rows", CASES.values(), ids=CASES)


def exported(of):
    """What the Excel export of the catalogue has as totals: items, and converted quantity."""
    content = io.BytesIO(services.take_out(of, ".xlsx"))
    book = openpyxl.load_workbook(content, read_only=True, data_only=True)
    last = [*book[_("By tier")].iter_rows(min_row=4, max_row=30, values_only=True)]
    return next((line[2], line[4]) for line in last if line[0] == _("Total"))


def digits(value):
    """A number in as many digits as Excel keeps."""
    return f"{float(value):.15g}"


@EACH
def test_every_format_says_the_totals_of_the_excel_export_and_nothing_overlaps(rows):
    of = view(*rows)
    part = part_of(of, Filter())
    work = part.figures.converted_total
    assert exported(of) == (len(rows), pytest.approx(float(work), rel=1e-15))
    book = openpyxl.load_workbook(io.BytesIO(results_out.numbers(part, day=DAY)), read_only=True, data_only=True)
    front = {line[0].value: line[1].value for line in book.worksheets[0].iter_rows(min_row=4, max_row=8)}
    assert front[_("Items")] == len(rows)
    assert digits(front[_("Converted quantity")]) == digits(work)
    totals = [line[-1] for sheet in book.worksheets[1:] for line in sheet.values if line[0] == _("Total")]
    assert not work or digits(work) in {digits(whole) for whole in totals if whole is not None}

    content = results_out.report(part, day=DAY)
    assert 2 <= len(looked_at.pages(content)) <= 4
    assert looked_at.run_into_each_other(content) == []
    said = looked_at.text(content)
    deck = Presentation(io.BytesIO(results_out.slides(part, day=DAY)))
    figures = deck.slides[1].notes_slide.notes_text_frame.text
    for value in (part.figures.items, work):
        assert number(value) in said and number(value) in figures


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "task": st.just("Tham mưu kế hoạch"),
            "department": st.sampled_from(["", "Văn phòng", "Phòng Kinh tế"]),
            "position": st.sampled_from(["", "Chuyên viên", "Trưởng phòng"]),
            "tier": st.none() | st.integers(1, 4),
            "quantity": st.none() | st.decimals(0, 10**6, places=3),
        }
    ),
    max_size=12,
)


def in_all(part):
    """Items and converted total as each format says them, digits as in the file.

    The page, report and slides write them in words, the workbooks and tables as numbers.
    """
    of = part.view
    whole = part.figures.converted_total
    book = openpyxl.load_workbook(io.BytesIO(results_out.numbers(part, day=DAY)), read_only=True, data_only=True)
    front = {line[0].value: line[1].value for line in book.worksheets[0].iter_rows(min_row=4, max_row=8)}
    yield front[_("Items")], digits(front[_("Converted quantity")])
    items, work = exported(of)
    yield items, digits(work)
    lines = list(csv.DictReader(io.StringIO(services.take_out(of, ".csv").decode("utf-8-sig"))))
    yield len(lines), digits(total(Decimal(line["converted_quantity"] or 0) for line in lines))
    listed = json.loads(services.take_out(of, ".json"), parse_float=Decimal)["items"]
    yield len(listed), digits(total(Decimal(item["converted_quantity"] or 0) for item in listed))
    deck = Presentation(io.BytesIO(results_out.slides(part, day=DAY)))
    told = deck.slides[1].notes_slide.notes_text_frame.text.split("\n")
    for said in (told, looked_at.text(results_out.report(part, day=DAY)).split("\n")):
        joined = " ".join(said)
        yield (
            (len(part.items), digits(whole))
            if number(whole) in joined and number(len(part.items)) in joined
            else tuple(said)
        )


@settings(max_examples=4)  # each makes six files, of which two are drawn
@given(ROWS)
def test_page_report_slides_workbooks_and_tables_of_any_catalogue_say_one_total(rows):
    part = part_of(view(*rows), Filter())
    whole = part.figures.converted_total
    assert whole == total(part.table["converted_quantity"])  # what the page's figure says
    assert set(in_all(part)) == {(len(rows), digits(whole))}
    stacked = part.chart("stacked", "department", "converted_quantity", most=None)
    assert total(value for one in stacked.series for value in one.values) == whole


def test_the_workbook_holds_the_values_of_every_field_whatever_is_looked_at_first():
    content = results_out.numbers(part_of(view(*USUAL), Filter()), day=DAY, group_by="department")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    said = {cell for sheet in book.worksheets for row in sheet.values for cell in row if isinstance(cell, str)}
    assert {f"Phòng {n}" for n in range(3)} | {"Nhóm 0", "Nhóm 1"} | {f"Chức danh {n}" for n in range(4)} <= said


def test_what_is_looked_at_alone_is_taken_away():
    part = part_of(view(*USUAL), Filter.of({"department": ["Phòng 1"]}))
    said = looked_at.text(results_out.report(part, day=DAY))
    assert number(part.figures.converted_total) in said
    assert "Phòng 2" not in said


def test_findings_of_a_part_are_its_own():
    of = view(*USUAL, row(99, department="Phòng lỗi", task="Nhiệm vụ khác do lãnh đạo giao", tier=None))
    whole, part = (results_out._sections(part_of(of, asked), "department", 8)[-1].sentences
                   for asked in (Filter(), Filter.of({"department": ["Phòng 1"]})))  # fmt: skip
    assert whole != part


def test_a_picture_says_of_what_it_is_and_as_of_when():
    of = view(*USUAL)
    chart = part_of(of, Filter()).chart("tiers_count")
    assert results_out.picture(of, chart, "png", DAY).startswith(b"\x89PNG")
    assert results_out.picture(of, chart, "svg", DAY).startswith(b"<svg")


def test_file_names_have_no_diacritics():
    of = view(*USUAL)
    chart = part_of(of, Filter()).chart("tiers_count")
    names = [results_out.results_name(of, ".pdf"), results_out.picture_name(of, chart, "png")]
    assert names == [
        "ket-qua-danh-muc-xa-an-binh-2026.pdf",
        "cac-muc-theo-so-san-pham-cong-viec-danh-muc-xa-an-binh-2026.png",
    ]


def test_a_waterfall_adds_up_from_then_to_now():
    before = view(*USUAL[:20])
    items = before.items.assign(tier=[4 if n == 3 else tier for n, tier in enumerate(before.items["tier"])])
    added = items_frame([Item("new", row(50))])
    now = View(replace(before.reading, items=pd.concat([items.iloc[1:], added])))
    then_part, now_part = part_of(before, Filter()), part_of(now, Filter())
    section = since(now_part, then_part, AGAINST)
    (series,) = section.charts[0].series
    start, *moved, end = series.values
    assert start == then_part.figures.converted_total and end == now_part.figures.converted_total
    assert total([start, *moved]) == end and len(moved) == 3
    assert any(number(end) in sentence for sentence in section.sentences)
    assert sum(sentence.count(f" {number(1)}") for sentence in section.sentences[-1:]) == 3, (
        "one added, gone, re-tiered"
    )


def test_without_a_past_a_sentence_says_so_and_nothing_changed_is_said_too():
    part = part_of(view(*USUAL), Filter())
    (said,) = since(part, None, None).sentences
    assert said == _("There is nothing earlier to compare with yet; come back when the catalogue has been worked on.")
    same = since(part, part, AGAINST)
    assert not same.charts and all(AGAINST.words in sentence for sentence in same.sentences)
