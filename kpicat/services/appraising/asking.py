"""Asking units back: what each is to say or put right, line by line, as a clerk would write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpicat.exchange.forms.remarks import asking
from kpicat.language import _, language, ngettext, number
from kpicat.model import FIELDS, Finding, Level
from kpicat.services.appraising.principles import asked
from kpicat.services.appraising.scales import AT_ODDS, other_scale
from kpicat.services.bulk import in_words, names
from kpicat.services.view import View

_MISSING = "missing-"
_TOLD_IN_FULL = ("duplicate", "duplicate-code", "near-duplicate", "unequal-tiers", "points-tier-mismatch")
"""Checks whose message names the other line, or both ways out; a proposal alone would not."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a unit is asked about one of its lines.

    Attributes:
        line: The line's number, code and task.
        asks: Sentences, the gravest first.
    """

    item_id: str
    line: str
    asks: tuple[str, ...]
    findings: tuple[Finding, ...]


def questions(view: View) -> Mapping[str, Sequence[Question]]:
    """Department ("" for lines that name none) -> what it is asked, in catalogue order; no unit without questions.

    What is only for information is not asked; nor is a unit asked about points where most are of another
    scale, which the catalogue's settings put right.
    """
    return view.kept(("questions", language()), lambda: _questions(view))


def _questions(view: View) -> dict[str, list[Question]]:
    found, called = view.findings_by_item(), names(view)
    aside = AT_ODDS if other_scale(view) else ()
    by_unit: dict[str, list[Question]] = {}
    for item_id, unit in zip(view.items.index.tolist(), view.items["department"].tolist(), strict=True):
        own = tuple(
            finding
            for finding in found.get(item_id, ())
            if finding.level is not Level.INFO and finding.check not in aside
        )
        if own:
            asks = tuple(dict.fromkeys(map(_asked, own)))
            by_unit.setdefault(unit, []).append(Question(item_id, called[item_id], asks, own))
    return by_unit


def _asked(finding: Finding) -> str:
    """What is missing is asked for; of what is written it is said first what is wrong with it."""
    if finding.check == "composite" and finding.suggestion:
        parts = "; ".join(finding.suggestion.split("\n"))
        return _("{what}: {proposal}.").format(what=asked(finding.check), proposal=parts)
    if finding.check not in _TOLD_IN_FULL and finding.suggestion and finding.field in FIELDS:
        proposal = in_words(FIELDS[finding.field].decode(finding.suggestion))
        return _("{what}; proposed: {proposal}.").format(what=asked(finding.check), proposal=proposal)
    if finding.check.startswith(_MISSING):
        return _("{what}.").format(what=asked(finding.check))
    return asking(finding.message)


def paragraphs(asked_of: Sequence[Question]) -> list[str]:
    """Some questions as the paragraphs of a letter, what all the lines are asked once and first."""
    of_all = [ask for ask in asked_of[0].asks if len(asked_of) > 1 and all(ask in each.asks for each in asked_of)]
    lines = [_("For each of these lines:"), *(f"  - {sentence}" for sentence in of_all)] if of_all else []
    for question in asked_of:
        lines.append(_("Line {line}").format(line=question.line))
        lines += [f"  - {sentence}" for sentence in question.asks if sentence not in of_all]
    return lines


def letter(view: View, unit: str) -> str:
    """The questions of one unit as plain text to send; "" where there are none."""
    found = questions(view).get(unit, ())
    if not found:
        return ""
    head = _("Catalogue “{name}” – {unit}").format(
        name=view.catalogue.name, unit=unit or _("lines that name no department")
    )
    say = ngettext(
        "Please look at {n} line again and answer by putting it right, or by saying why it stands.",
        "Please look at {n} lines again and answer by putting them right, or by saying why they stand.",
        len(found),
    )
    return "\n".join([head, say.format(n=number(len(found))), "", *paragraphs(found)])
