"""A catalogue read on a scale that is not its own: one remark on the whole, none on lines that are not wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat import checks, guidance
from kpicat.commands.records import as_lines
from kpicat.exchange.forms import remarks
from kpicat.model import Finding, Item, Source, items_frame

ISSUE = guidance.get("phu_luc_3")
OF_THE_SCALE = {"off-scale-points", "points-tier-mismatch", "coefficient-mismatch"}


@pytest.fixture
def lines() -> list[Item]:
    """Twenty of a commune's frame, where five points are the standard: one with the tier of another frame."""
    points = [Decimal(120) if n == 3 else Decimal(30 + n) for n in range(20)]
    return [
        Item(
            f"i{n}",
            {"code": f"VP.{n}", "task": f"Thẩm định hồ sơ {n}", "tier": 4 if n == 3 else 2, "points": score,
             "coefficient": score / 5, "deadline": "Sớm" if n == 7 else "Trong ngày"},
            Source("x.xlsx", "Danh mục", n + 2),
        )
        for n, score in enumerate(points)
    ]  # fmt: skip


def found_in(lines: list[Item], edition=ISSUE) -> tuple[dict[str, Item], list[Finding]]:
    items = items_frame(lines)
    return {line.id: line for line in lines}, checks.run(items, edition)


def test_people_are_told_the_scale_once_and_how_many_lines_wait_for_it(lines, in_english):
    by_id, findings = found_in(lines)
    assert {f.check for f in findings} >= OF_THE_SCALE
    told = list(as_lines(findings, by_id))
    of = {check: [line for line in told if f"[{check};" in line] for check in {f.check for f in findings}}
    assert all(len(of[check]) == 1 for check in OF_THE_SCALE | {"other-scale"})
    off = {f.item_id for f in findings if f.check == "off-scale-points"}
    assert of["off-scale-points"][0].startswith(f"{len(off)} of 20 lines: error: Choose points that the scale has, if ")
    assert of["vague-deadline"][0].startswith("Danh mục, row 9 (VP.7)")


def test_an_appraiser_writes_no_remark_on_lines_that_only_wait_for_the_scale(lines, in_english):
    _by_id, findings = found_in(lines)
    parts = remarks.parts(items_frame(lines), findings)
    said = [remark for part in parts for remark in part.remarks]
    assert [remark.task for remark in said if "another scale" in remark.said] == ["The whole catalogue"]
    assert not [remark for remark in said if "points" in remark.said and remark.lines]
    assert [remark.code for remark in said if remark.code.startswith("VP.7")]


def test_on_its_own_scale_every_line_is_looked_at(lines, in_english):
    lines[5] = Item("i5", {**lines[5].values, "points": Decimal(60)}, lines[5].source)
    by_id, findings = found_in(lines, guidance.get("khung_xa"))
    told = list(as_lines(findings, by_id))
    assert [line[:20] for line in told if "[points-tier-mismatch;" in line] == ["Danh mục, row 7 (VP."]
