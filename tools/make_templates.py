"""Make the Word templates in ``data/templates`` anew: ``python tools/make_templates.py [NAME …]``.

They are ordinary Word files with docxtpl's tags, meant to be changed in Word: heads, order,
looks, margins. Run this only to begin from scratch; it overwrites them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from copy import deepcopy
from functools import partial
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
Head, Middle, Foot = Callable[..., None], Callable[[Doc], None], Callable[..., None]
"""The parts of a paper from its top."""


def paper(head: Head, middle: Middle, foot: Foot) -> Doc:
    """A paper on one form, lying down."""
    document = _paper()
    head(document)
    middle(document)
    foot(document, always=middle is _middle)
    return document


def letters(head: Head, foot: Foot) -> Doc:
    """A letter to each unit, each with head and foot and on pages of its own."""
    document = _paper(standing=True)
    _put(document, "{%p for letter in letters %}", size=14)
    head(document, subject="V/v làm rõ, bổ sung danh mục sản phẩm/công việc quy đổi")
    _letter(document)
    foot(document)
    return _next_letter(document)


def _head_of_party(document: Doc, subject: str = "") -> None:
    """Source: Hướng dẫn 36-HD/VPTW; so the foot."""
    left, right = _two(document)
    _put(left, "{{ superior }}", size=14)
    _put(left, "{{ body }}", size=14, bold=True)
    _put(left, "*", size=14)
    _put(left, "{{ number }}", size=14)
    if subject:
        _put(left, subject, size=12, italic=True)
    _put(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True)
    _rule(right, 74)
    _put(right, "{{ place_and_day }}", size=14, italic=True)


def _foot_of_party(document: Doc, *, always: bool = False) -> None:
    left, right = _two(document)
    _put(left, "Nơi nhận:", size=14, underline=True, align=ALIGN.LEFT)
    _recipients(left, size=12)
    _signature(right, always=always)


def _head_of_state(document: Doc, subject: str = "") -> None:
    """Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; so the foot."""
    left, right = _two(document)
    _put(left, "{{ superior }}", size=13)
    _put(left, "{{ body }}", size=13, bold=True)
    _rule(left, 30)
    _put(left, "{{ number }}", size=13)
    if subject:
        _put(left, subject, size=12)
    size = 12 if subject else 13  # of the country's name, which stands on one line of a letter, too
    _put(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=size, bold=True)
    _put(right, "Độc lập - Tự do - Hạnh phúc", size=size + 1, bold=True)
    _rule(right, 60 if subject else 64)
    _put(right, "{{ place_and_day }}", size=14, italic=True)


def _foot_of_state(document: Doc, *, always: bool = False) -> None:
    left, right = _two(document)
    _put(left, "Nơi nhận:", size=12, bold=True, italic=True, align=ALIGN.LEFT)
    _recipients(left, size=11)
    _signature(right, always=always)


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


def _paper(*, standing: bool = False) -> Doc:
    """A4, numbered at the top from page 2 on, with the styles that kpicat's tables use; lying down unless told."""
    document = Document()
    section = document.sections[0]
    sides = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.PORTRAIT if standing else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = sides if standing else sides[::-1]
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


def _remarks(document: Doc) -> None:
    """Title, how much there is to say, the remarks, what people let stand."""
    _gap(document)
    _put(document, "PHIẾU GÓP Ý THẨM ĐỊNH", size=14, bold=True)
    _put(document, "Danh mục sản phẩm/công việc quy đổi {{ subtitle }}", size=14, bold=True, after=6)
    _put(document, "{{ summary }}", size=13, align=ALIGN.LEFT, after=3)
    _put(document, "{{p table }}", size=13)
    _gap(document)
    _put(document, "{%p if settled_title %}", size=13)
    _put(document, "{{ settled_title }}", size=13, bold=True, align=ALIGN.LEFT, after=3, with_next=True)
    _put(document, "{%p endif %}", size=13)
    _put(document, "{{p settled }}", size=13)
    _gap(document)


def _minutes(document: Doc) -> None:
    """Title, when and who, the items voted on, what was adopted."""
    _gap(document)
    _put(document, "BIÊN BẢN", size=14, bold=True)
    _put(document, "Biểu quyết mức độ khó, phức tạp của sản phẩm/công việc", size=14, bold=True)
    _put(document, "trong danh mục quy đổi {{ subtitle }}", size=14, bold=True, after=6)
    for text in ("{{ when }}", "{{ chair }}", "{{ present }}", "{{ summary }}"):
        _put(document, text, size=13, align=ALIGN.JUSTIFY, after=3)
    _put(document, "{{p table }}", size=13)
    _gap(document)


def dossier(head: Head, foot: Foot, *, standing: bool) -> Doc:
    """A paper of a dossier: to whom, title, sentences, a table, sentences, a table, who signs; each where it is."""
    document = _paper(standing=standing)
    head(document, subject="{{ subject }}" if standing else "")
    _gap(document)
    for text, look in (
        ("{{ title }}", {"bold": True}),
        ("{{ subtitle }}", {"bold": True, "after": 6}),
        ("Kính gửi: {{ to }}", {"after": 6}),
    ):
        name = text.split()[-2]
        _put(document, f"{{%p if {name} %}}", size=14)
        _put(document, text, size=14, **look)
        _put(document, "{%p endif %}", size=14)
    _paragraphs(document, "before")
    _put(document, "{{p table }}", size=13)
    _gap(document)
    _paragraphs(document, "after")
    _put(document, "{{p second }}", size=13)
    _gap(document)
    if standing:
        _put(document, "{%p if closing %}", size=6)
        _sentence(document, "{{ closing }}").paragraph_format.keep_with_next = True
        _gap(document)
    foot(document)
    if standing:
        _put(document, "{%p endif %}", size=6)
    return document


def _paragraphs(document: Doc, name: str) -> None:
    _put(document, f"{{%p for text in {name} %}}", size=13)
    _sentence(document, "{{ text }}")
    _put(document, "{%p endfor %}", size=13)


def _sentence(document: Doc, text: str) -> Paragraph:
    paragraph = _put(document, text, size=13, align=ALIGN.JUSTIFY, after=3)
    paragraph.paragraph_format.first_line_indent = Mm(10)
    return paragraph


def _letter(document: Doc) -> None:
    """To whom, what is asked, by when."""
    _put(document, "Kính gửi: {{ letter.unit }}", size=14, after=12).paragraph_format.space_before = Pt(14)
    for text in (
        "Qua rà soát danh mục sản phẩm/công việc quy đổi {{ subtitle }}, phần việc của {{ letter.unit }} có "
        "{{ letter.count }} nội dung cần làm rõ hoặc bổ sung để bảo đảm rõ việc, rõ sản phẩm, rõ thời gian, rõ trách "
        "nhiệm cá nhân và đo đếm được:",
        "{%p for ask in letter.asks %}",
        "{{ ask }}",
        "{%p endfor %}",
        "Đề nghị {{ letter.unit }} gửi lại nội dung đã sửa, hoặc ý kiến giải trình đối với dòng cần giữ nguyên, "
        "trước {{ answer_by }} để tổng hợp, trình cấp có thẩm quyền xem xét, phê duyệt. Trân trọng cảm ơn sự phối hợp "
        "của {{ letter.unit }}./.",
    ):
        paragraph = _put(document, text, size=14, align=ALIGN.JUSTIFY, after=6)
        paragraph.paragraph_format.first_line_indent = Mm(10)
    _gap(document)


def _next_letter(document: Doc) -> Doc:
    """A new section before the next letter, its pages counted anew."""
    own = document.sections[0]._sectPr
    count = OxmlElement("w:pgNumType")
    count.set(qn("w:start"), "1")
    own.insert_element_before(count, "w:cols", "w:titlePg", "w:docGrid")
    _put(document, "{%p if not loop.last %}", size=14)
    _put(document, " ", size=1)._p.get_or_add_pPr().append(deepcopy(own))
    _put(document, "{%p endif %}", size=14)
    _put(document, "{%p endfor %}", size=14)
    return document


def _recipients(cell: _Cell, size: int) -> None:
    _put(cell, "{%p for recipient in recipients %}", size=size, align=ALIGN.LEFT)
    _put(cell, "- {{ recipient }}", size=size, align=ALIGN.LEFT)
    _put(cell, "{%p endfor %}", size=size, align=ALIGN.LEFT)


def _signature(cell: _Cell, *, always: bool) -> None:
    """Who signs; in whose name only where that is asked for, or ``always``."""
    if not always:
        _put(cell, "{%p if on_behalf %}", size=14)
    _put(cell, "{{ on_behalf }}", size=14, bold=True)
    if not always:
        _put(cell, "{%p endif %}", size=14)
    _put(cell, "{{ office }}", size=14, after=54)
    _put(cell, "{{ signer }}", size=14, bold=True)


def _two(document: Doc) -> tuple[_Cell, _Cell]:
    """Two cells beside each other without lines, kept on one page."""
    table: Table = document.add_table(rows=1, cols=2)
    table.autofit = False
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    section = document.sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
    left = 0.45 if section.orientation == WD_ORIENT.LANDSCAPE else 0.38
    for cell, column, share in zip(row.cells, table.columns, (left, 1 - left), strict=True):
        cell.width = column.width = Mm(width * share)
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
    with_next: bool = False,
) -> Paragraph:
    first = isinstance(where, _Cell) and not where.paragraphs[0].runs and len(where.paragraphs) == 1
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.keep_with_next = with_next or isinstance(where, _Cell)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold or None, italic or None, underline or None
    run.font.size = Pt(size)
    return paragraph


def _gap(document: Doc) -> None:
    """A little air; without a paragraph between them Word takes two tables for one.

    It stays with what follows, so that what should stand with who signs can.
    """
    _put(document, " ", size=6, with_next=True).paragraph_format.line_spacing = Pt(8)


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


MADE: dict[str, Callable[[], Doc]] = {"blank.docx": blank}
FORMS = {"party": (_head_of_party, _foot_of_party), "state": (_head_of_state, _foot_of_state)}
for form, (head, foot) in FORMS.items():
    MADE[f"{form}.docx"] = partial(paper, head, _middle, foot)
    MADE[f"remarks-{form}.docx"] = partial(paper, head, _remarks, foot)
    MADE[f"minutes-{form}.docx"] = partial(paper, head, _minutes, foot)
    MADE[f"letters-{form}.docx"] = partial(letters, head, foot)
    MADE[f"dossier-{form}.docx"] = partial(dossier, head, foot, standing=True)
    MADE[f"dossier-wide-{form}.docx"] = partial(dossier, head, foot, standing=False)

if __name__ == "__main__":
    for name in sys.argv[1:] or MADE:
        MADE[name]().save(str(FOLDER / name))
