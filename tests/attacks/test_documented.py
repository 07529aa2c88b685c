"""The table of attacks in docs/security.md names what is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def rows() -> list[tuple[str, str, str]]:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    table = text.split("| attack | refused by | test |")[1].split("\n\n")[0]
    return re.findall(r"^\| ([^|-][^|]*) \| ([^|]*) \| ([^|]*) \|$", table, re.MULTILINE)


def test_each_attack_is_refused_by_code_that_is_there_and_tried_by_tests_that_are_there():
    assert len(rows()) >= 18
    for attack, code, tests in rows():
        named = re.findall(r"`([\w/]+\.py)`", tests)
        assert named, attack
        for each in named:
            assert list((ROOT / "tests").rglob(each)), each
        for each in re.findall(r"`([\w/]+\.py)`", code):
            assert (ROOT / "kpicat" / each).exists(), each


def test_every_file_of_attacks_is_in_the_table():
    told = " ".join(tests for _attack, _code, tests in rows())
    mine = {path.name for path in Path(__file__).parent.glob("test_*.py")} - {Path(__file__).name}
    assert not [name for name in mine if name not in told]
