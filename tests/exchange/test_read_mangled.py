"""Workbooks of each kind, mangled: items or one sentence, no traceback; of what is read, every row accounted for."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import read
from kpicat.exchange.read_many import Sent, read_many
from kpicat.exchange.tables.grid import Row, Sheet
from tests.exchange.found import taken_or_refused
from tests.exchange.other_formats import Error, compound, ods, ods_table, xls, xlsb, xml_2003, xml_row, zipped
from tests.exchange.test_read_any import check_account

SCALE = guidance.get("phu_luc_3")
ROWS = [["Nhiệm vụ", "Sản phẩm", "Điểm"], ["Tiếp dân", "Sổ", 100], [None, "Biên bản", Error("#REF!")], ["Họp", "", 1.5]]
MERGES = [(1, 2, 0, 0)]
XLS = xls({"DM": ROWS, "Nháp": ROWS}, hidden=["Nháp"], hidden_rows=[2], merges=MERGES)
FILES = {
    "xls": XLS,
    "xlsb": xlsb({"DM": ROWS}, hidden_rows=[2], merges=MERGES),
    "ods": ods(ods_table(ROWS)),
    "xml": xml_2003("".join(map(xml_row, ROWS))),
}
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def mangled(data, good):
    """The bytes with a few of them changed, or a piece cut out or said twice."""
    content = bytearray(good)
    for _change in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, max(0, len(content) - 1)))
        match data.draw(st.sampled_from(["byte", "number", "cut", "twice"])):
            case "byte":
                content[place : place + 1] = bytes([data.draw(st.integers(0, 255))])
            case "number":
                content[place : place + 4] = data.draw(st.sampled_from([b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f"]))
            case "cut":
                del content[place : place + data.draw(st.integers(1, 40))]
            case _twice:
                content[place:place] = content[place : place + data.draw(st.integers(1, 40))]
    return bytes(content)


@pytest.mark.parametrize("kind", FILES)
@given(data=st.data())
@SLOW
def test_a_mangled_workbook_is_read_or_refused(kind, data):
    taken_or_refused(mangled(data, FILES[kind]))


@given(data=st.data())
@SLOW
def test_mangled_records_of_an_xls_are_read_or_refused(data):
    start = 512  # the stream lies right behind the header
    end = XLS.index(b"R\0o\0o\0t\0")
    taken_or_refused(compound({"Workbook": mangled(data, XLS[start:end])}))


@pytest.mark.parametrize("kind", ["xlsb", "ods"])
@given(data=st.data())
@SLOW
def test_mangled_parts_of_a_zipped_workbook_are_read_or_refused(kind, data):
    with zipfile.ZipFile(io.BytesIO(FILES[kind])) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    name = data.draw(st.sampled_from([name for name in parts if name != "mimetype"]))
    taken_or_refused(zipped(parts | {name: mangled(data, parts[name])}))


@given(data=st.data())
@settings(max_examples=30)
def test_a_mangled_zip_of_files_loses_no_sentence(data):
    good = zipped({"a.csv": "Nhiệm vụ,Sản phẩm\nHọp,Sổ\n".encode(), "b/c.xls": XLS})
    many = read_many([Sent("a.zip", lambda: mangled(data, good))], SCALE)
    assert all(bool(file.read) != bool(file.refused) for file in many.files)


# -- every row -----------------------------------------------------------------------

HEADINGS = ["STT", "Mã CV", "Nhiệm vụ", "Sản phẩm", "Nhóm", "Điểm", "Ghi chú"]
CELLS = st.one_of(
    st.sampled_from(
        [None, "", "I", "1.1", "(1)", "(2)", "Tổng cộng", "Nơi nhận:", "CÔNG TÁC ĐẢNG", "Phòng Kinh tế", "Tiếp dân",
         "Báo cáo tháng", "Nhiệm vụ", "Sản phẩm", "Điểm", "2-3 lần", "Mức 2", "-"]
    ),
    st.integers(-(2**40), 2**40),
    st.floats(-1e9, 1e9),
)  # fmt: skip
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=12)


@pytest.mark.parametrize("kind", FILES)
@given(head=st.permutations(HEADINGS), body=TABLES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_every_row_is_an_item_or_is_left_out_with_a_reason(kind, head, body):
    rows = [list(head), *body]
    match kind:
        case "xls":
            content = xls({"DM": rows})
        case "xlsb":
            content = xlsb({"DM": rows})
        case "ods":
            content = ods(ods_table(rows))
        case _xml:
            content = xml_2003("".join(map(xml_row, rows)))
    try:
        found = read(content, f"a.{kind}", SCALE)
    except InputError:
        return
    check_account(Sheet("DM", [Row(n, cells) for n, cells in enumerate(rows, start=1)]), found)
