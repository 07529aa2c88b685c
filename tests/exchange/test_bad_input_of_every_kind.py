"""Every kind of file × every bad input: each is read and told, refused in a sentence, or cannot be, and here is why.

Whatever is read accounts for every row: items + rows left out with a reason = rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from email.message import EmailMessage
from html import escape

import docx
import openpyxl
import pytest
from docx.shared import Inches
from PIL import Image

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import read
from kpicat.exchange.documents import libreoffice
from tests.exchange import office
from tests.exchange import other_formats as other
from tests.exchange.documents import older

SCALE = guidance.get("phu_luc_3")
HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Điểm"]
ROWS = [HEAD, ["1", "Tiếp công dân", "Sổ", "100"], ["2", "Họp giao ban", "Biên bản", "120"],
        ["3", "Kiểm tra", "Kết luận", "150"]]  # fmt: skip
CRITERIA = [["STT", "Tiêu chí đánh giá", "Điểm tối đa", "Điểm tự chấm"], ["1", "Chấp hành nội quy", "10", "9"],
            ["2", "Ý thức kỷ luật", "10", "9"]]  # fmt: skip
FORMULAS = ['=HYPERLINK("http://a.vn";"x")', "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3"]
LONG = [HEAD, *([str(n), f"Việc {n} của cơ quan", "Báo cáo", "100"] for n in range(1, 60))]
RUN = [HEAD, *([str(n), text, "Sổ", "100"] for n, text in enumerate(FORMULAS, start=1))]
BESIDE = [[*line, "", *line] for line in ROWS]
COVERED, MERGES = [HEAD, ROWS[1], ["2", None, "Biên bản", "120"], ROWS[3]], [(1, 2, 1, 1)]
SHEETS, WORD, OFFICE, MARKUP = ("xlsx", "xls", "xlsb", "ods", "xml"), ("docx",), ("doc", "rtf", "odt"), ("html", "mht")
KINDS = (*SHEETS, "csv", *WORD, *OFFICE, *MARKUP, "pdf")


pytestmark = pytest.mark.usefixtures("in_english")


# -- how each kind is made -----------------------------------------------------------


def xlsx(rows, *, merges=(), hidden=(), hidden_rows=(), picture=False):
    book = openpyxl.Workbook()
    for n, name in enumerate(["DM", *hidden]):
        sheet = book.active if not n else book.create_sheet(name)
        sheet.title = name
        for line in rows:
            sheet.append(list(line))
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        for top, bottom, left, right in merges:
            sheet.merge_cells(start_row=top + 1, end_row=bottom + 1, start_column=left + 1, end_column=right + 1)
        if name in hidden:
            sheet.sheet_state = "hidden"
        for row in hidden_rows:
            sheet.row_dimensions[row].hidden = True
    if picture:
        book.active.add_image(openpyxl.drawing.image.Image(io.BytesIO(PICTURE)))
    return saved(book)


def saved(document):
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def png():
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(content, "PNG")
    return content.getvalue()


PICTURE = png()


def word(rows, *, merges=(), picture=False):
    document = docx.Document()
    if picture:
        document.add_picture(io.BytesIO(PICTURE), Inches(1))
    if rows:
        table = document.add_table(len(rows), max(map(len, rows)))
        table.style = "Table Grid"
        for line, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=False):
                cell.text = str(text or "")
        for top, bottom, left, right in merges:
            table.cell(top, left).merge(table.cell(bottom, right))
    return saved(document)


OF_OFFICE = [(ROWS, {}), (LONG, {}), (RUN, {}), (CRITERIA, {}), (BESIDE, {}), (COVERED, {"merges": MERGES}),
             ([], {"picture": True})]  # fmt: skip


def through_office():
    """Every case as LibreOffice keeps it as .doc and .pdf, as .rtf and .odt by hand; the .docx it makes of these."""
    texts = office.converted([(html(rows, **more), ".html") for rows, more in OF_OFFICE], "odt")
    files = {}
    for kind in ("doc", "pdf"):
        found = office.converted([(text, ".odt") for text in texts], kind)
        files |= {(kind, repr(case)): content for case, content in zip(OF_OFFICE, found, strict=True)}
    for kind in ("rtf", "odt"):
        for rows, more in OF_OFFICE:
            shown = {"picture": PICTURE} if more.get("picture") else {}
            files[kind, repr((rows, more))] = getattr(older, kind)(rows, **more | shown)
    documents = [(content, f".{kind}") for (kind, _case), content in files.items() if kind != "pdf"]
    return files, dict(zip(documents, office.converted(documents, "docx"), strict=True))


def html(rows, *, merges=(), picture=False):
    spans = {(top, left): bottom - top + 1 for top, bottom, left, _right in merges}
    covered = {(row, left) for top, bottom, left, _right in merges for row in range(top + 1, bottom + 1)}

    def cell(r, c, text):
        return f'<td rowspan="{spans.get((r, c), 1)}">{escape(str(text or ""))}</td>' if (r, c) not in covered else ""

    lines = ("".join(cell(r, c, text) for c, text in enumerate(line)) for r, line in enumerate(rows))
    shown = '<img src="anh.png">' if picture else ""
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><meta charset=utf-8><body>{shown}<table border=1 width=700>{table}</table></body></html>".encode()


def mht(rows, **more):
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content(html(rows, **more).decode(), subtype="html")
    message.make_mixed()
    message.replace_header("Content-Type", 'multipart/related; boundary="x"; type="text/html"')
    return message.as_bytes()


def ods(rows, *, merges=(), hidden=(), hidden_rows=(), picture=False):
    body = other.ods_table(rows)
    for n in sorted(hidden_rows, reverse=True):
        place = [found.start() for found in re.finditer("<table:table-row>", body)][n - 1]
        body = f'{body[:place]}<table:table-row table:visibility="collapse">{body[place + 17 :]}'
    for top, bottom, left, _right in merges:
        cell = other.ods_cell(rows[top][left])
        body = body.replace(cell, other.ods_cell(rows[top][left], f'table:number-rows-spanned="{bottom - top + 1}"'), 1)
    if picture:
        drawn = "<table:shapes><draw:frame><draw:image/></draw:frame></table:shapes>"
        body += f'<table:table table:name="A">{drawn}</table:table>'
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    return other.ods(body + "".join(other.ods_table(rows, name, "ta1") for name in hidden), styles=style)


def xml(rows, *, merges=(), hidden=(), hidden_rows=()):
    text = "".join(other.xml_row(line, 'ss:Hidden="1"' if n in hidden_rows else "") for n, line in enumerate(rows, 1))
    for top, bottom, left, _right in merges:
        data = f'<Data ss:Type="String">{rows[top][left]}'
        text = text.replace(f"<Cell>{data}", f'<Cell ss:MergeDown="{bottom - top}">{data}', 1)
    options = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>" if hidden else ""
    return other.xml_2003(text, options=options)


def csv(rows):
    return "\n".join(",".join('"' + str(c or "").replace('"', '""') + '"' for c in line) for line in rows).encode()


@pytest.fixture
def made(once, monkeypatch):
    """A file of that kind; an option that it does not take is a mistake of the test."""

    def converted(content, suffix, _waiting):  # test_read_doc has it done by the program
        return once(through_office)[1][content, suffix]

    monkeypatch.setattr(libreoffice, "converted", converted)

    def made(kind, rows=ROWS, **more):
        match kind:
            case "xls" | "xlsb":
                hidden = more.pop("hidden", ())
                sheets = dict.fromkeys(["DM", *hidden], rows)
                return getattr(other, kind)(sheets, hidden=hidden, **more)
            case "doc" | "pdf" | "rtf" | "odt":
                return once(through_office)[0][kind, repr((rows, more))]
            case "docx":
                return word(rows, **more)
        return {"xlsx": xlsx, "ods": ods, "xml": xml, "csv": csv, "html": html, "mht": mht}[kind](rows, **more)

    return made


def taken(kind, content, rows=ROWS, name=""):
    """What is read, every row of it accounted for."""
    found = read(content, name or f"danh-muc.{kind}", SCALE)
    for sheet in {table.sheet for table in found.report.tables}:
        told = [item.source.row for item in found.items if item.source.sheet == sheet]
        told += [left.row for left in found.report.left_out if left.sheet == sheet and left.row]
        heads = {t.header_row for t in found.report.tables if t.sheet == sheet}
        assert sorted(told) == [n for n in range(1, len(rows) + 1) if n > min(heads) and n not in heads]
    return found


def refused(content, name):
    with pytest.raises(InputError) as said:
        read(content, name, SCALE)
    assert name in str(said.value) and "\n" not in str(said.value)
    return str(said.value)


def remarks(found):
    return " ".join(remark.reason for remark in found.report.remarks)


# -- bad inputs that every kind can be -------------------------------------------------

EACH = pytest.mark.parametrize("kind", KINDS)


@EACH
def test_nothing_at_all(kind):
    assert "0 bytes" in refused(b"", f"a.{kind}")


@EACH
def test_broken_off_in_the_middle(made, kind, monkeypatch):
    content = made(kind, LONG)
    half = content[: len(content) // 2]
    if kind == "rtf":
        monkeypatch.undo()  # no half of the others gets as far as to the program
    if kind == "html":  # text goes as far as it goes: what is there is read
        tasks = [item["task"] for item in read(half.decode(errors="ignore").encode(), "a.html", SCALE).items]
        assert tasks[:-1] == [f"Việc {n} của cơ quan" for n in range(1, len(tasks))]
    else:
        assert re.search("damaged|incomplete|not closed|cannot be read|not text", refused(half, f"a.{kind}"))


@EACH
@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_called_something_else(made, kind, ending):
    found = taken(kind, made(kind), name=f"a.{ending}")
    assert [item["task"] for item in found.items] == [line[1] for line in ROWS[1:]]
    assert ("not what its ending says" in remarks(found)) is (ending != kind)


@EACH
def test_text_that_a_spreadsheet_would_run_stays_text(made, kind):
    rows = RUN
    if kind == "xml":  # as Excel writes it: escaped
        rows = [[str(cell).replace("&", "&amp;").replace('"', "&quot;") for cell in line] for line in rows]
    found = taken(kind, made(kind, rows), rows)
    assert [str(item["task"]).replace("“", '"').replace("”", '"') for item in found.items] == FORMULAS


@EACH
def test_points_given_to_people_are_no_catalogue(made, kind):
    content = made(kind, CRITERIA)
    try:
        found = read(content, f"a.{kind}", SCALE)
    except InputError as refusal:
        assert f"a.{kind}" in str(refusal)
    else:
        assert not found.items
        assert found.report.left_out


@EACH
def test_two_tables_beside_each_other(made, kind):
    found = read(made(kind, BESIDE), f"a.{kind}", SCALE)
    works = [item["task"] for item in found.items]
    assert sorted(works) == sorted([line[1] for line in ROWS[1:]] * 2)
    assert "side by side" in remarks(found)


# -- bad inputs that not every kind can be ----------------------------------------------

MERGED = {*SHEETS, "docx", *OFFICE, *MARKUP, "pdf"}
HIDES_ROWS, HIDES_SHEETS = {*SHEETS}, {*SHEETS}
PICTURES = {"xlsx", "ods", "xls", "docx", *OFFICE, *MARKUP, "pdf"}
CANNOT = {
    "merged": {"csv": "text has no merged cells"},
    "hidden rows": {
        "csv": "text hides nothing",
        "pdf": "what is hidden is not printed",
        **dict.fromkeys(("docx", *OFFICE), "a row of a table cannot be hidden; hidden words are told (test_read_docx)"),
        **dict.fromkeys(MARKUP, "what a page hides by its style is read like any other row"),
    },
    "hidden sheets": dict.fromkeys(("csv", "docx", *OFFICE, *MARKUP, "pdf"), "there are no sheets"),
    "picture": {
        "csv": "text holds no pictures",
        "xml": "the format holds no pictures",
        "xlsb": "drawn as in .xlsx, whose parts it shares",
    },
}


@pytest.mark.parametrize(
    ("bad", "tested"),
    [("merged", MERGED), ("hidden rows", HIDES_ROWS), ("hidden sheets", HIDES_SHEETS), ("picture", PICTURES)],
)
def test_every_kind_is_tested_or_cannot_be_so_for_a_reason(bad, tested):
    assert tested | CANNOT[bad].keys() == set(KINDS)
    assert not tested & CANNOT[bad].keys()


@pytest.mark.parametrize("kind", sorted(MERGED))
def test_cells_merged_over_several_lines(made, kind):
    found = taken(kind, made(kind, COVERED, merges=MERGES), COVERED)
    assert [item["task"] for item in found.items] == ["Tiếp công dân", "Tiếp công dân", "Kiểm tra"]


@pytest.mark.parametrize("kind", sorted(HIDES_ROWS))
def test_rows_that_are_hidden(made, kind):
    found = taken(kind, made(kind, hidden_rows=[3]))
    assert len(found.items) == 3
    assert "hidden" in remarks(found)


@pytest.mark.parametrize("kind", sorted(HIDES_SHEETS))
def test_sheets_that_are_hidden(made, kind):
    found = read(made(kind, hidden=["Nháp"]), f"a.{kind}", SCALE)
    assert len(found.items) == (3 if kind == "xml" else 6)
    assert "The sheet is hidden" in remarks(found)


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_a_picture_in_place_of_a_table(made, kind):
    if kind == "xls":
        drawn = other.xls_record(0x5D, b"\x15\x00\x12\x00\x08\x00" + bytes(16))
        content = other.xls({"DM": []}, within=drawn)
    else:
        content = made(kind, [] if kind not in MARKUP else [["", ""]], picture=True)
    assert f"a.{kind}" in refused(content, f"a.{kind}")


MACROS = {
    "xlsx": lambda content: with_part(content, "xl/vbaProject.bin"),
    "xlsb": lambda content: with_part(content, "xl/vbaProject.bin"),
    "docx": lambda content: with_part(content, "word/vbaProject.bin"),
}


def with_part(content, name):
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as opened:
        opened.writestr(name, b"Sub AutoOpen()")
    return out.getvalue()


@pytest.mark.parametrize("kind", sorted(MACROS))
def test_macros_are_told_and_not_run(made, kind):
    found = taken(kind, MACROS[kind](made(kind)))
    assert len(found.items) == 3
    assert "macros" in remarks(found)


@pytest.mark.parametrize(
    ("kind", "part"), [("xlsx", "xl/externalLinks/externalLink1.xml"), ("xlsb", "xl/externalLinks/externalLink1.bin")]
)
def test_links_to_other_files_are_told_and_not_followed(made, kind, part):
    found = taken(kind, with_part(made(kind), part))
    assert len(found.items) == 3
    assert "other files" in remarks(found)
