"""What a row of a catalogue is, from its words: a numbering, a total, a signature, a body's name."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from kpicat.settings import ROOT
from kpicat.text.normalise import canonical, one_line
from kpicat.text.numbers import parse_number

_WORDS = ROOT / "data" / "lexicon" / "rows.toml"
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_LETTER = re.compile(r"[A-HK-UĐ]")
_NUMBERED = re.compile(r"\d{1,6}[a-zđ]?")
_SMALL_LETTER = re.compile(r"[a-zđ]")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?|[IVX]{1,5}(?:\.\d{1,3})+\.?")
_LEADING = re.compile(
    r"(?:(?P<part>phần|mục|chương|nhóm)\s+)?(?P<mark>[IVX]{1,5}|[A-HK-UĐ]|\d{1,2})(?:\s*[.:)/]|\s+[-–])\s*(?=\S)",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"\(?\[?\s*(?:\d{1,2}|[A-ZĐa-zđ])\s*\]?\)?(?:\s*=.*)?")
_WORD = re.compile(r"[^\W\d_]{3}")
_MID_SENTENCE = re.compile(r"[^\W\d_]{2}")
_DATED = re.compile(r"(?:[^,]{0,30},\s*)?ngày[\s\d.…_]*tháng[\s\d.…_]*năm")
_COUNTED = re.compile(r"\d[\d.,]*(?:\s+[^\W\d_]+){1,3}")
_LONGEST_NAME = 14  # words of a body's name
_AFTER_TOTAL = re.compile(
    r"[\s:.]*(?:\(.*\)|[ivx]+|\d+|[a-zđ]|(?:chung|các|toàn|mục|phần|nhóm|điểm|số|hệ)\b.*"
    r"|(?:\d+\s+)?(?:sản phẩm|công việc|đầu việc|nhiệm vụ)(?:\s*[,/]\s*công việc)?(?:\s*:\s*\d+)?)?[\s:.]*"
)

LETTER, ROMAN, NUMBER, DOTTED, SMALL_LETTER = 0, 1, 2, 3, 9
"""Levels of a running number: A, I, 1, 1.1, a)."""


@functools.cache
def _lexicon() -> Mapping[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


@functools.cache
def _beginning(name: str, words: str = "words") -> re.Pattern[str]:
    listed = sorted((canonical(word) for word in _lexicon()[name].get(words, ())), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, listed))})(?:(?!\w)|(?<=\.))" if listed else r"(?!)")


@functools.lru_cache(maxsize=20_000)
def is_organisation(text: str) -> bool:
    """The text names a body: "Phòng Kinh tế", "VĂN PHÒNG ĐẢNG ỦY"."""
    words = canonical(text)
    if len(words.split()) > _LONGEST_NAME or _beginning("organisation", "except").match(words):
        return False
    return _beginning("organisation").match(words) is not None


def body_named(text: str) -> str:
    """The body that a text names after what it is: "Đơn vị: Phòng Kinh tế" -> "Phòng Kinh tế"; else the text."""
    name = text.partition(":")[2].strip()
    return name if name and is_organisation(name) else text


def post_named(text: str) -> str:
    """The title that a text names after the word for it: "Vị trí việc làm: Văn thư" -> "Văn thư"; else ""."""
    what, _sign, name = text.partition(":")
    return name.strip() if name and canonical(what) in _posts() else ""


@functools.cache
def _posts() -> frozenset[str]:
    return frozenset(map(canonical, _lexicon()["post"]["words"]))


def post_in(texts: Sequence[str]) -> tuple[str, str] | None:
    """The title that a row of cells names, and its words; its name may stand in the cell after the word for it."""
    said = list(filter(None, texts))
    for text, following in pairwise([*said, ""]):
        label = split_mark(text)[1]
        if post := post_named(label):
            return one_line(text), one_line(post)
        if following and (text.endswith(":") or len(said) == 2) and post_named(f"{label.rstrip(' :')}: {following}"):
            return one_line(f"{text} {following}"), one_line(following)
    return None


def is_total(text: str) -> bool:
    """The text stands for a sum of lines: "Tổng cộng", "Cộng (I+II)", not "Tổng hợp báo cáo"."""
    words = canonical(text).removesuffix("./.")
    found = _beginning("total").match(words)
    return found is not None and _AFTER_TOTAL.fullmatch(words, found.end()) is not None


def is_footer(text: str) -> bool:
    """The text begins as what stands under a table does: "Nơi nhận:", "TM. BAN THƯỜNG VỤ", "Danh mục này có …"."""
    words = canonical(text)
    return (_beginning("footer").match(words) or _DATED.match(words)) is not None


def ends_paper(text: str) -> bool:
    """The text ends as a paper does: "./."; the last work of a list may, too."""
    return canonical(text).endswith("./.")


def is_note(text: str) -> bool:
    """The text is a note on the lines around it: "(Ghi chú: ...)"."""
    return _beginning("between").match(canonical(text)) is not None


def is_title(text: str) -> bool:
    """The text begins as the title of a whole paper or table does: "Biểu số 2", "DANH MỤC ..."."""
    return _beginning("title").match(canonical(text)) is not None


def names_nothing(title: str) -> bool:
    """The heading only says that its lines stand under none, as kpicat's own forms do."""
    return canonical(title) in map(canonical, _lexicon()["unnamed"]["words"])


def is_example(text: str) -> bool:
    """The text says that it only shows how to fill in the form: "Ví dụ: Soạn công văn"."""
    return text[:1] in "(VvMmEeGg" and _beginning("example").match(canonical(text)) is not None


def is_page_mark(text: str) -> bool:
    """The text belongs to a page and not to the table: "Trang 2/3", "(tiếp theo)"."""
    words = canonical(text)
    return any(re.fullmatch(pattern, words) for pattern in _lexicon()["page"]["patterns"])


def as_on_the_first_page(text: str) -> str:
    """A title without what is added to it on further pages: "DANH MỤC (tiếp theo)" -> "danh mục"."""
    words = canonical(text)
    for pattern in _lexicon()["page"]["after"]:
        words = re.sub(rf"\s*{pattern}$", "", words)
    return words


def names_criterion(heading: str) -> bool:
    """The heading belongs to a form that gives people points: "Tiêu chí đánh giá", "Điểm tự chấm"."""
    return _is_one_of("criteria", heading)


def names_remark(heading: str) -> bool:
    """The heading belongs to a list of remarks on a catalogue: "Nội dung góp ý", "Phát hiện"."""
    return _is_one_of("remarks", heading)


def are_parts_of_a_year(names: Sequence[str]) -> bool:
    """The names are different parts of a year of one kind: two halves, quarters, months."""
    words = {canonical(name) for name in names}
    patterns = _lexicon()["period"]["patterns"]
    return len(words) == len(names) and any(all(re.fullmatch(one, word) for word in words) for one in patterns)


def _is_one_of(kind: str, heading: str) -> bool:
    words = canonical(heading)
    return any(re.fullmatch(pattern, words) for pattern in _lexicon()[kind]["patterns"])


def is_numbering(texts: Sequence[str]) -> bool:
    """The cells number the columns: (1) (2) (3), or A B 1 2 3 = 1 x 2."""
    if len(texts) < 3 or not all(_NUMBERING.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    return len(numbers) >= 2 and all(b - a == 1 for a, b in pairwise(numbers))


def level_of(mark: str) -> int | None:
    """The level of a running number; None for what is none."""
    mark = mark.strip(" .)(/:-")
    if _ROMAN.fullmatch(mark):
        return ROMAN
    if _LETTER.fullmatch(mark):
        return LETTER
    if _NUMBERED.fullmatch(mark):
        return NUMBER
    if _DOTTED.fullmatch(mark):
        return DOTTED
    return SMALL_LETTER if _SMALL_LETTER.fullmatch(mark) else None


def goes_on(mark: str) -> bool:
    """The running number is a later one of its kind: II, B, 2, 1.3, c); not the first."""
    *_before, last = mark.strip(" .)(/:-").upper().split(".")
    return level_of(mark) is not None and last not in ("I", "A", "1", "01")


def split_mark(title: str) -> tuple[str, str]:
    """A heading without the number it begins with: "I. CÔNG TÁC ĐẢNG" -> ("I", "CÔNG TÁC ĐẢNG")."""
    if (found := _LEADING.match(title)) and (found["part"] or not found["mark"].islower()):
        return found["mark"], title[found.end() :]
    return "", title


def is_bullet(mark: str) -> bool:
    """The mark begins a step and numbers nothing: "-", "+"."""
    return mark.strip() in ("-", "–", "+", "•")


def goes_on_mid_sentence(text: str) -> bool:
    """The text begins with a small letter, as the rest of a sentence does, and not as a list's "a)"."""
    return _MID_SENTENCE.match(text) is not None and text[0].islower()


def is_amount(text: str) -> bool:
    """The cell holds a number, or a number and what is counted: "30", "3 sản phẩm"."""
    return is_number_text(text) or _COUNTED.fullmatch(text) is not None


def is_word(text: str) -> bool:
    """There is something to read in it: a word of three letters or more."""
    return _WORD.search(text) is not None


def is_number_text(text: str) -> bool:
    """The cell holds a number and nothing to read."""
    return not _WORD.search(text) and parse_number(text) is not None
