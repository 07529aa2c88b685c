"""Which lines are fit to be the standard unit (Bước 2).

The guidance names four traits and no numbers, so the order is a help to look, not a
verdict: each trait counts the same, and what speaks for and against a line is said in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from kpicat import checks
from kpicat.convert import converted
from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.similar.words import read as words_of

TRAITS = ("regular", "clear", "quantifiable", "steady")
"""PL3 §2 bước 2: (a) regular, (b) clear process and output, (c) comparable and quantifiable, (d) not swayed."""
_FINDINGS = ("standard-unit-not-regular", "standard-unit-unclear")
_OFTEN = ((200, Fraction(1)), (48, Fraction(15, 16)), (12, Fraction(7, 8)), (4, Fraction(5, 8)))
"""Times a year, and how regular that is: daily, weekly, monthly, quarterly."""
_QUOTED = 60  # characters of a text that is quoted
_HALF, _NONE, _WHOLE = Fraction(1, 2), Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Trait:
    """How far a line has one of the four traits.

    Attributes:
        key: One of :data:`TRAITS`.
        share: 0 to 1; a half where nothing speaks for it or against it.
        evidence: What speaks for and against it, in the reader's language; never none.
    """

    key: str
    share: Fraction
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line as the standard unit.

    Attributes:
        traits: In the order of :data:`TRAITS`.
        at_standard: Whether it has the standard points already, or its tier holds them.
    """

    item_id: str
    traits: tuple[Trait, ...]
    at_standard: bool

    @property
    def score(self) -> Fraction:
        """The sum of its traits, 0 to 4."""
        return sum((trait.share for trait in self.traits), _NONE)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of all lines at once, each list in their order.

    Attributes:
        faults: As :func:`_faults` gives.
        places: In how many positions (failing these, departments) each line's work is done, and how many there are.
        middle: How near each line's load is to the median's, 0 to 1; None where it has no load.
    """

    faults: Mapping[str, Mapping[str, str]]
    places: list[tuple[int, int]]
    middle: list[Fraction | None]


def candidates(items: pd.DataFrame, guidance: Guidance) -> list[Candidate]:
    """Every line that names a work, the fittest first; of equals those at the standard points, then by their order.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        guidance: The catalogue's scale.

    Source: PL3 §2 bước 2.
    """
    table = converted(items, guidance)
    facts = _Facts(_faults(items, guidance), _places(items), _middle(table["converted_quantity"].tolist()))
    standard = guidance.tier_of(guidance.standard_points)
    found = []
    columns = [items[name].tolist() for name in ("task", "detail", "quantity", "frequency", "measure")]
    for n, (item_id, tier, texts) in enumerate(
        zip(items.index.tolist(), table["tier"].tolist(), zip(*columns, strict=True), strict=True)
    ):
        task, detail, quantity, frequency, measure = texts
        if (task or detail).strip():
            faults = facts.faults.get(item_id, {})
            traits = (
                _regular(faults, quantity, frequency),
                _clear(faults, detail),
                _quantifiable(faults, quantity, measure, *facts.places[n]),
                _steady(faults, facts.middle[n]),
            )
            at_standard = standard is not None and tier is not pd.NA and bool(tier == standard.level)
            found.append(Candidate(item_id, traits, at_standard))
    return sorted(found, key=lambda candidate: (-candidate.score, not candidate.at_standard))


# -- the four traits -----------------------------------------------------------


def _regular(faults: Mapping[str, str], quantity: Decimal | None, frequency: str) -> Trait:
    if fault := faults.get("irregular"):
        return Trait("regular", _NONE, (fault,))
    if quantity is not None and (share := next((share for times, share in _OFTEN if quantity >= times), None)):
        return Trait("regular", share, (_("{quantity} a year").format(quantity=number(quantity)),))
    if frequency.strip():
        return Trait("regular", Fraction(3, 4), (_("how often is given: “{text}”").format(text=frequency),))
    if quantity is not None:
        return Trait("regular", _HALF, (_("only {quantity} a year").format(quantity=number(quantity)),))
    return Trait("regular", _HALF, (_("neither how often nor how many a year is given"),))


def _clear(faults: Mapping[str, str], detail: str) -> Trait:
    if fault := faults.get("task") or faults.get("product"):
        return Trait("clear", _NONE, (fault,))
    if detail.strip():
        return Trait("clear", _WHOLE, (_("one definite work with a product, and its steps are given"),))
    return Trait("clear", Fraction(3, 4), (_("one definite work with a product; its steps are not given"),))


def _quantifiable(faults: Mapping[str, str], quantity: Decimal | None, measure: str, places: int, of: int) -> Trait:
    share, evidence = _WHOLE, []
    if fault := faults.get("measure"):
        share, evidence = _NONE, [fault]
    else:
        evidence.append(_("counted in “{measure}”").format(measure=measure) if measure else _("counted one by one"))
        if quantity is None:
            share = _HALF
            evidence.append(_("how many a year is not given"))
    if places and of > 1:  # known in few places, it compares little
        share *= (1 + Fraction(places, of)) / 2
        evidence.append(
            ngettext("done in {n} of {all} place of work", "done in {n} of {all} places of work", of).format(
                n=number(places), all=number(of)
            )
        )
    return Trait("quantifiable", share, tuple(evidence))


def _steady(faults: Mapping[str, str], middle: Fraction | None) -> Trait:
    if fault := faults.get("irregular"):
        return Trait("steady", _NONE, (fault,))
    if middle is None:
        return Trait("steady", _HALF, (_("its load is not known: no quantity or no points"),))
    words = _("its load is near the middle") if middle >= _HALF else _("its load is far from the middle")
    return Trait("steady", (7 + middle) / 8, (words,))  # a hint: what is done daily may weigh most


def _faults(items: pd.DataFrame, guidance: Guidance) -> dict[str, dict[str, str]]:
    """What the checks of the standard unit would hold against each line if it were one: "irregular" or a field."""
    unclear = {
        "task": _("it is not one definite work"),
        "product": _("it has no clear product"),
        "measure": _("it has no unit that is counted one by one"),
    }
    irregular = _("its own words say that it is not regular: “{text}”")
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    marked = items.assign(standard_unit=pd.Series(True, items.index, items["standard_unit"].dtype))
    for finding in checks.run(marked, guidance, _FINDINGS):
        if finding.item_id is None:
            continue
        if finding.check == _FINDINGS[0]:
            text = " ".join(str(items[finding.field].at[finding.item_id]).split())[:_QUOTED]
            found[finding.item_id]["irregular"] = irregular.format(text=text)
        else:
            found[finding.item_id][finding.field] = unclear[finding.field]
    return found


def _places(items: pd.DataFrame) -> list[tuple[int, int]]:
    """For each line, in how many positions its work is done and of how many; of departments where no position is named.

    Lines are one work here when their core words agree.
    """
    column = "position" if any(text.strip() for text in items["position"].tolist()) else "department"
    places = [text.strip().casefold() for text in items[column].tolist()]
    works = [words_of(task or detail).core for task, detail in zip(items["task"], items["detail"], strict=True)]
    done_in: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for work, place in zip(works, places, strict=True):
        if place:
            done_in[work].add(place)
    of = len(set(filter(None, places)))
    return [(len(done_in[work]), of) for work in works]


def _middle(loads: list[Decimal | None]) -> list[Fraction | None]:
    """How near the median each stands among those that have a load: 1 in the middle, 0 at either end."""
    there = sorted(load for load in loads if load is not None)
    first = {load: n for n, load in reversed(list(enumerate(there)))}
    last = {load: n for n, load in enumerate(there)}
    ends = len(there) - 1
    return [
        None if load is None else 1 - abs(Fraction(first[load] + last[load], ends) - 1) if ends else _WHOLE
        for load in loads
    ]
