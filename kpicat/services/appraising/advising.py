"""What to put right first: a short list, by what stands in the way of approval, then by weight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kpicat.language import _, language, ngettext, number
from kpicat.model import Finding, Level
from kpicat.services.appraising.principles import OF, PRINCIPLES, asked
from kpicat.services.appraising.scales import AT_ODDS, in_words, other_scale
from kpicat.services.view import View

MOST = 7
"""Pieces of advice given: more is no beginning."""

_FIRST = ("scale", "standard-unit")
"""Without these nothing can be converted, so nothing can be approved."""
_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to put right, in one sentence.

    Attributes:
        check: Id of the check that asks for it.
        words: What to do, and in how many lines.
        lines: How many; 0 where it is about the catalogue as a whole.
        findings: Those it puts right, in catalogue order.
    """

    check: str
    words: str
    level: Level
    lines: int
    findings: Sequence[Finding]


def first_to_fix(view: View, most: int = MOST) -> Sequence[Advice]:
    """What to put right first, at most so many: errors before warnings.

    Where most points are of another scale, that is one piece of advice and comes before all. Then come the
    errors, first those that conversion rests on, then what is found in most lines. What is only for
    information is left out.
    """
    found = view.kept(("advice", language()), lambda: _of_view(view))
    return found[:most]


def _of_view(view: View) -> list[Advice]:
    scale = other_scale(view)
    if scale is None:
        return _advice(view.open_findings)
    there = [finding for finding in view.open_findings if finding.check in AT_ODDS]
    rest = [finding for finding in view.open_findings if finding.check not in AT_ODDS]
    lines = len({finding.item_id for finding in there} - {None})
    return [Advice("off-scale-points", in_words(scale), Level.ERROR, lines, there), *_advice(rest)]


def _advice(findings: Sequence[Finding]) -> list[Advice]:
    by_check: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.level is not Level.INFO:
            by_check[finding.check].append(finding)
    listed = list(PRINCIPLES)

    def place(advice: Advice) -> tuple[int, bool, int, int]:
        principle = OF[advice.check]
        return _WEIGHT[advice.level], principle not in _FIRST, -advice.lines, listed.index(principle)

    return sorted((_of_check(check, found) for check, found in by_check.items()), key=place)


def _of_check(check: str, found: Sequence[Finding]) -> Advice:
    lines = len({finding.item_id for finding in found} - {None})
    words = _("{what}.").format(what=asked(check))
    if lines:
        say = ngettext("{what}: {n} line.", "{what}: {n} lines.", lines)
        words = say.format(what=asked(check), n=number(lines))
    return Advice(check, words, found[0].level, lines, found)
