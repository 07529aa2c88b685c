"""What an appraiser writes back: the findings of a catalogue as remarks, unit by unit, and what people decided of them.

A message of a check is one sentence, "what is so; what to do": its halves are the remark and the
proposal. What is said in the same words of many lines of a unit is said once, with the lines it is
about, as a person would write it. What is only for information is no remark, nor is what only follows
from the catalogue being read on a scale that is not its own: that is one remark on the whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import pandas as pd

from kpicat import checks
from kpicat.checks import other_scale
from kpicat.language import _, number
from kpicat.model import Decision, Finding, Level, Ruling

ALIKE = 5
"""Lines of a unit of which the same is said once."""

_QUOTED = re.compile("“([^”]*)” ")
_ASKING = re.compile("(?:hãy|đề nghị) ", re.IGNORECASE)  # how a Vietnamese message begins its second half
_RUN = 3  # lines one after the other that are written as "from–to"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark, of one line or of several.

    Attributes:
        code: What the line is called; "" of several lines and of the whole catalogue.
        task: The line's work; of several lines, which these are.
        said: What is so.
        source: The place in the guidance.
        proposal: What to do about it, as a sentence of its own.
        level: How much it weighs.
        lines: How many lines it is about; 0 where it is about the catalogue as a whole.
    """

    code: str
    task: str
    said: str
    source: str
    proposal: str
    level: Level
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """The remarks on the lines of one unit, what is said of many of them first.

    Attributes:
        unit: The department; "" for lines without one, None for the catalogue as a whole.
        lines: How many lines the unit has.
    """

    unit: str | None
    lines: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What one unit is asked.

    Attributes:
        unit: The department; "" for lines without one.
        asks: How many things it is asked.
        paragraphs: The asking, as finished sentences.
    """

    unit: str
    asks: int
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Settled:
    """A finding that people decided about, so that it is no remark."""

    unit: str | None
    code: str
    task: str
    said: str
    ruling: str
    reason: str
    by: str
    at: datetime


def parts(items: pd.DataFrame, findings: Sequence[Finding], *, alike: int | None = ALIKE) -> list[Part]:
    """The remarks that findings come to: those on the whole catalogue first, then unit by unit as they come up.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        findings: In item order, none that people let stand.
        alike: Of how many lines of a unit the same is said once; None for never.
    """
    lines = _Lines(items)
    by_unit: dict[str | None, list[Finding]] = {unit: [] for unit in (None, *lines.units)}
    aside = other_scale.EXPLAINS if any(finding.check == other_scale.ID for finding in findings) else ()
    for finding in findings:
        if finding.level is not Level.INFO and finding.check not in aside:
            by_unit[lines.unit_of(finding.item_id)].append(finding)
    return [
        Part(unit, len(lines.units.get(unit or "", ())) if unit is not None else 0, tuple(_remarks(lines, own, alike)))
        for unit, own in by_unit.items()
        if own
    ]


def asking(message: str) -> str:
    """A finding's message as one asks others: what is so, and politely what to do."""
    said, proposal = _halves(message)
    return _("{said}; please {proposal}").format(said=said, proposal=proposal) if proposal else message


def settled(items: pd.DataFrame, decided: Sequence[tuple[Finding | None, Decision]]) -> list[Settled]:
    """What people decided, in their order.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        decided: Each decision with its finding; of a pair there is none any more.
    """
    lines = _Lines(items)
    rulings = {Ruling.WAIVED: _("stands as it is"), Ruling.DIFFERENT: _("two works"), Ruling.RELATED: _("two works")}
    found = []
    for finding, decision in decided:
        at = decision.item_id or None
        code, task = lines.name(at)
        said, ruling = lines.halves(finding)[0] if finding else lines.of_pair(decision), rulings[decision.verdict]
        found.append(Settled(lines.unit_of(at), code, task, said, ruling, decision.reason, decision.by, decision.at))
    return found


def _remarks(lines: _Lines, findings: Sequence[Finding], alike: int | None) -> Iterator[Remark]:
    """On the lines of one unit: what is said of many, then what is said of one."""
    said = {n: lines.halves(finding) for n, finding in enumerate(findings)}
    same: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for n, finding in enumerate(findings):
        if finding.item_id is not None:
            same[finding.check, *said[n]].append(n)
    many = [own for own in same.values() if alike is not None and len(own) >= alike]
    for own in many:
        first, among = findings[own[0]], [findings[n].item_id or "" for n in own]
        yield Remark("", lines.among(among), said[own[0]][0], first.source, said[own[0]][1], first.level, len(among))
    told = {n for own in many for n in own}
    for n, finding in enumerate(findings):
        if n not in told:
            name, proposal = lines.name(finding.item_id), said[n][1] + _suggestion(finding)
            yield Remark(*name, said[n][0], finding.source, proposal, finding.level, int(finding.item_id is not None))


class _Lines:
    """The lines of a catalogue and what they are called.

    Attributes:
        units: Department ("" where a line names none) -> ids of its lines, in catalogue order.
    """

    def __init__(self, items: pd.DataFrame) -> None:
        self._called = checks.called(items)
        self._codes = dict(zip(map(str, items.index), items["code"].tolist(), strict=True))
        self._works = {str(at): task or detail for at, task, detail in zip(items.index, *_texts(items), strict=True)}
        names = items["department"].to_dict()
        self._unit = {at: " ".join(str(names[at]).split()) for at in self._called}
        self.units: defaultdict[str, list[str]] = defaultdict(list)
        for at, unit in self._unit.items():
            self.units[unit].append(at)

    def unit_of(self, at: str | None) -> str | None:
        """The department of a line; None for the catalogue as a whole."""
        return None if at is None else self._unit.get(at, "")

    def name(self, at: str | None) -> tuple[str, str]:
        """What a line is called, and its work."""
        if at is None:
            return "", _("The whole catalogue")
        name, reference = self._called[at]
        code = " ".join(self._codes[at].split())
        return f"{code} ({reference})" if code and code not in reference else reference, self._works[at] or name

    def halves(self, finding: Finding) -> tuple[str, str]:
        """What is so and what to do; without the line's own name, as that stands beside it."""
        message, quoted = finding.message, _QUOTED.match(finding.message)
        if quoted and finding.item_id is not None and quoted[1] == self._called[finding.item_id][0]:
            message = message[quoted.end() :]
        said, proposal = _halves(message)
        return _sentence(said), _sentence(proposal)

    def among(self, hit: Collection[str]) -> str:
        """Which lines of their unit: "2 of 7 lines: VP.01, VP.05", in catalogue order."""
        own = self.units[self._unit[next(iter(hit))]]
        which = _("{n} of {all} lines").format(n=number(len(hit)), all=number(len(own)))
        found: list[str] = []
        for is_hit, run in groupby(own, key=set(hit).__contains__):
            if is_hit:
                names = [self._called[at][1] for at in run]
                found += [f"{names[0]}–{names[-1]}"] if len(names) >= _RUN else names
        return which if len(hit) == len(own) else f"{which}: {', '.join(found)}"

    def of_pair(self, decision: Decision) -> str:
        """What was decided about two lines, beside the first."""
        _name, other = self._called[decision.other]
        if decision.verdict is Ruling.RELATED:
            return _("Belongs together with {other}.").format(other=other)
        return _("Looks like the work of {other}.").format(other=other)


def _texts(items: pd.DataFrame) -> Iterator[list[str]]:
    for name in ("task", "detail"):
        yield [" ".join(text.split()) for text in items[name].tolist()]


def _halves(message: str) -> tuple[str, str]:
    """What is so, and what to do without "please"; "" where a message says only the first."""
    said, mark, proposal = message.rpartition("; ")
    if not mark or proposal.count("“") != proposal.count("”"):
        return message, ""
    return said, _ASKING.sub("", proposal, count=1)


def _sentence(text: str) -> str:
    return text and text[0].upper() + text[1:].rstrip(".") + "."


def _suggestion(finding: Finding) -> str:
    """The lines that kpicat proposes instead of one; any other value stands in the sentence already."""
    lines = [line.strip() for line in finding.suggestion.split("\n") if line.strip()]
    return "".join(f"\n– {line}" for line in lines) if len(lines) > 1 else ""
