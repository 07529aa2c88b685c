"""A work stands in the catalogue once, whatever words it is put in.

**Asked by** PL3 §1b no duplicates.

**Why** abbreviations, small words and another order hide that two lines are one
work; several units send it, and it is assigned, tiered and counted twice.

**To put right** keep the line that is better worded and take the other out; if
they are two works, write what makes them differ: the object, the period, the step.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Hashable, Iterator

from kpicat import similar
from kpicat.checks import Case, Lines, Pair, Problem, _lines, duplicate
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text.normalise import fold

ID = "near-duplicate"
LEVEL = Level.WARNING
STEP = "PL3 §1b"
SCOPE = "pairs"


def check(items: Lines, guidance: Guidance, apart: Collection[Pair] = frozenset()) -> Iterator[Problem]:
    """Yield a problem for each line that is the same work as an earlier one in other words.

    Lines of two positions are left out, as each position may have a part in one work;
    so are lines that :mod:`~kpicat.checks.duplicate` reports.
    """
    columns = {field: items[field] for field in ("task", "product", "detail", "department", "position")}
    lines = list(zip(*(columns[field] for field in ("task", "product", "detail", "department")), strict=True))

    told_apart = _lines.told_apart(items, apart)

    def told(place: int, first: int) -> bool:
        if told_apart(place, first):
            return True
        post, other = (fold(columns["position"][at]) for at in (place, first))
        return bool(post and other and post != other) or duplicate.key(columns, place) == duplicate.key(columns, first)

    name = functools.partial(_lines.name, items)
    message = _("“{line}” is the work of {other}, “{name}”: {reason}; keep one, or write what makes them differ.")
    for found in similar.repeats(lines, told):
        yield Problem(
            items.index[found.place],
            "task",
            message.format(
                line=name(found.place),
                other=items.references[found.first],
                name=name(found.first),
                reason=found.judgement.reasons[0],
            ),
            other=items.index[found.first],
        )


def groups(items: Lines, place: int) -> Collection[Hashable]:
    """Lines are held against each other where their words come to the same."""
    return similar.blocks_of(*(items[field][place] for field in ("task", "product", "detail")))


PASS: tuple[Case, ...] = (
    [{"task": "Báo cáo công tác dân vận quý"}, {"task": "Báo cáo công tác dân vận tháng"}],
    [{"task": "Thẩm định kế hoạch tuyển quân"}, {"task": "Soạn thảo kế hoạch tuyển quân"}],
    [{"task": "Đăng ký khai sinh", "position": "A"}, {"task": "Tham mưu đăng ký khai sinh", "position": "B"}],
    [{"task": "Đăng ký khai sinh"}, {"task": "Đăng ký  khai sinh"}],
)
FAIL: tuple[Case, ...] = (
    [{"task": "Phát hành văn bản đi của Đảng ủy"}, {"task": "Thực hiện phát hành VB đi của Đảng uỷ"}],
    [{"task": "Lập kế hoạch chuyển đổi số"}, {"task": "Tham mưu xây dựng KH CĐS năm 2026"}],
)
