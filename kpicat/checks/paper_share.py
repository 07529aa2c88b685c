"""A catalogue counts results more than papers.

**Asked by** PL3 lưu ý: avoid formality, do not lean on counting documents and reports.

**Why** one line whose product is a report may be right; a catalogue where most
are rewards writing, and its scores come out good whatever is achieved.

**To put right** go through the lines whose product is only paper, the ones that
weigh most first, and name the result where there is one.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.convert import EXACT, coefficient, total
from kpicat.guidance import Guidance
from kpicat.language import _, percent
from kpicat.model import Level
from kpicat.text import phrases, products

ID = "paper-share"
LEVEL = Level.WARNING
STEP = "PL3 lưu ý"
SCOPE = "catalogue"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield one problem where more than the share allowed is paper, by lines or by converted quantity."""
    most, least = _threshold()
    if len(items) < least:
        return
    paper = [products.is_paper_only(*texts) for texts in zip(items["product"], items["task"], strict=True)]
    lines = Decimal(sum(paper)) / len(paper)
    weight = _weight(items, paper, guidance)
    if max(lines, weight or Decimal(0)) > most:
        by_lines = _("{share} of the lines have only papers as product; name results where there are any.")
        by_both = _(
            "{share} of the lines, {weight} of the converted quantity, have only papers as product; "
            "name results where there are any."
        )
        said = by_lines if weight is None else by_both
        yield Problem(None, "product", said.format(share=percent(lines), weight=percent(weight or Decimal(0))))


def _weight(items: Lines, paper: list[bool], guidance: Guidance) -> Decimal | None:
    """The share of the converted quantity that is paper; None where no line has any."""
    ratio = functools.cache(lambda points: coefficient(points, guidance))
    amounts = [
        None if points is None or quantity is None else EXACT.multiply(ratio(points), quantity)
        for points, quantity in zip(_lines.points(items, guidance), items["quantity"], strict=True)
    ]
    if not (whole := total(amounts)) > 0:
        return None
    return total(amount for amount, is_paper in zip(amounts, paper, strict=True) if is_paper) / whole


@functools.cache
def _threshold() -> tuple[Decimal, int]:
    data = tomllib.loads((phrases.FOLDER / "paper_share.toml").read_text("utf-8"))
    return Decimal(data["most"]["share"]), data["least"]["lines"]


PASS: tuple[Case, ...] = (
    [{"product": "Buổi tiếp công dân"}] * 10,
    [{"product": "Báo cáo"}] * 5 + [{"product": "Buổi tiếp công dân"}] * 5,
    [{"product": "Báo cáo"}] * 3,
)
FAIL: tuple[Case, ...] = (
    [{"product": "Báo cáo"}] * 6 + [{"product": "Buổi tiếp công dân"}] * 4,
    [{"product": "Báo cáo", "quantity": Decimal(500)}] + [{"product": "Buổi tiếp công dân"}] * 9,
    [{"product": "Báo cáo", "quantity": None}] * 6 + [{"product": "Buổi tiếp", "quantity": None}] * 4,
)
