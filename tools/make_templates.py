"""Make the Word templates in ``data/templates`` anew: ``python tools/make_templates.py``.

They are ordinary Word files with docxtpl's tags, meant to be changed in Word: heads, order,
looks, margins. Run this only to begin from scratch; it overwrites them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FOLDER = Path(__file__).parents[1] / "data" / "templates"
FONT = "Times New Roman"
WIDTH = 297 - 30 - 20  # mm between the margins


def party() -> Doc:
    """Source: Hướng dẫn 36-HD/VPTW."""
    document = _paper()
    left, right = _two(document)
    _put(left, "{{ superior }}", size=14)
    _put(left, "{{ body }}", size=14, bold=True)
    _put(left, "*", size=14)
    _put(left, "{{ number }}", size=14)
    _put(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True)
    _rule(right, 74)
    _put(right, "{{ place_and_day }}", size=14, italic=True)
    _middle(document)
    left, right = _two(document)
    _put(left, "Nơi nhận:", size=14, underline=True, align=ALIGN.LEFT)
    _recipients(left, size=12)
    _signature(right)
    return document


def state() -> Doc:
    """Source: Nghị định 30/2020/NĐ-CP, Phụ lục I."""
    document = _paper()
    left, right = _two(document)
    _put(left, "{{ superior }}", size=13)
    _put(left, "{{ body }}", size=13, bold=True)
    _rule(left, 30)
    _put(left, "{{ number }}", size=13)
    _put(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    _put(right, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    _rule(right, 64)
    _put(right, "{{ place_and_day }}", size=14, italic=True)
    _middle(document)
    left, right = _two(document)
    _put(left, "Nơi nhận:", size=12, bold=True, italic=True, align=ALIGN.LEFT)
    _recipients(left, size=11)
    _signature(right)
    return document


def blank() -> Doc:
    """The table a unit fills in and sends back."""
    document = _paper()
    _put(document, "{{ title }}", size=14, bold=True)
    _put(document, "{{ unit }}", size=13)
    _put(document, "{{ instructions }}", size=13, italic=True, align=ALIGN.LEFT, after=6)
    _put(document, "{{p scale }}", size=13)
    _gap(document)
    _put(document, "{{p table }}", size=13)
    return document


def _paper() -> Doc:
    """A4 lying down, numbered at the top from page 2 on, with the styles that kpicat's tables use."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    normal = document.styles["Normal"]
    _font(normal.element.get_or_add_rPr())
    normal.font.size = Pt(13)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1
    for name, bold, align in (
        ("kpicat cell", False, ALIGN.LEFT),
        ("kpicat centred", False, ALIGN.CENTER),
        ("kpicat number", False, ALIGN.RIGHT),
        ("kpicat heading", True, ALIGN.CENTER),
        ("kpicat group", True, ALIGN.LEFT),
        ("kpicat total", True, ALIGN.RIGHT),
    ):
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles["kpicat cell"] if name != "kpicat cell" else normal
        style.font.bold = bold
        style.paragraph_format.alignment = align
    document.core_properties.comments = ""
    document.core_properties.language = "vi-VN"
    return document


def _middle(document: Doc) -> None:
    """Title, scale, standard unit, the table, each where the form has it."""
    _gap(document)
    _put(document, "{{ title }}", size=14, bold=True)
    _put(document, "{{ subtitle }}", size=14, bold=True)
    _put(document, "{{ attached }}", size=14, italic=True, after=6)
    _put(document, "{{ standard_unit }}", size=13, align=ALIGN.LEFT, after=3)
    _put(document, "{{p scale }}", size=13)
    _gap(document)
    _put(document, "{{p table }}", size=13)
    _gap(document)


def _recipients(cell: _Cell, size: int) -> None:
    _put(cell, "{%p for recipient in recipients %}", size=size, align=ALIGN.LEFT)
    _put(cell, "- {{ recipient }}", size=size, align=ALIGN.LEFT)
    _put(cell, "{%p endfor %}", size=size, align=ALIGN.LEFT)


def _signature(cell: _Cell) -> None:
    _put(cell, "{{ on_behalf }}", size=14, bold=True)
    _put(cell, "{{ office }}", size=14, after=54)
    _put(cell, "{{ signer }}", size=14, bold=True)


def _two(document: Doc) -> tuple[_Cell, _Cell]:
    """Two cells beside each other without lines, kept on one page."""
    table: Table = document.add_table(rows=1, cols=2)
    table.autofit = False
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, column, width in zip(row.cells, table.columns, (WIDTH * 0.45, WIDTH * 0.55), strict=True):
        cell.width = column.width = Mm(width)
    return row.cells[0], row.cells[1]


def _put(
    where: Doc | _Cell,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    align: ALIGN = ALIGN.CENTER,
    after: float = 0,
) -> Paragraph:
    first = isinstance(where, _Cell) and not where.paragraphs[0].runs and len(where.paragraphs) == 1
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.keep_with_next = isinstance(where, _Cell)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold or None, italic or None, underline or None
    run.font.size = Pt(size)
    return paragraph


def _gap(document: Doc) -> None:
    """A little air; without a paragraph between them Word takes two tables for one."""
    _put(document, " ", size=6).paragraph_format.line_spacing = Pt(8)


def _rule(cell: _Cell, length: float) -> None:
    """A line so long, in mm, under what stands above it."""
    paragraph = _put(cell, " ", size=3)
    paragraph.paragraph_format.line_spacing = Pt(5)
    side = (cell.width.mm - 4 - length) / 2
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
    edges = OxmlElement("w:pBdr")
    edge = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(edges, "w:shd", "w:spacing", "w:ind", "w:jc")


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "2"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else None)
        run.font.size = Pt(14)
        if kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)
        elif not kind:
            element = OxmlElement("w:instrText")
            element.text = text
            run._r.append(element)


def _font(properties: OxmlElement) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "vi-VN")
    properties.append(language)


MADE: dict[str, Callable[[], Doc]] = {"party.docx": party, "state.docx": state, "blank.docx": blank}

if __name__ == "__main__":
    for name, make in MADE.items():
        make().save(str(FOLDER / name))
