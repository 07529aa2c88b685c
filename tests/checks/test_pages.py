"""The pages about the checks say what the checks say of themselves."""

import importlib.util
from pathlib import Path

import pytest

from kpicat import checks

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("check_pages", ROOT / "tools" / "check_pages.py")
check_pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(check_pages)


@pytest.mark.parametrize("code", check_pages.PAGES)
def test_the_page_is_what_the_checks_say_now(code):
    written = check_pages.PAGES[code].read_text(encoding="utf-8")
    assert written == check_pages.page(code), "run: make docs"


@pytest.mark.parametrize("code", check_pages.PAGES)
def test_the_page_lists_every_check_and_explains_each(code):
    lines = check_pages.page(code).splitlines()
    for check_id in checks.ids():
        assert f"## {check_id}" in lines
        assert any(line.startswith(f"- [{check_id}](#{check_id}) – ") for line in lines)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("Việc", "Nhiệm vụ/Công việc: “Việc”"),
        ({"product": " \xa0", "standard_unit": True}, "Sản phẩm đầu ra: (trống); Đơn vị chuẩn: có"),
        ([{"task": "a"}, {"task": "a"}, {}], "2 dòng có Nhiệm vụ/Công việc: “a” | một dòng đủ thông tin"),
        ([], "danh mục chưa có dòng nào"),
    ],
)
def test_a_case_is_told_in_words(case, said):
    assert checks._examples.in_words(case) == said
