"""Several works in one line: what its product lists, what its task joins.

"Kế hoạch; giấy mời; tài liệu hội nghị" are products that are made, timed and counted
apart; "Báo cáo/công văn" are two forms of one, "rà soát, tổng hợp" two steps towards
one. What tells them is data: ``data/lexicon/composite.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from kpicat.memo import remembered
from kpicat.text import phrases
from kpicat.text.normalise import fold, tidy

_LIST = re.compile(r"(?:^|[\n;.:,]\s*)(?:[-–+•*]|\(?(?:[a-zđ]|\d{1,2})[.)])\s+(?=\w)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_APART = re.compile(r"[;\n+]")
_BETWEEN = re.compile(r"\s*(?:[;\n+,/&]|(?<!\w)(?:va|hoac|kem(?: theo)?|dong thoi)(?!\w))\s*")
_JOINED = re.compile(r"\s*(?:[;\n,]|(?<!\w)(?:va|dong thoi|ket hop)(?!\w))\s*(?:(?:tham muu|phoi hop)\s+)?")
_FIRMLY = re.compile(r"[;\n]|va|dong thoi|ket hop")
_ENDS = frozenset({"ke hoach", "bao cao"})
"""The papers a work begins and ends with: never forms of one."""
_FEW, _MANY = 2, 3
_ITS_OWN = 2  # syllables of an object after an act


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a text: how it is joined to the one before, where it stands."""

    joint: str
    folded: str
    written: str


@remembered(100_000)
def separate_products(product: str, many_fields: bool = False) -> tuple[str, ...]:
    """The products of a cell that would each be made, timed and counted; () where it holds one.

    What is listed by semicolons, lines or list marks is apart; by commas, from three kinds
    of things on, or where a plan and a report are among them. A stroke joins forms of one,
    unless it is plan and report of many fields. What only goes with another paper ("tờ
    trình; dự thảo quyết định") stays with it.

    Args:
        product: As written.
        many_fields: The line's task names several fields of work at once.
    """
    text = _listed(tidy(product[: phrases.LONGEST]))
    folded = fold(text)
    if _words("whole").match(folded) or not (_BETWEEN.search(folded) or "\n" in text):
        return ()
    things: list[str] = []
    kinds: list[str] = []
    apart = False
    for piece in _pieces(text, _BETWEEN):
        kind = _kind(piece.folded) or (_unknown(piece.folded) if ";" in piece.joint else "")
        if not things or kind not in ("", "beside", *kinds):
            apart |= bool(things) and bool(_APART.search(piece.joint))
            things.append(piece.written)
            kinds.append(kind)
        else:
            things[-1] += piece.joint + piece.written
    forms = "/" in text and not apart
    ends = _ENDS.issubset(kinds) and (many_fields or not forms)
    several = not forms and len([kind for kind in kinds if kind != "beside"]) >= (_FEW if apart else _MANY)
    return tuple(map(_tidied, things)) if ends or several else ()


@remembered(100_000)
def separate_works(task: str, one_product: bool = False) -> tuple[str, ...]:
    """The works a task joins that end in different things; () where it is one.

    Args:
        task: As written.
        one_product: The line's product is one thing, so commas in the task list its steps.
    """
    text = _listed(tidy(task[: phrases.LONGEST]))
    if not _JOINED.search(fold(text)) and "\n" not in text:
        return ()
    works: list[str] = []
    kinds: list[str] = []
    before = ""
    for piece in _pieces(text, _JOINED):
        kind, has_object = _act(piece.folded)
        shared = (one_product and not _FIRMLY.search(fold(piece.joint))) or not has_object or _ends_in_an_act(before)
        new = kind and kind not in kinds and (not shared or {kind, *kinds[-1:]} in _opposites())
        if works and (not kinds[-1] or not new):
            works[-1] += piece.joint + piece.written
            kinds[-1] = kinds[-1] or kind
        else:
            works.append(piece.written)
            kinds.append(kind)
        before = piece.folded
    return tuple(map(_tidied, works)) if len(works) > 1 and all(kinds) else ()


def _listed(text: str) -> str:
    """``text`` with its list marks as line breaks, where there are two or more."""
    marks = _LIST.findall(text)
    return _LIST.sub("\n", text).strip() if len(marks) > 1 else text


def _pieces(text: str, between: re.Pattern[str]) -> list[_Piece]:
    """``text`` cut where ``between`` is found, but not within brackets; joined again it is the text."""
    lines = [line for line in text.split("\n") if line.strip()]
    pieces = []
    for n, line in enumerate(lines):
        folded = fold(line)
        written = line if len(line) == len(folded) else folded
        asides = [aside.span() for aside in _ASIDE.finditer(folded)]
        end, joint = 0, "\n" if n else ""
        for found in between.finditer(folded):
            if any(begin < found.start() < close for begin, close in asides):
                continue
            if end < found.start():
                pieces.append(_Piece(joint, folded[end : found.start()], written[end : found.start()]))
                joint = ""
            joint += written[found.start() : found.end()]
            end = found.end()
        if end < len(folded):
            pieces.append(_Piece(joint, folded[end:], written[end:]))
    return pieces


def _kind(part: str) -> str:
    """What kind of thing a part of a product is, "" for a mere adjective of the one before."""
    said = phrases.folded("product", part)
    if _words("beside").match(said):
        return "beside"
    if phrases.says("product", said) == phrases.lexicon("product").default:
        return ""
    return " ".join(said.split()[:2])


def _unknown(part: str) -> str:
    """What a thing no list knows is called where a semicolon sets it apart; "" for what says how or when."""
    said = part.split()
    return "" if len(said) < _FEW or _words("how").match(part) else " ".join(said[:2])


def _act(folded: str) -> tuple[str, bool]:
    """The kind of a piece's first act, and whether the piece has an object after it."""
    text = re.sub(r"^(?:(?:tham muu|phoi hop|chu tri|tham gia|cong tac)[ ,]+)+", "", phrases.folded("work", folded))
    said, kinds = text.removeprefix("to chuc "), _kinds_of_acts()
    if not (found := kinds.match(text) or kinds.match(said)):
        return "", False
    kind = str(found.lastgroup)
    return kind, _is_complete(kind) or len(found.string[found.end() :].split()) >= _ITS_OWN


def _ends_in_an_act(folded: str) -> bool:
    """The piece breaks off in an act: what follows shares its object ("kiểm tra và giám sát chi bộ")."""
    last = folded.split()[-3:]
    return any(_bare_act().fullmatch(" ".join(last[n:])) for n in range(len(last)))


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads((phrases.FOLDER / "composite.toml").read_text("utf-8"))


@functools.cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(_either(_data()[name]["words"]))


def _either(words: list[str]) -> str:
    return f"(?:{'|'.join(words)})(?![a-z])"


@functools.cache
def _kinds_of_acts() -> re.Pattern[str]:
    """Matches an act; the name of the group that matched is its kind."""
    return re.compile("|".join(f"(?P<{kind}>{_either(entry['words'])})" for kind, entry in _data()["act"].items()))


@functools.cache
def _opposites() -> list[set[str]]:
    return [set(pair) for pair in _data()["opposites"]["pairs"]]


@functools.cache
def _bare_act() -> re.Pattern[str]:
    acts = _data()["act"].items()
    return re.compile("|".join(_either(entry["words"]) for kind, entry in acts if not _is_complete(kind)))


def _is_complete(kind: str) -> bool:
    return bool(_data()["act"][kind].get("complete"))


def _tidied(text: str) -> str:
    return " ".join(text.strip(" ,;/+&\n").split())
