"""Tricky cases that a civil servant can read, from tests/cases/checks.toml."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from kpicat import checks, guidance
from kpicat.model import FIELDS, Kind

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "checks.toml").read_text("utf-8"))["case"]


def typed(line):
    """A case's line with its numbers as the model holds them."""
    numbers = {name for name, f in FIELDS.items() if f.kind is Kind.NUMBER}
    return {k: Decimal(v) if k in numbers and v else None if v == "" and k in numbers else v for k, v in line.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_check_says_what_the_case_says(case, small_catalogue):
    items = small_catalogue([typed(line) for line in case["lines"]])
    edition = guidance.get(case.get("guidance", guidance.DEFAULT))
    found = checks.run(items, edition, only=[case["check"]])
    places = ["catalogue" if f.item_id is None else f"{f.item_id.removeprefix('i')}.{f.field}" for f in found]
    assert places == case.get("finds", [])
