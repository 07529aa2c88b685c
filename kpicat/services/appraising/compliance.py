"""How much of a catalogue keeps each principle, and what to put right first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpicat import checks
from kpicat.language import language
from kpicat.services.appraising.principles import OF, PRINCIPLES, principle_name
from kpicat.services.rulings import Judged
from kpicat.services.view import View


@dataclass(frozen=True, slots=True)
class Share:
    """How many lines keep a principle.

    Attributes:
        principle: Its key in :data:`~kpicat.services.appraising.PRINCIPLES`.
        title: In the reader's language.
        of: Lines it asks something of; for the standard unit the catalogue counts as one line.
        kept: Those without an open finding under it.
        waived: Those of ``kept`` that only a decision of people lets stand.
    """

    principle: str
    title: str
    kept: int
    of: int
    waived: int = 0

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing is asked."""
        return self.kept / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Compliance:
    """How much of a catalogue keeps each principle.

    Attributes:
        principles: Of the catalogue, in the guidance's order.
        departments: Department ("" where a line names none) -> the same of its lines, without the
            standard unit, which is the catalogue's; in catalogue order.
        whole: The findings about the catalogue as a whole.
    """

    principles: Sequence[Share]
    departments: Mapping[str, Sequence[Share]]
    whole: Sequence[Judged]


_OF_CATALOGUE = "standard-unit"


def compliance(view: View) -> Compliance:
    """How much of a catalogue keeps each principle; blank rows are no lines.

    Source: PL3 §1b, §2 bước 2 and bước 3, lưu ý.
    """
    return view.kept(("compliance", language()), lambda: _compliance(view))


def _compliance(view: View) -> Compliance:
    lines = checks.filled(view.items)
    unit_of = dict(zip(lines.index.tolist(), lines["department"].tolist(), strict=True))
    open_lines: defaultdict[str, set[str]] = defaultdict(set)
    waived_lines: defaultdict[str, set[str]] = defaultdict(set)
    for each in view.judged:
        item_id = each.finding.item_id
        if item_id is not None:
            (open_lines if each.is_open else waived_lines)[OF[each.finding.check]].add(item_id)
    by_unit: defaultdict[str, set[str]] = defaultdict(set)
    for item_id, unit in unit_of.items():
        by_unit[unit].add(item_id)
    whole = [each for each in view.judged if each.finding.item_id is None]

    def shares(ids: Collection[str], principles: Iterable[str]) -> list[Share]:
        among = set(ids)
        return [
            _share(key, len(among), len(open_lines[key] & among), len((waived_lines[key] - open_lines[key]) & among))
            for key in principles
        ]

    of_lines = [key for key in PRINCIPLES if key != _OF_CATALOGUE]
    departments = {unit: shares(ids, of_lines) for unit, ids in by_unit.items()}
    own = [each for each in view.judged if OF[each.finding.check] == _OF_CATALOGUE]
    is_open, is_waived = any(each.is_open for each in own), bool(own)
    unit_share = _share(_OF_CATALOGUE, min(len(lines), 1), int(is_open), int(is_waived and not is_open))
    return Compliance([*shares(unit_of, of_lines), unit_share], departments, whole)


def _share(key: str, of: int, broken: int, waived: int) -> Share:
    return Share(key, principle_name(key), of - broken, of, waived)
