"""What somebody put right by hand need not be put right again, by anybody, in files of the same shape."""

import pytest

from kpicat import guidance
from kpicat.exchange import Pointed, no_progress
from kpicat.exchange.tables.grid import Row, Sheet
from kpicat.exchange.tables.items import read_sheets
from kpicat.services.remembering import forget, recalled, remember
from kpicat.store import open_store

HEAD = ["STT", "Công việc", "Sản phẩm", "Ý kiến góp ý"]
LINE = [1, "Tiếp công dân", "Sổ", "Việc lặp lại, có mẫu sẵn"]
BY_HAND = {"Danh mục": Pointed(1, {1: "task", 2: "product", 3: "rationale"})}


def read(head=HEAD, line=LINE, pointed=None, name="Danh mục"):
    sheet = Sheet(name, [Row(1, head), Row(2, line)])
    return read_sheets([sheet], "a.xlsx", guidance.get("phu_luc_3"), pointed=pointed or {}, progress=no_progress)


@pytest.fixture
def put_right(store):
    remember(store, read(pointed=BY_HAND).report.tables, BY_HAND)
    return store


def test_the_next_file_with_these_headings_is_taken_as_the_last_was(put_right):
    said = recalled(put_right, read(name="Xã khác").report.tables)
    (item,) = read(name="Xã khác", pointed=said).items
    assert item["rationale"] == LINE[3]


def test_case_diacritics_marks_and_blank_columns_are_none_of_the_shape(put_right):
    head = ["", "STT", "CÔNG VIỆC", "", "San pham", "Ý kiến (góp ý)"]
    first = read(head, ["", 1, LINE[1], "", LINE[2], LINE[3]])
    said = recalled(put_right, first.report.tables)
    (item,) = read(head, ["", 1, LINE[1], "", LINE[2], LINE[3]], pointed=said).items
    assert (item["task"], item["product"]) == (LINE[1], LINE[2])


def test_other_headings_are_another_shape(put_right):
    assert recalled(put_right, read(["STT", "Công việc", "Sản phẩm", "Ghi chú"]).report.tables) == {}


def test_what_the_person_says_now_counts_more(put_right):
    assert recalled(put_right, read().report.tables, but=["Danh mục"]) == {}


def test_it_is_remembered_for_everybody_and_forgotten_by_one_word(put_right, url):
    other = open_store(url)
    (table,) = read().report.tables
    assert recalled(other, [table])
    forget(other, table)
    assert recalled(put_right, [table]) == {}
    other.close()


def test_the_last_word_is_remembered(put_right):
    again = {"Danh mục": Pointed(1, {1: "task", 2: "product", 3: "quality"})}
    remember(put_right, read(pointed=again).report.tables, again)
    (said,) = recalled(put_right, read().report.tables).values()
    assert said.columns[3] == "quality"


def test_what_nobody_put_right_is_not_remembered(store):
    remember(store, read().report.tables, {"Danh mục": Pointed(1)})
    assert recalled(store, read().report.tables) == {}


@pytest.mark.parametrize("kept", ["", "{", "7", '{"a": 1}', '["no field of ours", "", "", ""]'])
def test_what_cannot_be_read_of_it_harms_nothing(put_right, kept):
    (name,) = [n for n in (_name(put_right),) if n]
    put_right.remember(name, kept)
    for said in recalled(put_right, read().report.tables).values():
        assert set(said.columns.values()) <= {"", "task", "product"}


def _name(store):
    from kpicat.services import remembering

    return remembering._shape(read().report.tables[0])
