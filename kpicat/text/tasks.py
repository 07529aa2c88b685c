"""What a task says is to be done: one definite work, a whole field, or nothing one could finish."""

from __future__ import annotations

import re

from kpicat.memo import remembered
from kpicat.text import phrases, products

_LISTED = re.compile(r",(?! *ch[ốo]ng\b)|;|\bvà\b|\bva\b")  # "phòng, chống" is one word


def is_open_ended(task: str) -> bool:
    """Whether a task is in essence "other work", with no one work named."""
    return phrases.says("task", task) == "open"


def arises(task: str) -> bool:
    """Whether a task is open-ended because nobody knows beforehand what will be asked ("việc đột xuất")."""
    return is_open_ended(task) and phrases.says("regular", task) == "ad hoc"


@remembered(100_000)
def is_vague(task: str, detail: str = "", product: str = "") -> bool:
    """Whether one cannot tell, even from detail and product, when one unit of this work has been done.

    A weak verb ("theo dõi", "tham mưu") is not vague by itself: it is where a field or
    nothing follows it, unless the product says what is made. An area that is looked
    after ("quản lý di tích") is vague only beside a product that could be of any.
    """
    said = "hollow" if is_open_ended(task) else phrases.says("work", task)
    if said in ("", "definite") or (said == "area" and not product.strip()):
        return False
    if detail.strip() and phrases.says("work", detail) == "definite":
        return False
    return not products.pins_down(product, "" if said == "area" else task)


@remembered(100_000)
def fields(task: str) -> tuple[str, ...]:
    """The fields of work a task lists ("chuyển đổi số, ISO, an toàn thông tin"), () where it names a definite work."""
    if phrases.says("work", task) in ("", "definite"):
        return ()
    return tuple(field.strip() for field in _LISTED.split(task[: phrases.LONGEST]) if field.strip())
