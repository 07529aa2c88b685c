"""A scenario made the catalogue's: one batch that undo takes back whole, after everybody who was there was asked about.

What others changed since the scenario was begun is not overwritten: each such place is shown with what the scenario
wants there, and stays as it is unless the person says otherwise.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from kpicat.convert import converted, total
from kpicat.errors import InputError
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import CATALOGUE, Edit, Outcome, Write, values_of
from kpicat.model.scenarios import SavedScenario
from kpicat.scenario import Scenario, applied, decode, given
from kpicat.services import yardsticks
from kpicat.services.bulk.proposal import Line, Proposal, as_read, names, proposal
from kpicat.services.catalogues import own_marks
from kpicat.services.scenarios.trying import texts
from kpicat.services.tying import VALUED
from kpicat.services.view import View
from kpicat.store import Store

MARKS, UNIT = "marks", "standard unit"
"""Places of the catalogue as a whole that two may have changed; the others are ids of items."""


@dataclass(frozen=True, slots=True)
class Met:
    """A place that somebody changed after the scenario was begun, and that the scenario wants otherwise.

    Attributes:
        place: Id of an item, :data:`MARKS` or :data:`UNIT`.
        what: What people call it.
        then, now, wanted: Its values in words: when the scenario was begun, today, and by the scenario.
        tier: The tier the scenario gives the item; 0 for the catalogue's places.
    """

    place: str
    what: str
    then: str
    now: str
    wanted: str
    tier: int = 0


@dataclass(frozen=True, slots=True)
class Adoption:
    """What adopting would do, as it is shown first.

    Attributes:
        planned: The batch with its preview; ``before`` and ``after`` are totals of the whole catalogue.
        met: Every place that two have changed, also such as are settled.
        gone: How many of the rows the scenario names are there no more.
        kept: The scenario as it was looked at.
    """

    planned: Proposal
    met: Sequence[Met]
    gone: int
    kept: SavedScenario


def look(store: Store, view: View, kept: SavedScenario, take: Collection[str] = ()) -> Adoption:
    """What adopting a scenario would do to the catalogue as it stands.

    Args:
        take: Of the places two have changed, those that are to become the scenario's; the others stay.

    Raises:
        InputError: The marks are out of order, a tier is none of the scale, or the standard unit is gone.
        UnknownCatalogue: The log does not reach back to where the scenario was begun.
    """
    scenario = decode(kept.body)
    then = view if kept.seq == view.seq else View(store.reading(view.catalogue.id, kept.seq))
    met = [*_of_catalogue(view, then, scenario), *_of_items(view, then, scenario)]
    stay = {each.place for each in met} - set(take)
    wanted = dataclasses.replace(
        scenario,
        tiers={**scenario.tiers, **{each.place: each.tier for each in met if each.tier and each.place not in stay}},
        marks="" if MARKS in stay else scenario.marks,
        standard_unit="" if UNIT in stay else scenario.standard_unit,
    )
    gone = len(scenario.tiers.keys() - set(view.items.index.tolist()))
    return Adoption(_planned(view, wanted, kept, stay), met, gone, kept)


def adopt(store: Store, view: View, adoption: Adoption, *, actor: str, at: datetime) -> Outcome:
    """Write what was looked at, as one batch or not at all, and know that the scenario was adopted.

    Raises:
        StoreBusy: Nothing was written; the same call may be repeated.
        InputError: Somebody changed one of these cells, or the scenario, while the person looked; nothing was written.
    """
    planned, kept = adoption.planned, adoption.kept
    stands = store.scenarios.one(kept.id)
    if stands is None:
        raise InputError(_("Somebody has removed this scenario; to keep it, begin another one from it."))
    if stands.version != kept.version:
        words = _("{who} changed the scenario while you looked, so nothing was adopted; look at it again.")
        raise InputError(words.format(who=stands.by))
    outcome = store.commit(
        view.catalogue.id,
        [*planned.read, *planned.writes],
        actor=actor,
        at=at,
        label=planned.label,
        request=f"scenario:{kept.id}:{kept.version}",
        whole=True,
    )
    if outcome.conflicts and outcome.batch is None:
        words = _("{who} changed the catalogue while you looked, so nothing was adopted; look at it again.")
        raise InputError(words.format(who=outcome.conflicts[0].by))
    if outcome.batch:
        was = store.batch(view.catalogue.id, outcome.batch).first_seq - 1  # others may have written elsewhere since
        store.scenarios.put(dataclasses.replace(kept, version=kept.version + 1, by=actor, at=at, adopted=was))
    return outcome


# -- what two have changed ---------------------------------------------------


def _of_catalogue(view: View, then: View, scenario: Scenario) -> list[Met]:
    found = []
    if scenario.marks and then.guidance.tiers != view.guidance.tiers:
        wanted = view.guidance.adjusted(scenario.marks)
        if wanted.tiers != view.guidance.tiers:
            old, now, new = (", ".join(t.range for t in each.tiers) for each in (then.guidance, view.guidance, wanted))
            found.append(Met(MARKS, _("The marks of the scale"), old, now, new))
    if unit := scenario.standard_unit:
        units = [frozenset({unit, *yardsticks.beside(each, unit)} & _marked(each)) for each in (then, view)]
        if units[0] != units[1] and units[1] != {unit}:
            called = names(view)
            old, now, new = (
                ", ".join(sorted(called.get(row, _("a deleted row")) for row in rows)) for rows in (*units, {unit})
            )
            found.append(Met(UNIT, _("The standard unit"), old, now, new))
    return found


def _marked(view: View) -> set[str]:
    return set(view.items.index[view.items["standard_unit"]])


def _of_items(view: View, then: View, scenario: Scenario) -> list[Met]:
    """Items to which the scenario gives a tier, then or now, and whose tier or points somebody changed meanwhile."""
    if then is view:
        return []
    tiers = {**_given(then, scenario), **_given(view, scenario)}
    cells = [_valued(each.items, tiers) for each in (then, view)]
    changed = {
        row: tiers[row] for row in tiers if row in cells[1] and cells[0].get(row, cells[1][row]) != cells[1][row]
    }
    if not changed:
        return []
    items, _scale = applied(view.items, view.guidance, Scenario(tiers=changed, marks=scenario.marks), table=view.table)
    wanted, called = _valued(items, changed), names(view)
    return [
        Met(row, called[row], _tier_words(cells[0][row]), _tier_words(cells[1][row]), _tier_words(wanted[row]), tier)
        for row, tier in changed.items()
        if wanted[row] != cells[1][row]
    ]


def _given(view: View, scenario: Scenario) -> Mapping[str, int]:
    return given(view.items, scenario, view.table, texts(view, *scenario.rules))


_Cells = tuple[int | None, Decimal | None]


def _valued(items: pd.DataFrame, ids: Collection[str]) -> dict[str, _Cells]:
    """Id -> tier and points as they are stored, of those that are there."""
    points: list[Decimal | None] = items["points"].tolist()
    rows = zip(items.index.tolist(), values_of(items["tier"]), points, strict=True)
    return {row: (tier, score) for row, tier, score in rows if row in ids}


def _tier_words(cells: Sequence[Any]) -> str:
    tier, points = cells
    return " · ".join(each for each in (f"{_('Tier')} {tier}" if tier else "", number(points)) if each) or "–"


# -- the batch ---------------------------------------------------------------


def _planned(view: View, wanted: Scenario, kept: SavedScenario, stay: Collection[str]) -> Proposal:
    found = texts(view, *wanted.rules)
    items, scale = applied(view.items, view.guidance, wanted, table=view.table, texts=found, but=stay)
    edits = [edit for name in (*VALUED, "standard_unit") for edit in _edits(view.items, items, name)]
    valued = list(dict.fromkeys(edit.item_id for edit in edits if edit.field in VALUED))
    edits += _grounds(view, valued, kept.name)
    marks = _marks(view, scale)
    writes: list[Write] = [*edits, *marks]
    planned = proposal(view, edits, label="adopt", whole=True, read=_read(view, writes, valued, wanted))
    ranges = (", ".join(tier.range for tier in each.tiers) for each in (view.guidance, scale))
    said = [Line("", _("The marks of the scale"), *ranges)] if marks else []
    before, after = view.figures.converted_total, total(converted(items, scale)["converted_quantity"])
    return dataclasses.replace(planned, writes=writes, lines=[*said, *planned.lines], before=before, after=after)


def _edits(before: pd.DataFrame, after: pd.DataFrame, name: str) -> list[Edit]:
    if before[name] is after[name]:
        return []
    columns = zip(before.index.tolist(), values_of(before[name]), values_of(after[name]), strict=True)
    return [Edit(row, name, old, new) for row, old, new in columns if old != new]


def _grounds(view: View, ids: Sequence[str], name: str) -> list[Edit]:
    """The scenario named among the grounds of each tier, behind what stands there."""
    said = _("By the scenario “{name}”").format(name=name)
    grounds = dict(zip(view.items.index.tolist(), view.items["rationale"].tolist(), strict=True))
    return [
        Edit(row, "rationale", grounds[row], f"{grounds[row]}; {said}" if grounds[row] else said)
        for row in ids
        if said not in grounds[row]
    ]


def _marks(view: View, scale: Guidance) -> list[Edit]:
    if scale.tiers == view.guidance.tiers:
        return []
    marks = own_marks(view, {tier.key: (tier.lowest, tier.highest) for tier in scale.tiers})
    return [Edit(CATALOGUE, "marks", view.catalogue.marks, marks)]


def _read(view: View, writes: Sequence[Write], valued: Sequence[str], wanted: Scenario) -> list[Edit]:
    """What the batch rests on and does not change: the scale, the rest of each line's value, the standard unit."""
    about = view.catalogue
    read = [
        Edit(CATALOGUE, name, getattr(about, name), getattr(about, name)) for name in ("guidance", "marks", "unit_by")
    ]
    if wanted.standard_unit:
        everything = ["standard_unit", *(("points", "tier") if wanted.rescaled else ())]
        read += as_read(view, view.items.index.tolist(), everything)
    read += as_read(view, valued, VALUED)
    written = {(write.item_id, write.field) for write in writes if isinstance(write, Edit)}
    return list(
        {(edit.item_id, edit.field): edit for edit in read if (edit.item_id, edit.field) not in written}.values()
    )
