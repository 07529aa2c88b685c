"""Running checks: all of them over a catalogue, and only what an edit touches."""

from __future__ import annotations

import contextlib
import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import pandas as pd

from kpicat.checks import _lines
from kpicat.checks._contract import Check, Grouped, OfPairs, Pair
from kpicat.checks._groups import Groups
from kpicat.checks._lines import Lines
from kpicat.checks._registry import all_checks, chosen
from kpicat.guidance import Guidance
from kpicat.model import Finding

_Found = dict[str, list[Finding]]
"""Id of an item, "" for the catalogue as a whole -> what was found."""


MOST_FOLLOWED = 0.01
"""Share of the lines up to which an edit is followed; where more change, looking at all again is quicker."""
ALWAYS_FOLLOWED = 20
"""Lines up to which it is followed in any catalogue."""
AT_A_TIME = 5_000
"""Lines that all checks of lines look at before the next: what one check made of a text is remembered till then."""


class Findings(list[Finding]):
    """Findings in item order, those of the whole catalogue last, with what helps to find them again.

    Attributes:
        made: How they were found; None where that is not known.
    """

    made: _Made | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which checks are run, by which scale, and the pairs that are not held against each other."""

    checks: Sequence[Check]
    guidance: Guidance
    apart: Collection[Pair]

    def found(self, lines: Lines, *, by: Iterable[Check] | None = None) -> _Found:
        """What some of the checks, by default those of scope "item", find among some lines."""
        found: _Found = {}
        for check in self.of_items if by is None else by:
            for finding in self._findings(check, lines):
                found.setdefault(finding.item_id or "", []).append(finding)
        return found

    @property
    def of_items(self) -> list[Check]:
        return [check for check in self.checks if check.SCOPE == "item"]

    @property
    def of_many(self) -> list[Check]:
        return [check for check in self.checks if check.SCOPE != "item"]

    def _findings(self, check: Check, lines: Lines) -> Iterator[Finding]:
        if check.SCOPE == "pairs":
            problems = cast(OfPairs, check).check(lines, self.guidance, self.apart)
        else:
            problems = check.check(lines, self.guidance)
        for problem in problems:
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


@dataclass(frozen=True, slots=True)
class _Made:
    """What an edit leaves as it is.

    Attributes:
        index: Of the rows that were looked at, blank ones too.
        rows: Those that are lines.
        lines: The lines.
        asked: The checks that were run, and how.
        own: What was found by checks of scope "item".
        others: Id of another check -> what it found.
        groups: Id of a check that holds lines against each other -> its groups.
    """

    index: pd.Index
    rows: Sequence[int]
    lines: Lines
    asked: _Asked
    own: _Found
    others: Mapping[str, _Found]
    groups: Mapping[str, Groups]

    def findings(self) -> Findings:
        """All that was found, in order."""
        more: defaultdict[str, list[Finding]] = defaultdict(list)
        for found in self.others.values():
            for item_id, each in found.items():
                more[item_id] += each
        order = {check_id: n for n, check_id in enumerate(all_checks())}
        all_of_them = Findings()
        for item_id in (*self.lines.index, ""):
            own = self.own.get(item_id, ())
            if item_id in more:
                all_of_them += sorted([*own, *more[item_id]], key=lambda finding: order[finding.check])
            else:
                all_of_them += own
        all_of_them.made = self
        return all_of_them


def run(
    items: pd.DataFrame,
    guidance: Guidance,
    only: Collection[str] | None = None,
    *,
    apart: Collection[Pair] = frozenset(),
) -> Findings:
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
    return _run(items, _Asked(chosen(only), guidance, apart), {}, set(items.index.tolist()))


def rerun(
    findings: Sequence[Finding],
    items: pd.DataFrame,
    guidance: Guidance,
    changed_ids: Collection[str],
    only: Collection[str] | None = None,
    *,
    apart: Collection[Pair] = frozenset(),
) -> Findings:
    """What :func:`run` would give, from the findings there were before some items changed.

    It takes milliseconds where ``findings`` is what :func:`run` or this gave and no rows
    came, went or moved: then only the lines edited and those held against them are looked at.

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
    asked, changed = _Asked(chosen(only), guidance, apart), set(changed_ids)
    made = findings.made if isinstance(findings, Findings) else None
    few = made is not None and len(changed) <= max(ALWAYS_FOLLOWED, MOST_FOLLOWED * len(made.lines))
    if made and few and (edited := _edited(made, items, changed)) is not None:
        return _followed(made, *edited, asked)
    by_item = {check.ID for check in asked.of_items}
    known: _Found = {}
    for finding in findings:
        if finding.check in by_item and finding.item_id is not None:
            known.setdefault(finding.item_id, []).append(finding)
    return _run(items, asked, known, changed)


def _run(items: pd.DataFrame, asked: _Asked, known: _Found, changed: Collection[str]) -> Findings:
    """All findings; of lines that are not changed, what their own checks found is known."""
    with _nothing_collected():
        lines, rows = _lines.lines_of(items)
        touched = [place for place, item_id in enumerate(lines.index) if item_id in changed]
        own = _without(known, changed)
        for at in range(0, len(touched), AT_A_TIME):
            own |= asked.found(lines.some(touched[at : at + AT_A_TIME]))
        others = {check.ID: asked.found(lines, by=[check]) for check in asked.of_many}
        return _Made(items.index, rows, lines, asked, own, others, groups={}).findings()


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Without looking for unreachable cycles: none are made here, and the looking takes a fifth of the time.

    This holds for the whole process, for the seconds of a run: what others leave unreachable is looked for after it.
    Of runs at the same time the one that began first has it looked for again. Keeping what is loaded out of the looking
    (``gc.freeze``) saves a third of that only, as it is the findings that are looked at.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _edited(made: _Made, items: pd.DataFrame, changed: Collection[str]) -> tuple[Lines, list[int]] | None:
    """The lines now and the places edited; None where rows came, went, moved, or were filled or blanked."""
    if not (items.index is made.index or items.index.equals(made.index)):
        return None
    places = {item_id: place for place, item_id in enumerate(made.lines.index) if item_id in changed}
    rows = {place: made.rows[place] for place in places.values()}
    blank = items.index.get_indexer(pd.Index([each for each in changed if each not in places], dtype="str")).tolist()
    if any(_lines.is_blank(items, row) for row in rows.values()):
        return None
    if any(row >= 0 and not _lines.is_blank(items, row) for row in blank):
        return None
    return made.lines.edited(items, rows, made.rows), list(rows)


def _followed(made: _Made, lines: Lines, places: list[int], asked: _Asked) -> Findings:
    """What is found after some lines were edited."""
    own = _without(made.own, {lines.index[place] for place in places}) | asked.found(lines.some(places))
    renamed = any(made.lines[name][place] != lines[name][place] for name in ("code", "source_row") for place in places)
    others: dict[str, _Found] = {}
    groups: dict[str, Groups] = {}
    for check in asked.of_many:
        if not hasattr(check, "groups"):
            others[check.ID] = asked.found(lines, by=[check])
            continue
        held = cast(Grouped, check)
        before = made.groups.get(check.ID) or Groups.of(held, made.lines)
        groups[check.ID], near = before.moved(held, lines, places)
        if renamed or (check.SCOPE == "pairs" and asked.apart != made.asked.apart):  # others' messages change too
            others[check.ID] = asked.found(lines, by=[check])
            continue
        again = asked.found(lines.some(groups[check.ID].around(near)), by=[check])
        ids = {lines.index[place] for place in near}
        others[check.ID] = _without(made.others[check.ID], ids) | {i: found for i, found in again.items() if i in ids}
    return _Made(made.index, made.rows, lines, asked, own, others, groups).findings()


def _without(found: Mapping[str, list[Finding]], ids: Collection[str]) -> _Found:
    return {item_id: each for item_id, each in found.items() if item_id not in ids}
