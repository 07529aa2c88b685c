"""The principles a catalogue is held to: one check per file, found because the file is there.

A check is a module of this package whose name is its id (``missing_task`` is
``missing-task``). Its docstring is its manual: the principle in one sentence, then
**Asked by**, **Why** and **To put right**. It says which problems it sees; this
module stamps them with its id, level and place in the guidance.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, cast

import pandas as pd

from kpicat.checks import _examples, _lines
from kpicat.errors import InputError
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import FIELDS, Finding, Level

ORDER = tuple(
    """
    missing-task missing-product missing-measure missing-deadline missing-responsible missing-quality missing-duty
    missing-tier catch-all vague-task composite vague-product paper-only vague-deadline periodic-deadline
    collective-responsible unclear-responsible uncountable-measure ratio-measure vague-quality negative-quantity
    doubtful-quantity duplicate duplicate-code near-duplicate unequal-tiers off-scale-points points-tier-mismatch
    coefficient-mismatch no-standard-unit many-standard-units standard-unit-not-regular standard-unit-unclear
    standard-unit-not-100 paper-share
    """.split()  # noqa: SIM905 - thirty lines would say no more
)
"""The order checks are listed in; one that is not named here comes after them, by id."""

Case = str | Mapping[str, object] | Sequence[Mapping[str, object]]
"""A task, field values over a complete item, or a small catalogue of such."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check sees; the fields are those of :class:`kpicat.model.Finding`."""

    item_id: str | None
    field: str
    message: str
    suggestion: str = ""
    other: str = ""


Pair = tuple[str, str]
"""Ids of two items, in order."""


class Check(Protocol):
    """What a module of this package must have.

    Attributes:
        SCOPE: "item" when what is said of an item rests on that item alone, so that
            editing another one changes nothing; "pairs" when lines are held against each
            other, see :class:`OfPairs`; else "catalogue".
        STEP: The place in the guidance.
        PASS, FAIL: Its own cases, with the default edition.
    """

    ID: str
    LEVEL: Level
    STEP: str
    SCOPE: Literal["item", "catalogue", "pairs"]
    PASS: tuple[Case, ...]
    FAIL: tuple[Case, ...]

    def check(self, items: pd.DataFrame, guidance: Guidance) -> Iterator[Problem]:
        """Yield the problems among ``items``, none of which is a blank row."""


class OfPairs(Protocol):
    """What a check of scope "pairs" has besides."""

    def check(self, items: pd.DataFrame, guidance: Guidance, apart: Collection[Pair]) -> Iterator[Problem]:
        """Yield the problems among ``items``; two of a pair in ``apart`` are not held against each other."""


def run(
    items: pd.DataFrame,
    guidance: Guidance,
    only: Collection[str] | None = None,
    *,
    apart: Collection[Pair] = frozenset(),
) -> list[Finding]:
    """Every finding of a catalogue, in item order, those of the whole catalogue last.

    Rows nobody has typed in yet are not items and have no findings.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        guidance: The catalogue's edition, with its adjusted marks.
        only: Ids of the checks wanted; None for all.
        apart: Pairs of lines that people say are two works.

    Raises:
        InputError: ``only`` names a check there is not.
    """
    lines = filled(items)
    found = (finding for check in _chosen(only) for finding in _findings(check, lines, guidance, apart))
    return _in_order(found, items)


def rerun(
    findings: Sequence[Finding],
    items: pd.DataFrame,
    guidance: Guidance,
    changed_ids: Collection[str],
    only: Collection[str] | None = None,
    *,
    apart: Collection[Pair] = frozenset(),
) -> list[Finding]:
    """What :func:`run` would give, from the findings there were before some items changed.

    Args:
        findings: What :func:`run` gave, in the same language, with the same guidance and ``only``.
        items: The catalogue as it is now.
        guidance: As for :func:`run`.
        changed_ids: Items edited, added or deleted since.
        only: As for :func:`run`.
        apart: As for :func:`run`, those of now.

    Raises:
        InputError: ``only`` names a check there is not.
    """
    lines, changed = filled(items), set(changed_ids)
    touched = lines.loc[[item_id for item_id in changed if item_id in lines.index]]
    by_item = {check.ID for check in _chosen(only) if check.SCOPE == "item"}
    here = set(lines.index)
    kept = [f for f in findings if f.check in by_item and f.item_id not in changed and f.item_id in here]
    fresh = (
        finding
        for check in _chosen(only)
        for finding in _findings(check, touched if check.ID in by_item else lines, guidance, apart)
    )
    return _in_order([*kept, *fresh], items)


def ids() -> tuple[str, ...]:
    """Every check's id, in the order they are listed."""
    return tuple(_checks())


def get(check_id: str) -> Check:
    """The check itself: its level, its place in the guidance, its cases.

    Raises:
        InputError: There is no such check.
    """
    (check,) = _chosen([check_id])
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
    lines = filled(items)
    return dict(zip(lines.index, zip(_lines.names(lines), _lines.references(lines), strict=True), strict=True))


def filled(items: pd.DataFrame) -> pd.DataFrame:
    """The rows that hold anything; the rest are blank rows kept ready for typing."""
    blank = pd.Series(True, index=items.index)
    for f in FIELDS.values():
        column = items[f.name]
        blank &= column.isna() | (column == f.empty) if f.empty is not None else column.isna()
        if not blank.any():
            return items
    return items[~blank]


# -- finding the checks ------------------------------------------------------


@functools.cache
def _checks() -> dict[str, Check]:
    names = [m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")]
    found = {name.replace("_", "-"): cast(Check, importlib.import_module(f"{__name__}.{name}")) for name in names}
    place = {check_id: n for n, check_id in enumerate(ORDER)}
    return dict(sorted(found.items(), key=lambda entry: (place.get(entry[0], len(place)), entry[0])))


def _chosen(only: Collection[str] | None) -> list[Check]:
    checks = _checks()
    if only is None:
        return list(checks.values())
    if unknown := set(only) - checks.keys():
        raise InputError(
            _("There is no check “{id}”; choose among: {known}.").format(
                id=", ".join(sorted(unknown)), known=", ".join(checks)
            )
        )
    return [check for check_id, check in checks.items() if check_id in only]


def _findings(check: Check, lines: pd.DataFrame, guidance: Guidance, apart: Collection[Pair]) -> Iterator[Finding]:
    held = check.SCOPE == "pairs"
    for problem in cast(OfPairs, check).check(lines, guidance, apart) if held else check.check(lines, guidance):
        yield Finding(
            check=check.ID,
            level=check.LEVEL,
            item_id=problem.item_id,
            field=problem.field,
            message=problem.message,
            source=check.STEP,
            suggestion=problem.suggestion,
            other=problem.other,
        )


def _in_order(findings: Iterable[Finding], items: pd.DataFrame) -> list[Finding]:
    row = {item_id: n for n, item_id in enumerate(items.index)}
    listed = {check_id: n for n, check_id in enumerate(ids())}

    def place(finding: Finding) -> tuple[int, int]:
        return (len(row) if finding.item_id is None else row[finding.item_id], listed[finding.check])

    return sorted(findings, key=place)
