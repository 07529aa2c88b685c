"""What stands in the column of products: its parts, and what they are.

"Báo cáo/biên bản kiểm tra" has two parts. A part that names no thing of its own
("định kỳ/đột xuất") goes with the one before it.
"""

from __future__ import annotations

import re

from kpicat.memo import remembered
from kpicat.text import phrases
from kpicat.text.normalise import fold

_BETWEEN = re.compile(r"\s*(?:[/;,+&\n]|\bva\b|\bhoac\b|\bkem\b)\s*")
_WORD = re.compile(r"\w+")
_COUNT = re.compile(r"^\d+ (?=[a-z])")
_DRAFTED = re.compile(
    r"^(?:(?:tham muu|phoi hop|chu tri|to chuc)[ ,]+)*"
    r"(?:(?:xay dung|soan(?: thao)?|du thao|lap|viet|ban hanh|trinh|tong hop|hoan thien|chuan bi|va)[ ,]+)+"
)

_ABOUT = ("bao cao", "ke hoach", "cong van", "van ban", "chuong trinh", "thong bao")


def parts(product: str) -> list[str]:
    """The parts of a product, folded, in order, without how many there are."""
    return [_COUNT.sub("", part) for part in _BETWEEN.split(fold(product[: phrases.LONGEST])) if part]


@remembered(100_000)
def is_paper_only(product: str, task: str = "") -> bool:
    """Whether a product is nothing but papers about work; where it is blank, whether the task is to write one."""
    if is_vague(product):
        return False
    if not product.strip():
        drafted = _DRAFTED.sub("", fold(task[: phrases.LONGEST]))
        return phrases.says("product", _BETWEEN.split(drafted)[0]) == "paper"
    kinds = {phrases.says("product", part) for part in parts(product)}
    return "paper" in kinds and "result" not in kinds


@remembered(100_000)
def is_vague(product: str) -> bool:
    """Whether a product is written but names nothing that could be handed over or counted."""
    said = [phrases.says("vague_product", part) for part in _BETWEEN.split(fold(product[: phrases.LONGEST])) if part]
    return bool(said) and set(said) == {"vague"}


def pins_down(product: str, task: str = "") -> bool:
    """Whether a product tells what is to be made where the task does not.

    A paper of a kind that every field has does not, nor a report, plan or letter that
    only repeats the words of ``task`` ("Báo cáo công tác dân vận").
    """
    if is_vague(product):
        return False
    known = set(_WORD.findall(phrases.folded("work", task)))
    for n, part in enumerate(parts(product)):
        words = _WORD.findall(phrases.folded("pinned", part))
        echoes = " ".join(words[:2]) in _ABOUT
        told = " ".join([*words[:2], *(word for word in words[2:] if not (echoes and word in known))])
        if phrases.says("pinned", told) == "definite" and not (n and only_goes_with(part)):
            return True
    return False


def only_goes_with(part: str) -> bool:
    """Whether a part names no thing of its own but goes with the one before it ("định kỳ")."""
    return phrases.says("product", part) == phrases.lexicon("product").default
