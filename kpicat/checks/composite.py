"""One line is one work with one product.

**Asked by** PL3 lưu ý (1) clear task and (2) clear product; PL3 §1b definite and countable.

**Why** a line that hides a plan, invitations, papers and a payment file is worth
four lines to one unit and one to another. Its parts are due on different days and
done by different people, so neither time nor quality of the line can be told.

**To put right** give each work that is assigned, timed and counted on its own a
line of its own; the proposed split is a beginning. Steps towards one product, and
forms of one product, stay together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.memo import remembered
from kpicat.model import Level
from kpicat.text import composition, products, tasks
from kpicat.text.normalise import fold

ID = "composite"
LEVEL = Level.WARNING
STEP = "PL3 lưu ý (1)"
SCOPE = "item"

ARROW = " → "
"""Between a part's task and its product in a suggestion, one part a line."""
_WORD = re.compile(r"\w+")
_WEAK = "tham muu"
_PAPERS = ("ke hoach", "bao cao")
SEVERAL, MANY = 3, 4
"""Fields in one task from which its plan and its report are two works, and from which each field is one."""


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line that holds several works; its suggestion is the split."""
    message = _("“{text}” holds {count} works that are timed and counted apart; give each its own line.")
    for item_id, task, product in zip(items.index, items["task"], items["product"], strict=True):
        field, split = _split(task, product)
        if split:
            suggestion = "\n".join(ARROW.join(filter(None, part)) for part in split)
            text = _lines.short(product if field == "product" else task)
            yield Problem(item_id, field, message.format(text=text, count=len(split)), suggestion)


def parts(item: Mapping[str, object]) -> list[tuple[str, str]]:
    """The works an item hides as (task, product), at least two; [] where it is one work.

    Args:
        item: Field values with "task" and "product", both text.
    """
    return list(_split(str(item.get("task") or ""), str(item.get("product") or ""))[1])


@remembered(100_000)
def _split(task: str, product: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The field that holds several works, and each as (task, product); () where there is one."""
    fields = tasks.fields(task)
    things = composition.separate_products(product, len(fields) >= SEVERAL)
    works = composition.separate_works(task, bool(product.strip()) and not things and not products.is_vague(product))
    if works and (not things or len(things) == len(works)):
        return "task", tuple(zip(map(_sentence, works), things or _spread(product, works), strict=True))
    if things:
        return "product", tuple((_named(task.strip().rstrip(":;.,"), thing), _sentence(thing)) for thing in things)
    if len(fields) >= MANY and tasks.is_vague(task, "", product):
        verb = " ".join(task.split()[:2])  # "Tham mưu", "Quản lý", "Công tác": of two syllables
        return "task", tuple((f"{verb} {field}" if n else field, product) for n, field in enumerate(fields))
    return "", ()


def _named(task: str, thing: str) -> str:
    """The work of one thing of several: "Tham mưu báo cáo công tác trẻ em", but "Tổ chức lễ: kịch bản"."""
    verb, field = " ".join(task.split()[:2]), " ".join(task.split()[2:])
    paper, about = " ".join(thing.split()[:2]), fold(thing).split()[2:]
    if fold(verb) != _WEAK or not field or not fold(paper).startswith(_PAPERS):
        return f"{task}: {_lower(thing)}"
    said = set(_WORD.findall(fold(field)))
    return f"{verb} {_lower(paper if said.issuperset(about) else thing)} {_lower(field)}"


def _spread(product: str, works: tuple[str, ...]) -> list[str]:
    """The one product of a line beside the work that shares most words with it, the others' left to write."""
    words = set(products.parts(product.replace(" ", "/")))
    shared = [len(words & set(products.parts(work.replace(" ", "/")))) for work in works]
    owner = shared.index(max(shared))
    return [product if n == owner else "" for n in range(len(works))]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


PASS: tuple[Case, ...] = (
    {"task": "Kiểm tra, giám sát chi bộ", "product": "Kết luận kiểm tra, giám sát"},
    {"task": "Xây dựng kế hoạch kiểm tra và giám sát năm", "product": "Kế hoạch/chương trình"},
    {"task": "Rà soát, tổng hợp, báo cáo số liệu thu, chi ngân sách", "product": "Báo cáo định kỳ, đột xuất"},
    {"task": "Trình ban hành quy chế", "product": "Tờ trình; dự thảo quy chế; phụ lục"},
    {"task": "Tiếp nhận, vào sổ văn bản đến", "product": "Văn bản đã vào sổ"},
)
FAIL: tuple[Case, ...] = (
    {"task": "Tổ chức hội nghị sơ kết", "product": "Kế hoạch; giấy mời; tài liệu hội nghị; hồ sơ thanh toán"},
    {"task": "Tổ chức hội thi", "product": "Kế hoạch, giấy mời, kịch bản và báo cáo kết quả"},
    {"task": "Xây dựng quy chế phối hợp và tổ chức kiểm tra việc thực hiện", "product": ""},
    {"task": "Tiếp nhận, thẩm định, cấp phép, thu hồi giấy phép", "product": "Giấy phép"},
    {"task": "Tham mưu văn hóa, thể thao, du lịch, gia đình", "product": "Báo cáo"},
    {"task": "Phục vụ đại hội", "product": "a) Giấy mời\nb) Kịch bản\nc) Báo cáo"},
)
