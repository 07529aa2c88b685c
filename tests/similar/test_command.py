"""``python -m kpicat similar``: the shapes that scripts rely on."""

import json
from functools import partial

import pytest

HEADER = "a_task,a_product,a_field,b_task,b_product,b_field\n"


@pytest.fixture
def run(run):
    return partial(run, "similar")


def test_pairs_of_a_catalogue_name_both_lines_and_where_they_stand(run, write):
    tasks = ("Phát hành văn bản đi", "Đăng ký khai sinh", "Tham mưu phát hành VB đi", "Đăng ký hộ tịch")
    path = write("code,task,product\n" + "".join(f"C{n},{task},Hồ sơ\n" for n, task in enumerate(tasks)))
    status, out, err = run(path)
    assert (status, err) == (0, "")
    pairs = json.loads(out)
    assert [(p["a"]["code"], p["b"]["code"], p["verdict"]) for p in pairs] == [
        ("C0", "C2", "same"),
        ("C1", "C3", "related"),
    ]
    assert (pairs[0]["a"]["row"], pairs[0]["b"]["row"]) == (2, 4)
    assert pairs[1]["reasons"] == ["“hộ tịch” includes “khai sinh”"]


def test_each_given_pair_has_its_verdict_in_order(run, write):
    rows = "BC CCHC quý,BC,,Báo cáo cải cách hành chính quý,,\nBáo cáo quý,,,Báo cáo tháng,,\n"
    status, out, _err = run("--pairs", write(HEADER + rows), "--format", "json")
    assert status == 0
    assert [answer["verdict"] for answer in json.loads(out)] == ["same", "different"]


def test_absent_columns_and_short_rows_are_empty_texts(run, write):
    status, out, _err = run("--pairs", write("a_task,b_task\nBáo cáo quý\n"))
    assert status == 0
    assert [answer["verdict"] for answer in json.loads(out)] == ["different"]


@pytest.mark.parametrize("content", ["", "task,product\na,b\n"])
def test_a_table_without_tasks_is_one_sentence(run, write, content):
    status, out, err = run("--pairs", write(content))
    assert (status, out, err.count("\n")) == (2, "", 1) and "a_task" in err


def test_a_file_that_is_not_there_or_no_text_is_one_sentence(run, tmp_path):
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00\x80")
    for name in ("none.csv", "bytes.csv"):
        status, out, err = run("--pairs", tmp_path / name)
        assert (status, out, err.count("\n")) == (2, "", 1) and name in err


def test_nothing_named_and_both_named_are_refused(run, write):
    path = write(HEADER)
    assert run()[0] == run(path, "--pairs", path)[0] == 2
