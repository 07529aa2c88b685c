"""Text that would run as a formula, a link or markup stays text, in every file that leaves and on every page."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kpicat import charts
from kpicat.model import FIELDS, Catalogue, Comment, Decision, Item, Kind, Reading, Ruling, items_frame
from kpicat.services import View, remarks_out, results, results_out, taking_out
from tests.conftest import AT

MARKUP = '<img src=x onerror=alert(1)> [a](http://evil.example) &amp; ]]> #link("http://evil.example")[a]'
CALLED = "cmd|' /C calc'!A0"
STARTS = ['=HYPERLINK("http://evil.example")', f"+{CALLED}", f"-2+3+{CALLED}", "@SUM(1)", "\t=1", "\uff1d1"]
ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def view() -> View:
    """A catalogue in which every text that somebody can type would do something where it acted."""
    texts = [name for name, field in FIELDS.items() if field.kind is Kind.TEXT]
    rows = [
        Item(f"i{n}", dict.fromkeys(texts, f"{start} {MARKUP}") | {"tier": 1 + n % 3, "quantity": Decimal(2)})
        for n, start in enumerate(STARTS)
    ]
    hostile = f"{STARTS[0]} {MARKUP}"
    about = Catalogue("xa", hostile, body=hostile, period=hostile)
    said = (Comment("s", "i0", "s", hostile, hostile, AT),)
    ruled = (Decision("i0", "k", "catch-all", Ruling.WAIVED, hostile, hostile, AT),)
    return View(Reading(about, items_frame(rows), said, ruled))


def part(view):
    return results.part_of(view, results.Filter())


FILES = {
    "catalogue.xlsx": lambda view: taking_out.take_out(view, ".xlsx"),
    "catalogue.docx": lambda view: taking_out.take_out(view, ".docx"),
    "catalogue.pdf": lambda view: taking_out.take_out(view, ".pdf"),
    "catalogue.csv": lambda view: taking_out.take_out(view, ".csv"),
    "table.csv": taking_out.table,
    "catalogue.json": lambda view: taking_out.take_out(view, ".json"),
    "summary.pdf": taking_out.summary,
    "form.xlsx": lambda view: taking_out.blank_form(view, ".xlsx", taking_out.units(view)[0]),
    "form.docx": lambda view: taking_out.blank_form(view, ".docx", taking_out.units(view)[0]),
    "remarks.xlsx": lambda view: remarks_out.remarks(view, ".xlsx")[1],
    "remarks.docx": lambda view: remarks_out.remarks(view, ".docx")[1],
    "letters.docx": lambda view: remarks_out.letters(view)[1],
    "numbers.xlsx": lambda view: results_out.numbers(part(view), day=DAY),
    "slides.pptx": lambda view: results_out.slides(part(view), day=DAY),
    "chart.svg": lambda view: results_out.picture(view, part(view).chart("stacked", "department"), "svg", DAY),
}


@pytest.mark.parametrize("name", FILES)
def test_no_text_that_was_typed_acts_in_a_file_that_leaves(view, name):
    content = FILES[name](view)
    LOOKED_AT[name.rpartition(".")[2]](content)


def in_office(content: bytes) -> None:
    """Well-formed parts, none with a formula, a field or a link to elsewhere that came of a text."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for each in parts.namelist():
            if each.endswith(".xlsx"):  # the workbook within a chart
                in_office(parts.read(each))
            if not each.endswith((".xml", ".rels")):
                continue
            root = ElementTree.fromstring(parts.read(each))
            for element in root.iter():
                tag = element.tag.rpartition("}")[2]
                acts = tag in ("f", "instrText", "fldSimple", "hlinkClick", "hyperlink", "Relationship")
                told = " ".join([element.text or "", *element.attrib.values()]) if acts else ""
                assert "evil" not in told and "cmd" not in told and "HYPERLINK" not in told, (each, tag, told)
                assert tag not in ("img", "script"), each


def in_csv(content: bytes) -> None:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(lines) == 1 + len(STARTS)
    assert not [cell for line in lines for cell in line if cell and cell[0] in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"]


def in_json(content: bytes) -> None:
    told = json.loads(content)
    assert [item["task"] for item in told["items"]] == [f"{start} {MARKUP}" for start in STARTS]


def in_pdf(content: bytes) -> None:
    assert content.startswith(b"%PDF")
    for acting in (b"/URI", b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/SubmitForm"):
        assert acting not in content, acting


def in_svg(content: bytes) -> None:
    for element in ElementTree.fromstring(content).iter():
        assert element.tag.rpartition("}")[2] not in ("script", "foreignObject", "a", "img")
        assert not [name for name in element.attrib if name.lower().startswith("on")]
        assert not [value for value in element.attrib.values() if "evil" in value or "javascript" in value]


LOOKED_AT = {
    **dict.fromkeys(("xlsx", "docx", "pptx"), in_office), "csv": in_csv, "json": in_json, "pdf": in_pdf, "svg": in_svg,
}  # fmt: skip


def test_no_text_that_was_typed_acts_in_a_chart(view):
    for kind in ("stacked", "heatmap", "treemap"):
        figure = json.loads(charts.draw(part(view).chart(kind, "department")).to_json())
        for trace in figure["data"]:
            trace.pop("customdata", None)  # what a click tells, shown nowhere
        drawn = json.dumps(figure)
        assert "onerror" in drawn and "<img" not in drawn, kind


# -- the pages' own code -----------------------------------------------------


def sources(*endings: str) -> list[Path]:
    return [path for folder in ("kpicat", "pages") for path in (ROOT / folder).rglob("*") if path.suffix in endings]


def test_no_page_has_words_taken_for_html():
    """Markdown with HTML in it is never allowed, and no frame holds a page made of text."""
    asked = re.compile(r"unsafe_allow_html|components\.v1|components\.html|st\.iframe|unsafe_allow_javascript")
    assert not [path for path in sources(".py") if asked.search(path.read_text(encoding="utf-8"))]


def test_no_script_of_ours_makes_html_or_code_of_text():
    asked = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc")
    assert not [path for path in sources(".js") if asked.search(path.read_text(encoding="utf-8"))]


ESCAPES = {
    "float",
    "escape",
    "number",
    "percent",
    "in_css",
    "text_in_css",
    "read_text",
    "lines",
    "join",
    "_rules",
    "_others",
    "_bars",
}
"""What makes something of a text, or of figures and colours, that may stand in HTML; each was looked at."""


def test_what_a_page_puts_into_html_is_escaped_there():
    """In every f-string with a tag in it: what comes of data (an attribute, an entry, a call) comes escaped."""
    raw = []
    for path in (path for path in sources(".py") if _TAG.search(path.read_text(encoding="utf-8"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and _TAG.search(ast.unparse(node)):
                put = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
                raw += [f"{path.name}: {ast.unparse(value)}" for value in put if is_raw(value)]
    assert raw == []


_TAG = re.compile(r"</?(div|span|b|i|a|img|form|input|button|style|small)\b[ >]")


def is_raw(value: ast.expr) -> bool:
    """Whether it brings in what somebody may have typed; a name is made so a few lines above, of the same parts."""
    if isinstance(value, ast.Call):
        called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return called not in ESCAPES
    return isinstance(value, ast.Attribute | ast.Subscript)
