"""Tasks and products as units write them, told apart as an appraiser would; splits that lose nothing."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.checks import composite
from kpicat.text import products, tasks
from kpicat.text.normalise import fold

LINES = tomllib.loads((Path(__file__).parent.parent / "cases" / "lines.toml").read_text("utf-8"))
SAYS = {
    "composite": lambda task, product: bool(composite.parts({"task": task, "product": product})),
    "vague_task": lambda task, product: tasks.is_vague(task, "", product),
    "vague_product": lambda task, product: products.is_vague(product),
    "paper_only": lambda task, product: products.is_paper_only(product, task),
}
CASES = [(kind, said == "yes", line) for kind, of in LINES.items() for said, lines in of.items() for line in lines]


@pytest.mark.parametrize(("kind", "expected", "line"), CASES)
def test_a_line_is_judged_as_an_appraiser_would(kind, expected, line):
    task, _, product = line.partition(" | ")
    assert SAYS[kind](task, product) is expected


@pytest.mark.parametrize("line", [line for kind, yes, line in CASES if kind == "composite" and yes])
def test_a_split_gives_two_or_more_lines_that_hold_all_that_was_written(line):
    task, _, product = line.partition(" | ")
    parts = composite.parts({"task": task, "product": product})
    assert len(parts) >= 2 and len({task for task, _ in parts}) == len(parts)
    words = set(re.findall(r"[^\W\d]{2,}", fold(" ".join(" ".join(part) for part in parts))))
    assert set(re.findall(r"[^\W\d]{2,}", fold(line))) - words <= {"va"}


def test_a_split_is_proposed_in_the_words_of_the_line():
    line = {"task": "Tổ chức hội nghị sơ kết", "product": "Kế hoạch; giấy mời; báo cáo"}
    assert composite.parts(line)[:2] == [
        ("Tổ chức hội nghị sơ kết: kế hoạch", "Kế hoạch"),
        ("Tổ chức hội nghị sơ kết: giấy mời", "Giấy mời"),
    ]
    line = {"task": "Quản lý con dấu và tổ chức tiếp công dân", "product": "Sổ tiếp công dân"}
    assert composite.parts(line) == [("Quản lý con dấu", ""), ("Tổ chức tiếp công dân", "Sổ tiếp công dân")]


def test_each_of_many_fields_is_a_line_and_a_pair_of_words_is_one_field():
    line = {"task": "Tham mưu văn hóa, thể thao, phòng, chống bạo lực và du lịch", "product": "Báo cáo"}
    assert [task for task, _ in composite.parts(line)] == [
        "Tham mưu văn hóa",
        "Tham mưu thể thao",
        "Tham mưu phòng, chống bạo lực",
        "Tham mưu du lịch",
    ]


def test_what_stands_in_brackets_is_neither_split_nor_lost():
    assert composite.parts({"task": "Phục vụ họp", "product": "Bộ tài liệu (kế hoạch, giấy mời, báo cáo)"}) == []
    line = {"task": "Xây dựng kế hoạch năm (chung, riêng) và tổ chức kiểm tra các chi bộ", "product": ""}
    assert composite.parts(line)[0] == ("Xây dựng kế hoạch năm (chung, riêng)", "")


def test_a_detail_that_names_the_work_makes_up_for_a_heading():
    assert tasks.is_vague("Công tác văn thư", "", "")
    assert not tasks.is_vague("Công tác văn thư", "Đóng dấu văn bản đi", "")
    assert tasks.is_vague("Công tác văn thư", "Thực hiện nhiệm vụ được giao", "")


def test_a_product_tells_the_work_unless_it_only_repeats_it():
    assert not products.pins_down("Báo cáo công tác dân vận", "Tham mưu công tác dân vận")
    assert products.pins_down("Báo cáo quý", "Tham mưu công tác dân vận")
    assert not products.pins_down("", "Tham mưu công tác dân vận")


texts = st.lists(st.sampled_from(["kế hoạch", "báo cáo", "giấy mời", ";", ",", "/", "\n", "và", "a)", "b)", "hội nghị",
    "tổ chức", "kiểm tra", "giám sát", "Tham mưu", "cấp phép", "thu hồi", "(", ")", ":", "1.", "công tác", "e\u0301"]),
    max_size=12).map(" ".join)  # fmt: skip


@given(task=texts, product=texts)
def test_no_text_breaks_the_split_or_makes_empty_lines_of_it(task, product):
    parts = composite.parts({"task": task, "product": product})
    assert len(parts) != 1
    assert all(part_task.strip() for part_task, _ in parts)
