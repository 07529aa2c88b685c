"""A form as .docx, by the Word template of its kind.

Head and foot are docxtpl's tags in the template; the tables, thousands of rows long, are
put where the template has ``{{p table }}`` and ``{{p scale }}``, in its ``kpicat …`` styles.
What people typed is escaped before it meets either, so it is never a tag nor markup.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import accumulate
from types import MappingProxyType

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree
from markupsafe import Markup

from kpicat.exchange import Progress, no_progress
from kpicat.exchange.documents.word_text import LABEL, OF
from kpicat.exchange.forms.columns import PAPER_WIDTH
from kpicat.exchange.forms.paper import HEADINGS, TEMPLATES, Cell, Paper
from kpicat.language import _

_BASES = {"left": "kpicat cell", "center": "kpicat centred", "right": "kpicat number"}
_STYLES = {align: name.replace(" ", "") for align, name in _BASES.items()}  # ids, as Word makes them
HEADING, GROUP, _TOTAL = "kpicatheading", "kpicatgroup", "kpicattotal"
CELL, CENTRED = _STYLES["left"], _STYLES["center"]
_LABELLED = f'<w:rPr><w:rStyle w:val="{LABEL.replace(" ", "")}"/><w:i/></w:rPr>'
_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
Texts = str | Sequence["Texts"] | Mapping[str, "Texts"]
"""What a template is filled with."""

_SIDE_BY_SIDE = (0.45, 0.55)  # shares of the width for the recipients and for who signs, as in the template
_EVERY = 500  # rows between two reports of progress
_LONGEST_PROPERTY = 255


def write(paper: Paper, *, progress: Progress = no_progress) -> bytes:
    """The form as .docx."""
    tables = {"scale": _scale(paper), "table": _table(paper, progress)}
    texts = {**paper.head, "standard_unit": paper.standard_unit}
    below = {name: _BASES[column.align] for column in paper.columns for name in column.fields if name != column.means}
    return fill(
        f"{paper.form}.docx",
        texts,
        tables,
        paper.layout.size,
        below | dict.fromkeys(HEADINGS, "kpicat group"),
        signed=True,
    )


def fill(
    template: str,
    texts: Mapping[str, Texts],
    tables: Mapping[str, str],
    size: int,
    of: Mapping[str, str] = MappingProxyType({}),
    *,
    signed: bool = False,
) -> bytes:
    """A template of ``data/templates`` with texts and tables in their places.

    Args:
        template: Its file name.
        texts: Name in the template -> text, texts to loop over, or what has names of its own.
        tables: Name in the template -> its XML, as :func:`table` gives.
        size: Type size of the tables, in pt.
        signed: The foot becomes the last row of the table over it: LibreOffice, too, keeps rows together wherever a
            page ends, so nobody signs on a page that holds nothing else.
        of: Fields whose texts have a style of their own, by which they are known again -> the style that it follows.
    """
    form = DocxTemplate(TEMPLATES / template)
    places = {name: Markup(f'<w:p kpicat="{name}"></w:p>') for name in tables}
    form.render({**{name: _escape(text) for name, text in texts.items()}, **places}, Environment(autoescape=True))
    document: Document = form.docx
    xml = etree.tostring(document.element, encoding="unicode")
    for name, rows in tables.items():
        xml = rows.join(re.split(rf'<w:p kpicat="{name}" ?(?:/>|></w:p>)', xml))
    document.part._element = parse_xml(xml)  # to move long tables into the old tree takes longer than all the rest
    if signed:
        _sign_within(document.part._element.body)
    document.styles["kpicat cell"].font.size = Pt(size)
    for name, base in of.items():
        document.styles.add_style(OF + name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[base]
    if of:
        document.styles.add_style(LABEL, WD_STYLE_TYPE.CHARACTER)
    document.core_properties.title = _printable(str(texts.get("title", "")))[:_LONGEST_PROPERTY]
    document.core_properties.author = _printable(str(texts.get("body", "")))[:_LONGEST_PROPERTY]
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _sign_within(body: etree._Element) -> None:
    """Move who signs from the last table into the one over it, without lines around; no other foot is moved."""
    blocks = list(body.iterchildren(qn("w:tbl"), qn("w:p")))
    written = [n for n, block in enumerate(blocks) if block.tag == qn("w:tbl") or "".join(block.itertext()).strip()]
    if len(written) < 2 or any(blocks[n].tag != qn("w:tbl") for n in written[-2:]):
        return
    table, foot = (blocks[n] for n in written[-2:])
    rows = [(one, one.findall(qn("w:tc"))) for one in foot.findall(qn("w:tr"))]
    if any(len(cells) != len(_SIDE_BY_SIDE) for _row, cells in rows):
        return
    widths = [int(column.get(qn("w:w"), 0)) for column in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    ends = list(accumulate(widths))
    left = min(range(len(widths) - 1), key=lambda place: abs(ends[place] - _SIDE_BY_SIDE[0] * ends[-1])) + 1
    for one, cells in rows:
        for cell, first, end in zip(cells, (0, left), (left, len(widths)), strict=True):
            cell.replace(cell[0], parse_xml(_unruled(sum(widths[first:end]), end - first)))
        table.append(one)
    for block in blocks[written[-2] + 1 : written[-1] + 1]:
        body.remove(block)


def _unruled(width: int, columns: int) -> str:
    sides = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
    return (
        f'<w:tcPr {nsdecls("w")}><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>'
        f'<w:tcBorders>{sides}</w:tcBorders><w:tcMar><w:top w:w="120" w:type="dxa"/></w:tcMar></w:tcPr>'
    )


def _style_of(name: str) -> str:
    """The id under which Word keeps the style of a field's texts."""
    return (OF + name).replace(" ", "")


_MIDDLE = (HEADING, GROUP, *map(_style_of, HEADINGS))


def table(widths: Sequence[float], rows: Iterable[str]) -> str:
    """The XML of a table with thin lines; ``widths`` in mm, ``rows`` of :func:`row`."""
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
    grid = "".join(f'<w:gridCol w:w="{Mm(width).twips}"/>' for width in widths)
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(Mm(width).twips for width in widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def row(
    cells: Iterable[tuple[Cell, str | Sequence[str], int]],
    *,
    header: bool = False,
    together: bool = False,
    capitals: bool = False,
    labels: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The XML of one row that no page breaks.

    Args:
        cells: Texts, style (of all or of each of them) and number of columns of each cell.
        header: It is repeated on every page.
        together: It stays on the page of the next one.
        capitals: Its words are shown in capitals.
        labels: Style -> with what the texts in it begin that is none of their own words.
    """
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(_cells(cells, together, capitals, labels))}</w:tr>"


def _cells(
    cells: Iterable[tuple[Cell, str | Sequence[str], int]], together: bool, capitals: bool, labels: Mapping[str, str]
) -> Iterator[str]:
    kept = "<w:keepNext/>" if together else ""
    usual = "<w:rPr><w:caps/></w:rPr>" if capitals else ""
    for texts, style, span in cells:
        spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        middle = '<w:vAlign w:val="center"/>' if style in _MIDDLE else ""
        yield f"<w:tc><w:tcPr>{spanned}{middle}</w:tcPr>"
        for n, text in enumerate(texts or ("",)):
            look = "<w:rPr><w:i/></w:rPr>" if n else usual
            own = style if isinstance(style, str) else style[n] if texts else CELL
            label = f"<w:r>{_LABELLED}{_text(f'{labels[own]} ')}</w:r>" if own in labels else ""
            run = f"<w:r>{look}{_text(text.removeprefix(labels.get(own, '')).lstrip())}</w:r>" if text else ""
            yield f'<w:p><w:pPr><w:pStyle w:val="{own}"/>{kept}</w:pPr>{label}{run}</w:p>'
        yield "</w:tc>"


def _table(paper: Paper, progress: Progress) -> str:
    columns = paper.columns
    styles = [_STYLES[column.align] for column in columns]
    labels = {_style_of(name): label for column in columns for name, label in column.labels.items()}
    rows = [row([((column.heading,), HEADING, 1) for column in columns], header=True)]
    last = len(paper.lines) - 1  # stays with the total, which stays with who signs
    for n, line in enumerate(paper.lines):
        if line.level:
            mark, words = line.cells
            heading = [(mark, HEADING, 1), (words, _style_of(line.fields[1][0]), len(columns) - 1)]
            rows.append(row(heading, together=True, capitals=line.capitals))
        else:
            styled = zip(columns, styles, line.fields, strict=True)
            looks = (
                [style if name == column.means else _style_of(name) for name in own] for column, style, own in styled
            )
            cells = [(cell, look, 1) for cell, look in zip(line.cells, looks, strict=True)]
            rows.append(row(cells, together=n == last, labels=labels))
        if n % _EVERY == 0:
            progress(n / len(paper.lines), _("Writing the document"))
    if not paper.lines:
        rows.append(row([((paper.words["no_items"],), styles[2], len(columns))], together=True))
    at = next(n for n, column in enumerate(columns) if "converted_quantity" in column.fields)
    rest = [((), GROUP, 1)] * (len(columns) - at - 1)
    rows.append(row([((paper.words["total"],), HEADING, at), ((paper.total,), _TOTAL, 1), *rest], together=True))
    return table(paper.layout.widths, rows)


def _scale(paper: Paper) -> str:
    """Tiers side by side, so that the scale takes four lines of the first page."""
    first = 38.0
    widths = [first, *[(PAPER_WIDTH - first) / len(paper.scale)] * len(paper.scale)]
    names = (paper.words["scale_tier"], paper.words["scale"], paper.words["scale_points"], paper.words["scale_ratio"])
    return table(widths, [
        row([((name,), GROUP, 1), *(((text,), _STYLES["center"], 1) for text in texts)], together=True)
        for name, texts in zip(names, zip(*paper.scale, strict=True), strict=True)
    ])  # fmt: skip


def _text(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{_escaped(part)}</w:t>' for part in text.split("\n"))


def _escape(texts: Texts) -> object:
    if isinstance(texts, str):
        return _markup(texts)
    if isinstance(texts, Mapping):
        return {name: _escape(text) for name, text in texts.items()}
    return [_escape(text) for text in texts]


def _markup(text: str) -> Markup:
    """Escaped also against docxtpl, which would take "{_{" for a tag written out."""
    return Markup(_escaped(text).replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;"))


def _escaped(text: str) -> str:
    return escape(_printable(text), quote=False)


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))
