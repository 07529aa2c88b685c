"""The principles a catalogue is held to: one check per file, found because the file is there.

A check is a module of this package whose name is its id (``missing_task`` is
``missing-task``). Its docstring is its manual: the principle in one sentence, then
**Asked by**, **Why** and **To put right**. It says which problems it sees; this
module stamps them with its id, level and place in the guidance.
"""

from __future__ import annotations

import inspect

import pandas as pd

from kpicat.checks import _examples, _lines
from kpicat.checks._contract import Case, Check, Grouped, OfPairs, Pair, Problem
from kpicat.checks._lines import Lines
from kpicat.checks._registry import ORDER, all_checks, chosen
from kpicat.checks._running import Findings, rerun, run
from kpicat.language import _

__all__ = [
    "ORDER",
    "Case",
    "Check",
    "Findings",
    "Grouped",
    "Lines",
    "OfPairs",
    "Pair",
    "Problem",
    "examples",
    "filled",
    "get",
    "ids",
    "manual",
    "paragraphs",
    "principle",
    "rerun",
    "run",
]


def ids() -> tuple[str, ...]:
    """Every check's id, in the order they are listed."""
    return tuple(all_checks())


def get(check_id: str) -> Check:
    """The check itself: its level, its place in the guidance, its cases.

    Raises:
        InputError: There is no such check.
    """
    (check,) = chosen([check_id])
    return check


def principle(check_id: str) -> str:
    """The principle in one sentence, in the reader's language.

    Raises:
        InputError: There is no such check.
    """
    return manual(check_id).partition("\n")[0]


def manual(check_id: str) -> str:
    """What a check asks, by what right, why, and what to do; Markdown in the reader's language.

    Raises:
        InputError: There is no such check.
    """
    return "\n\n".join(_(paragraph) for paragraph in paragraphs(check_id))


def paragraphs(check_id: str) -> list[str]:
    """The paragraphs of a check's docstring, each on one line: the msgids of its manual.

    Raises:
        InputError: There is no such check.
    """
    check = get(check_id)
    return [" ".join(block.split()) for block in (inspect.getdoc(check) or "").split("\n\n")]


def examples(check_id: str) -> tuple[list[str], list[str]]:
    """Lines that keep the principle and lines that break it, in the reader's words, each text once.

    Raises:
        InputError: There is no such check.
    """
    check = get(check_id)
    keep, broken = (list(dict.fromkeys(map(_examples.in_words, cases))) for cases in (check.PASS, check.FAIL))
    return keep, broken


def called(items: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Item id -> what messages call the line: its short name, and what points at it where another line is spoken of."""
    lines, _rows = _lines.lines_of(items)
    return dict(zip(lines.index, zip(_lines.names(lines), lines.references, strict=True), strict=True))


def filled(items: pd.DataFrame) -> pd.DataFrame:
    """The rows that hold anything; the rest are blank rows kept ready for typing."""
    rows = _lines.filled_rows(items)
    return items if len(rows) == len(items) else items.iloc[list(rows)]
