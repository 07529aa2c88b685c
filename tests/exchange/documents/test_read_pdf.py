"""Ruled tables of a PDF with letters come in, marked to be checked by eye; a scan does not."""

import io
import sys

import pytest
from PIL import Image

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import no_progress, read, read_pdf
from kpicat.exchange.documents import libreoffice
from kpicat.exchange.documents.parts import Table
from kpicat.exchange.documents.reading import read_parts
from tests.exchange import office

SCALE = guidance.get("phu_luc_3")
HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Điểm"]
LINES = [["1", "Tiếp công dân", "Sổ", "100"], ["2", "Họp giao ban", "Biên bản", "120"]]
installed = pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")
STYLE = (
    "<style>@page {size: A4 landscape} table {width: 100%; border-collapse: collapse} td {border: 1px solid}</style>"
)


def table(*rows):
    cells = ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return f'<table border="1" cellspacing="0" width="700">{"".join(cells)}</table>'


LONG_LINES = [
    [str(n), f"Thẩm định văn bản số {n} của các phòng, ban chuyên môn", "Công văn", "100"] for n in range(1, 81)
]
LONG_NAME = ("Tham mưu Ban Thường vụ Đảng ủy ban hành kế hoạch kiểm tra, giám sát hằng năm " * 3).strip()
STEPS = [f"- Lập danh sách, thẩm định hồ sơ đợt {n}" for n in range(1, 100)]
BODIES = {
    "usual": "<p>DANH MỤC</p>" + table(HEAD, *LINES),
    "several pages": table(HEAD, *LONG_LINES),
    "long name": table(HEAD, ["1", LONG_NAME, "Kế hoạch", "100"]),
    "tall cell": table(
        HEAD, LINES[0], ["2", "Tiếp nhận hồ sơ", "<br>".join(STEPS), "120"], ["3", "Tập huấn", "Báo cáo", "150"]
    ),
}


def all_printed():
    """Each of the pages of HTML as LibreOffice prints it as PDF."""
    page = '<html><head><meta charset="utf-8">' + STYLE + "</head><body>{}</body></html>"
    texts = office.converted([(page.replace("{}", body).encode(), ".html") for body in BODIES.values()], "odt")
    return dict(zip(BODIES, office.converted([(text, ".odt") for text in texts], "pdf"), strict=True))


@pytest.fixture
def printed(once):
    """One of them."""
    return lambda name: once(all_printed)[name]


def a_pdf(stream=b"", pages=1):
    """The least that is a PDF: some pages that all show the same."""
    kids = " ".join(f"{n + 4} 0 R" for n in range(pages))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R>>"] * pages,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start)


def refusal(content, name="a.pdf"):
    with pytest.raises(InputError) as said:
        read(content, name, SCALE)
    assert name in str(said.value)
    return str(said.value)


@installed
def test_a_ruled_table_comes_in_and_is_to_be_checked_by_eye(printed, taken):
    found = taken(printed("usual"), "danh-muc.pdf")
    assert [(i["task"], i["product"], i["points"]) for i in found.items] == [
        ("Tiếp công dân", "Sổ", 100),
        ("Họp giao ban", "Biên bản", 120),
    ]
    assert found.items[0].source.sheet == "Table 1, page 1"
    (remark,) = found.report.remarks
    assert "check them by eye" in remark.reason


@installed
def test_a_table_over_several_pages_is_one(printed, taken):
    found = taken(printed("several pages"), "danh-muc.pdf")
    assert [i["task"] for i in found.items] == [line[1] for line in LONG_LINES]
    assert len({i.source.sheet for i in found.items}) == 1
    assert len(found.report.tables) == 1


@installed
def test_a_long_name_over_several_lines_is_one_line_again(printed, taken):
    found = taken(printed("long name"), "danh-muc.pdf")
    assert found.items[0]["task"] == LONG_NAME


@pytest.fixture
def over_two_pages():
    """The items of a table whose second page begins with these rows."""

    def build(*further):
        parts = [Table("1", [HEAD, *LINES], page=1), Table("2", [HEAD, *further], page=2)]
        return read_parts(parts, "a.pdf", SCALE, pointed={}, progress=no_progress)

    return build


def test_a_row_that_a_page_break_cuts_is_put_together_and_told(over_two_pages):
    found = over_two_pages([None, "của lãnh đạo", None, None], ["3", "Tập huấn", "Báo cáo", "150"])
    assert [i["task"] for i in found.items] == ["Tiếp công dân", "Họp giao ban của lãnh đạo", "Tập huấn"]
    assert [r.row for r in found.report.remarks if "middle of this row" in r.reason] == [3]


def test_a_row_without_a_number_after_a_page_break_stays_a_row(over_two_pages):
    found = over_two_pages([None, "Tập huấn", "Báo cáo", "150"], [None, "kiểm tra", "kết luận", "200"])
    assert [int(i["points"]) for i in found.items] == [100, 120, 150, 200]


@installed
def test_a_cell_taller_than_a_page_is_one_cell_again(printed, taken):
    found = taken(printed("tall cell"), "danh-muc.pdf")
    assert [i["task"] for i in found.items] == ["Tiếp công dân", "Tiếp nhận hồ sơ", "Tập huấn"]
    assert found.items[1]["product"].split("\n") == STEPS
    assert int(found.report.tables[0].sheet[-1]) > 2  # over three pages at least


@pytest.fixture
def over_three_pages():
    """The items of a table of which each page but the last ends at that height; the rows of those after the first."""

    def build(ends, *further):
        pages = [[HEAD, *LINES], *([HEAD, *rows] for rows in further)]
        parts = [Table(str(n), rows, page=n, ends=ends) for n, rows in enumerate(pages, start=1)]
        parts.append(Table("9", [HEAD, ["3", "Tập huấn", "Báo cáo", "150"]], page=9, ends=500.0))
        return read_parts(parts, "a.pdf", SCALE, pointed={}, progress=no_progress)

    return build


def test_what_full_pages_cut_goes_on_over_each_of_them(over_three_pages):
    found = over_three_pages(500.0, [[None, None, "- Bản thứ hai", None]], [[None, None, "- Bản thứ ba", None]])
    assert [i["product"] for i in found.items] == ["Sổ", "Biên bản\n- Bản thứ hai\n- Bản thứ ba", "Báo cáo"]
    assert [(r.row, r.text) for r in found.report.remarks if "middle of this row" in r.reason] == [
        (3, "- Bản thứ hai"),
        (3, "- Bản thứ ba"),
    ]


def test_a_page_with_room_left_has_cut_no_row(over_three_pages):
    assert len(over_three_pages(400.0, [[None, None, "- Bản thứ hai", None]]).items) == 4


def test_where_rows_go_without_numbers_a_page_break_tells_nothing(over_three_pages):
    rest, other = [None, None, "- Bản thứ hai", None], [None, "Kiểm tra", "Kết luận", "200"]
    assert len(over_three_pages(500.0, [rest], [["3", "Rà soát", "Sổ", "100"], other]).items) == 6


@pytest.mark.parametrize("title", ["CÔNG TÁC ĐẢNG", "Công tác đảng"])
def test_a_heading_at_the_top_of_a_page_is_no_rest_of_a_row(over_three_pages, title):
    found = over_three_pages(500.0, [[None, title, None, None], ["3", "Kiểm tra", "Kết luận", "200"]])
    assert [i["task"] for i in found.items] == ["Tiếp công dân", "Họp giao ban", "Kiểm tra", "Tập huấn"]
    assert found.items[2]["group"] == title


def test_a_scan_is_refused():
    content = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(content, "PDF")
    assert "scan" in refusal(content.getvalue())


def test_a_pdf_without_a_table_is_refused():
    assert "no ruled table" in refusal(a_pdf())


def test_a_damaged_pdf_is_refused():
    assert "damaged" in refusal(b"%PDF-1.4\n" + bytes(range(256)) * 4)


def test_too_many_pages_are_refused():
    assert "split it" in refusal(a_pdf(pages=read_pdf.MOST_PAGES + 1))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_a_page_that_takes_all_memory_is_given_up(monkeypatch):
    monkeypatch.setattr(read_pdf, "_BOUNDS", read_pdf.Bounds(memory=100 << 20, seconds=20, written=1 << 20))
    sentence = refusal(a_pdf(b"0 0 1 1 re f\n" * 400_000))
    assert "memory" in sentence or "damaged" in sentence


def test_whoever_listens_may_stop_the_reading():
    class Stopped(Exception):
        pass

    def stop(share, _doing):
        if share:
            raise Stopped

    with pytest.raises(Stopped):
        read(a_pdf(pages=3), "a.pdf", SCALE, progress=stop)
