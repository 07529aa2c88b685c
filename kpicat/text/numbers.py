"""Numbers as Vietnamese write them in a cell: "1.800 lượt", "2,5", "01 báo cáo", "K=1,5".

A cell gives a number only when it names exactly one. What looks like a number but
is a date, a range or a label ("15/6", "2-3 lần", "Quý 2", "N3") gives none: a cell
that says nothing is noticed, a wrong number is not.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kpicat.memo import remembered
from kpicat.text.normalise import canonical

MOST_DIGITS = 15
"""More digits than this are no number of work, and more than a spreadsheet keeps."""

_DIGITS = r"\d{1,3}(?:[ ]\d{3})+(?:[.,]\d+)?(?![\d.,])|\d+(?:[.,]\d+)*"
_NUMBER = re.compile(_DIGITS, re.ASCII)
_PLAIN = re.compile(r"-?[0-9]+")
_ANY_DIGIT = re.compile(r"[0-9]")
_POWER = re.compile(r"\d[eE][+-]?\d")  # "1e30", as a spreadsheet shortens what is too long for a cell
_MULTIPLE = re.compile(r"\d\s*(?:chục|trăm|nghìn|ngàn|triệu|tr|tỷ(?! lệ)|tỉ(?! lệ)|k)(?!\w)")  # "2 nghìn", "10k"
_MISREAD = re.compile(r"(?<!\w)(?=\d*[ol])[\dol]*\d[\dol]*(?!\w)")  # "1OO", letters typed for digits
_LONGEST = 200  # characters; longer is prose

# A word before a number that makes it the name of a thing, not an amount.
_NAMES = (
    "mức|mức độ|cấp độ|nhóm|loại|bậc|cấp|hạng|quý|tháng|năm|tuần|ngày|thứ|lần|đợt|kỳ|khóa|nhiệm kỳ|"
    "điều|khoản|mục|chương|phần|phụ lục|bước|số|tier|level"
)
_TIMES = "tháng|quý|năm|tuần|ngày"
_EACH = "mỗi|hằng|hàng|một|1|01|trong|cả"
_LABEL = re.compile(
    rf"(?<!\w)(?<!tổng )(?<!hệ )(?:{_NAMES})\s*(?:n\s?)?(?:\d+|[ivx]+(?!\w))"
    rf"(?:\s*(?:[-–,;/]|và|đến)\s*(?:\d+|[ivx]+(?!\w)))*(?!\d)(?!\s*(?:điểm|đ(?!\w)))"
)
_EACH_TIME = re.compile(rf"(?<!\w)(?:{_EACH})\s+(?:{_TIMES})(?!\w)")
_PER = re.compile(r"(?<=[^\W\d_])\s*/\s*\d+\s*(?=[^\W\d_]|$)")  # "lần/6 tháng", "II/2026"
_ASIDE = re.compile(r"\(([^()]*)\)")
_LEADS = re.compile(r"(?<!\w)(?:[xk×]|hs|sl)\s*[=:]?\s*(?=\d)|[×=:]\s*(?=-?\d)")
_CODE = re.compile(r"[^\W\d_]+\d[\w]*")  # "N3", "m2", "A4"
_NOT_ONE = re.compile(r"\d\s*(?:[-–—/+*×÷;…~%xgh]|đến|tới|hoặc|và|,\s)\s*\d|\d\s*%|[½⅓⅔¼¾⅛]")


@remembered(50_000)
def parse_number(text: str) -> Decimal | None:
    """The one number that ``text`` names, exact; None when there is no such number.

    A comma is a decimal mark, a point before exactly three digits a thousands
    mark unless the number begins with 0. A minus counts where it touches the
    first digit.
    """
    if not _ANY_DIGIT.search(text):
        return None
    text = canonical(text)
    if _PLAIN.fullmatch(text):
        return _bounded(text)
    if len(text) > _LONGEST or any(wrong.search(text) for wrong in (_POWER, _MULTIPLE, _MISREAD)):
        return None
    outside = _ASIDE.sub(" ", text)
    inside = _ASIDE.findall(text)
    if (number := _only(outside)) is not None:
        clash = [n for aside in inside if not re.search(r"[^\W\d_]", aside) and (n := _only(aside)) is not None]
        return None if clash and clash != [number] else number
    if _loose_digits(outside) or len(inside) != 1:
        return None
    return _only(inside[0])


def _loose_digits(text: str) -> bool:
    """Digits are left in ``text`` that are not part of a label or code."""
    return bool(re.search(r"\d", _CODE.sub(" ", _LABEL.sub(" ", text))))


def _only(text: str) -> Decimal | None:
    text = _LABEL.sub(" ", _PER.sub(" ", _EACH_TIME.sub(" ", text)))
    text = _LEADS.sub(" ", text)
    if _NOT_ONE.search(text):
        return None
    text = _CODE.sub(" ", text).strip()
    found = list(_NUMBER.finditer(text))
    if len(found) != 1:
        return None
    number, start = found[0][0], found[0].start()
    if text[:start].endswith((".", ",")):
        return None  # ".5": half of it is missing
    before = text[:start].rstrip()
    minus = before.endswith(("-", "−", "–"))
    if minus and (text[start - 1] == " " or before[:-1].strip()):
        return None  # "- 5" may be a bullet, "a-5" a code: a person must say
    return _value("-" + number if minus else number)


def _value(number: str) -> Decimal | None:
    number = number.replace(" ", "")
    points, commas = number.count("."), number.count(",")
    whole = number.lstrip("-")
    if points and commas:  # the last of the two is the decimal mark
        decimal, thousands = (",", ".") if number.rfind(",") > number.rfind(".") else (".", ",")
        head, _sign, tail = whole.rpartition(decimal)
        if not re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+", head):
            return None
        plain = f"{head.replace(thousands, '')}.{tail}"
    elif points + commas > 1:  # 1.500.000, but not 20.6.2026
        mark = "." if points else ","
        if not re.fullmatch(rf"\d{{1,3}}(?:\{mark}\d{{3}})+", whole):
            return None
        plain = whole.replace(mark, "")
    elif points and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", whole):
        plain = whole.replace(".", "")
    else:
        plain = whole.replace(",", ".")
    return _bounded("-" + plain if number.startswith("-") else plain)


def _bounded(plain: str) -> Decimal | None:
    return Decimal(plain) if sum(c.isdigit() for c in plain) <= MOST_DIGITS else None
