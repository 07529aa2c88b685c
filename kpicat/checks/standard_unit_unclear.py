"""The standard unit is one definite work with a clear output that can be counted.

**Asked by** PL3 §2 bước 2 (b) a clear process and a clear output, (c) comparable and quantifiable.

**Why** a yardstick without marks measures nothing: if nobody can say what one
unit of it is, every coefficient in the catalogue is a guess.

**To put right** choose a line with one named product and a unit of measure that
is counted one by one, or complete this line.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines, composite
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import phrases, products, tasks

ID = "standard-unit-unclear"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 2"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each standard unit of whose work, product or measure one cannot say what one unit is."""
    if not any(items["standard_unit"]):
        return
    messages = {
        "task": _("The standard unit “{line}” is not one definite work; choose a line that is, or split it."),
        "product": _("The standard unit “{line}” has no clear product; name what there is when one of it is done."),
        "measure": _("The standard unit “{line}” has no unit that is counted one by one; write its unit of measure."),
    }
    marked = _lines.marked(items)
    columns = (marked[field] for field in ("task", "detail", "product", "measure"))
    for item_id, line, texts in zip(marked.index, _lines.names(marked), zip(*columns, strict=True), strict=True):
        if field := _unclear(*texts):
            yield Problem(item_id, field, messages[field].format(line=line))


def _unclear(task: str, detail: str, product: str, measure: str) -> str:
    """The first field that leaves one unit of the work unclear, "" for none."""
    if tasks.is_vague(task, detail, product) or composite.parts({"task": task, "product": product}):
        return "task"
    if not product.strip() or products.is_vague(product):
        return "product"
    return "" if phrases.says("measure", measure) == "countable" else "measure"


PASS: tuple[Case, ...] = (
    {"standard_unit": True},
    {"standard_unit": False, "product": "", "measure": ""},
)
FAIL: tuple[Case, ...] = (
    {"standard_unit": True, "task": "Theo dõi tình hình", "product": "Báo cáo"},
    {"standard_unit": True, "product": "Kế hoạch; giấy mời; báo cáo"},
    {"standard_unit": True, "product": "Kết quả thực hiện"},
    {"standard_unit": True, "product": ""},
    {"standard_unit": True, "measure": "%"},
    {"standard_unit": True, "measure": ""},
)
