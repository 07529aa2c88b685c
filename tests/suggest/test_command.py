"""``python -m kpicat suggest``: the shapes that scripts rely on."""

import json
from functools import partial

import pytest


@pytest.fixture
def run(run):
    return partial(run, "suggest")


LINES = "code,task,product,group\nA1,Giải quyết tố cáo,Kết luận,\nA2,Vào sổ văn bản đến,Sổ,\n"


def test_each_line_has_tier_confidence_and_reasons_in_order(run, write):
    status, out, err = run(write(LINES), "--format", "json")
    assert (status, err) == (0, "")
    answers = json.loads(out)
    assert [(a["row"], a["code"], a["tier"]) for a in answers] == [(2, "A1", 3), (3, "A2", 1)]
    assert all(0 < a["confidence"] <= 1 and a["reasons"] for a in answers)
    assert answers[0]["reasons"] == [
        "complaints, denunciations, discipline, signs of wrong: sensitive, and to be verified"
    ]


def test_text_is_a_line_each(run, write):
    status, out, _err = run(write(LINES))
    assert status == 0
    first, second = out.splitlines()
    assert first.startswith("row 2: tier 3 (66 %) – Giải quyết tố cáo: complaints")
    assert second.startswith("row 3: tier 1")


def test_a_reference_catalogue_is_learnt_from(run, write):
    there = write("task,tier\nVào sổ các văn bản đến,2\n", "there.csv")
    status, out, _err = run(write(LINES), "--reference", there, "--format", "json")
    assert status == 0
    proposed = json.loads(out)[1]
    assert proposed["tier"] == 2
    assert proposed["reasons"][0] == "the same work is tier 2 in the reference catalogue: “Vào sổ các văn bản đến”"


def test_points_are_a_tier_too(run, write):
    lines = "task,points\nVào sổ các văn bản đến,120\nVào sổ văn bản đến,\n"
    status, out, _err = run(write(lines), "--format", "json")
    assert status == 0 and json.loads(out)[1]["tier"] == 2


def test_files_that_cannot_be_taken_are_one_sentence(run, write, tmp_path):
    for arguments in ((tmp_path / "none.csv",), (write(LINES), "--reference", tmp_path / "none.csv")):
        status, out, err = run(*arguments)
        assert (status, out, err.count("\n")) == (2, "", 1) and "none.csv" in err
