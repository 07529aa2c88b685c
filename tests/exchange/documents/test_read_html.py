"""Tables in web pages, and in what software writes as a page and calls an Excel file."""

import pytest

from kpicat.errors import InputError

HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Điểm"]
LINES = [["1", "Tiếp công dân", "Sổ", "100"], ["2", "Họp giao ban", "Biên bản", "120"]]


def table(*rows):
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"


def page(*parts, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}</body></html>".encode()


def test_the_tables_of_a_page_come_in(taken):
    found = taken(page("<h1>Danh mục</h1>", table(["Đăng nhập", "Trợ giúp"]), table(HEAD, *LINES)), "trang.html")
    assert [(i["task"], i["points"], i.source.sheet) for i in found.items] == [
        ("Tiếp công dân", 100, "Table 2"),
        ("Họp giao ban", 120, "Table 2"),
    ]
    assert [left.sheet for left in found.report.left_out] == ["Table 1"]


def test_a_page_called_an_excel_file_is_read_and_named_what_it_is(taken):
    found = taken(page(table(HEAD, *LINES)), "xuat-tu-phan-mem.xls")
    assert len(found.items) == 2
    (remark,) = found.report.remarks
    assert ".html" in remark.reason


def test_spans_are_followed(taken):
    rows = (
        "<tr><td>STT<td>Phòng, ban<td>Nhiệm vụ<td>Sản phẩm<td>Điểm</tr>"
        "<tr><td>1<td rowspan=2>Văn phòng<td>Tiếp công dân<td>Sổ<td>100</tr>"
        "<tr><td>2<td>Họp giao ban<td>Biên bản<td>120</tr><tr><td colspan=5>I. CÔNG TÁC ĐẢNG</tr>"
        "<tr><td>1<td>Ban Tổ chức<td>Thẩm định<td>Công văn<td>150</tr>"
    )
    found = taken(page(f"<table>{rows}</table>"), "a.html")
    assert [i["department"] for i in found.items] == ["Văn phòng", "Văn phòng", "Ban Tổ chức"]
    assert found.items[2]["group"] == "CÔNG TÁC ĐẢNG"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_the_encoding_the_page_says_is_believed_where_it_holds(taken, encoding):
    said = "" if encoding == "utf-16" else f'<meta charset="{encoding}">'
    content = page(table(["task", "product", "points"], ["Đăng công văn", "Sô", "100"]), head=said)
    (item,) = taken(content.decode().encode(encoding), "a.html").items
    assert (item["task"], item["product"]) == ("Đăng công văn", "Sô")


def test_a_wrongly_said_encoding_does_not_spoil_the_text(taken):
    content = page(table(HEAD, *LINES), head='<meta charset="us-ascii">')
    assert taken(content, "a.html").items[0]["task"] == "Tiếp công dân"


def test_a_page_kept_in_one_file_is_read(taken):
    inner = page(table(HEAD, *LINES)).decode()
    content = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        f'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n{inner}\n--b--\n'
    )
    assert len(taken(content.encode(), "a.mht").items) == 2


def test_headings_between_tables_name_the_department(taken):
    found = taken(
        page(
            "<p>I. <b>Văn phòng</b> Đảng ủy</p>",
            table(HEAD, LINES[0]),
            "<div>II. Ban Tổ chức</div>",
            table(HEAD, LINES[1]),
        ),
        "a.html",
    )
    assert [i["department"] for i in found.items] == ["Văn phòng Đảng ủy", "Ban Tổ chức"]


def test_a_table_that_only_lays_out_the_page_is_stepped_into(taken):
    inner = table(HEAD, *LINES)
    assert len(taken(page(f"<table><tr><td>Danh mục bên trái</td><td>{inner}</td></tr></table>"), "a.html").items) == 2


def test_a_page_without_a_table_is_refused_in_words(taken):
    with pytest.raises(InputError, match=r"“a\.html” has no table"):
        taken(page("<p>Kính gửi</p>"), "a.html")


def test_nothing_in_a_page_does_anything(taken):
    hostile = '<script>document.write("x")</script><iframe src="http://127.0.0.1/x"></iframe>'
    line = ["1", "Tiếp công dân &a;", "Sổ", "100"]
    content = page(hostile, table(HEAD, line))
    content = content.replace(b"<!DOCTYPE html>", b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
    found = taken(content, "a.html")
    assert found.items[0]["task"].startswith("Tiếp công dân")
    assert "root:" not in found.items[0]["task"]
