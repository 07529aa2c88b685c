"""How much of a catalogue keeps each principle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from kpicat import checks
from kpicat.language import language
from kpicat.services.appraising.principles import OF, PRINCIPLES
from kpicat.services.rulings import Judged
from kpicat.services.view import View


@dataclass(frozen=True, slots=True)
class Share:
    """How many lines keep a principle, or all of them.

    Attributes:
        kept: Lines without an open finding under it.
        of: Lines it asks something of; the standard unit is the catalogue's, which counts as one line.
        waived: Those of ``kept`` that only a decision of people lets stand.
    """

    kept: int
    of: int
    waived: int = 0

    @property
    def share(self) -> float:
        """0 to 1; 0 where nothing is asked."""
        return self.kept / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Compliance:
    """How much of a catalogue, or of the lines of one unit, keeps the principles.

    Attributes:
        whole: Lines that keep all of them.
        by_principle: Key of :data:`~kpicat.services.appraising.PRINCIPLES` -> its share, in the guidance's
            order; of a unit without the standard unit.
        by_unit: Department ("" where a line names none) -> the same of its lines, in catalogue order;
            of a unit empty.
        of_catalogue: The findings about the catalogue as a whole, under their principles' keys.
    """

    whole: Share
    by_principle: Mapping[str, Share]
    by_unit: Mapping[str, Compliance]
    of_catalogue: Mapping[str, Sequence[Judged]]


_OF_CATALOGUE = "standard-unit"


def compliance(view: View) -> Compliance:
    """How much of a catalogue keeps each principle; blank rows are no lines.

    Source: PL3 §1b, §2 bước 2 and bước 3, lưu ý.
    """
    return view.kept(("compliance", language()), lambda: _compliance(view))


def _compliance(view: View) -> Compliance:
    lines = checks.filled(view.items)
    by_unit: defaultdict[str, set[str]] = defaultdict(set)
    for item_id, unit in zip(lines.index.tolist(), lines["department"].tolist(), strict=True):
        by_unit[unit].add(item_id)
    still_open: defaultdict[str, set[str]] = defaultdict(set)
    waived: defaultdict[str, set[str]] = defaultdict(set)
    of_catalogue: defaultdict[str, list[Judged]] = defaultdict(list)
    for each in view.judged:
        principle, item_id = OF[each.finding.check], each.finding.item_id
        if item_id is None:
            of_catalogue[principle].append(each)
        else:
            (still_open if each.is_open else waived)[principle].add(item_id)
    units = {unit: _of_lines(ids, still_open, waived) for unit, ids in by_unit.items()}
    all_lines = _of_lines(set(lines.index.tolist()), still_open, waived)
    own = [each for each in view.judged if OF[each.finding.check] == _OF_CATALOGUE]
    there, broken = min(len(lines), 1), any(each.is_open for each in own)
    by_principle = {
        key: Share(there - broken, there, int(bool(own) and not broken))
        if key == _OF_CATALOGUE
        else all_lines.by_principle[key]
        for key in PRINCIPLES
    }
    return Compliance(all_lines.whole, by_principle, units, of_catalogue)


def _of_lines(ids: Set[str], still_open: Mapping[str, Set[str]], waived: Mapping[str, Set[str]]) -> Compliance:
    def share(broken: Set[str], stands: Set[str]) -> Share:
        return Share(len(ids) - len(ids & broken), len(ids), len((ids & stands) - broken))

    nothing: frozenset[str] = frozenset()
    by_principle = {
        key: share(still_open.get(key, nothing), waived.get(key, nothing)) for key in PRINCIPLES if key != _OF_CATALOGUE
    }
    whole = share(nothing.union(*still_open.values()), nothing.union(*waived.values()))
    return Compliance(whole, by_principle, {}, {})
