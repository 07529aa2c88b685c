"""Start a catalogue, say how far it has come, change its own settings."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from kpicat import checks, guidance
from kpicat.approval import State
from kpicat.errors import InputError
from kpicat.language import _, ngettext, number
from kpicat.model import CATALOGUE, CATALOGUE_FIELDS, Catalogue, Edit, Form, Level, Outcome, plain
from kpicat.services import yardsticks
from kpicat.services.appraising.principles import PRINCIPLES
from kpicat.services.rulings import judged
from kpicat.services.view import View
from kpicat.text.normalise import fold

if TYPE_CHECKING:
    from kpicat.store import Store


_SCALE = {"guidance", "marks"}
"""These are of one scale: marks are an edition's tiers by name, and another edition may have tiers of these names."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A catalogue on the shelf and how many items it holds."""

    catalogue: Catalogue
    items: int


def shelf(store: Store) -> list[Catalogue]:
    """Every catalogue that nobody has removed, the one changed last first."""
    return on_and_off(store)[0]


def on_and_off(store: Store) -> tuple[list[Catalogue], list[Catalogue]]:
    """The catalogues on the shelf and those taken off it, each the one changed last first; in one query."""
    found = store.catalogues()
    return [each for each in found if not each.removed], [each for each in found if each.removed]


def entries(store: Store, catalogues: Sequence[Catalogue]) -> list[Entry]:
    """These catalogues, in their order, with how many items each holds; in one query."""
    counts = store.counts([each.id for each in catalogues])
    return [Entry(each, counts.get(each.id, 0)) for each in catalogues]


def named(catalogues: Sequence[Catalogue], words: str) -> list[Catalogue]:
    """Those whose name, body and period have each of the words, or a part of a word, with or without diacritics."""
    asked = fold(words).split()
    texts = (fold(f"{each.name} {each.body} {each.period}") for each in catalogues)
    return [each for each, text in zip(catalogues, texts, strict=True) if all(word in text for word in asked)]


def start(
    store: Store,
    *,
    name: str,
    body: str,
    period: str,
    form: Form,
    edition: str,
    actor: str,
    at: datetime,
) -> Catalogue:
    """A new, empty catalogue.

    Raises:
        InputError: It has no name, or the edition does not exist.
    """
    if not name.strip():
        raise InputError(_("Give the catalogue a name, so that others can find it."))
    guidance.get(edition)
    draft = Catalogue(
        id=uuid.uuid4().hex[:12],
        name=name.strip(),
        body=body.strip(),
        period=period.strip(),
        form=form,
        guidance=edition,
    )
    return store.create(draft, actor=actor, at=at)


def change_settings(store: Store, view: View, wanted: Mapping[str, str], *, actor: str, at: datetime) -> Outcome:
    """Set the catalogue's own fields (:data:`kpicat.model.CATALOGUE_FIELDS`), compare-and-set.

    Raises:
        InputError: The name is empty, the edition unknown or the marks out of order.
    """
    if not wanted.get("name", view.catalogue.name).strip():
        raise InputError(_("Give the catalogue a name, so that others can find it."))
    edition = wanted.get("guidance", view.catalogue.guidance)
    guidance.get(edition).adjusted(wanted.get("marks", view.catalogue.marks))
    if (by := wanted.get("unit_by", "")) and by not in guidance.PARTED_BY:
        words = _("There is no standard unit for each “{field}”; choose one of the fields offered.")
        raise InputError(words.format(field=by))
    stands = {field: getattr(view.catalogue, field) for field in CATALOGUE_FIELDS}
    changed = {field for field in stands if wanted.get(field, stands[field]) != stands[field]}
    concerned = changed | (_SCALE if changed & _SCALE else set())
    edits = [Edit(CATALOGUE, field, stands[field], wanted.get(field, stands[field])) for field in sorted(concerned)]
    return store.commit(view.catalogue.id, edits, actor=actor, at=at, label="settings", whole=True)


def own_marks(view: View, spans: Mapping[str, tuple[Decimal, Decimal]]) -> str:
    """Marks as a catalogue keeps them; "" where they are the edition's own.

    Args:
        spans: Tier key -> lowest and highest points.
    """
    edition = guidance.get(view.catalogue.guidance)
    own = {}
    for tier in edition.tiers:
        lowest, highest = spans[tier.key]
        if (lowest, highest) == (tier.lowest, tier.highest):
            continue
        own[tier.key] = (
            {"points": plain(lowest)} if lowest == highest else {"lowest": plain(lowest), "highest": plain(highest)}
        )
    return json.dumps(own, ensure_ascii=False, sort_keys=True) if own else ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the guidance as far as this catalogue has come.

    Attributes:
        number: 1 to 4.
        done, of: Items for which the step is complete, and all.
        missing: What is still to do, in a sentence; "" when nothing is.
        page: Key of the page where it is done.
    """

    number: int
    title: str
    done: int
    of: int
    missing: str
    page: str


def steps(view: View) -> list[Step]:
    """The guidance's four steps with figures.

    Source: PL3 §2 bước 1–4.
    """
    items, table = view.items, view.table
    n = len(items)
    listed = int(((items["task"] != "") & (items["product"] != "")).sum())
    unsound = _unsound(view)
    tiered = int(table["points"].notna().sum())
    counted = int(table["converted_quantity"].notna().sum())
    unlisted = ngettext("{n} item lacks a task or a product.", "{n} items lack a task or a product.", n - listed)
    untiered = ngettext(
        "{n} item has no tier or no points yet.", "{n} items have no tier or no points yet.", n - tiered
    )
    if n == 0:
        first = _("No items yet: type them in or bring a file in."), "bring_in"
    else:
        first = _if_any(unlisted, n - listed), "edit"
    return [
        Step(1, _("Take stock of the work"), listed, n, *first),
        Step(2, _("Choose the standard unit"), *_units(view, unsound), unsound, "standard_unit"),
        Step(3, _("Give each item its tier"), tiered, n, _if_any(untiered, n - tiered), "assign"),
        Step(4, _("Convert"), counted, n, _if_any(_uncounted(n - counted, scored=tiered == n), n - counted), "edit"),
    ]


def _uncounted(n: int, *, scored: bool) -> str:
    """What keeps items out of the converted quantity: where all are ``scored``, only the quantity can."""
    if scored:
        return ngettext(
            "{n} item has no quantity, so it is not counted.", "{n} items have no quantity, so they are not counted.", n
        )
    return ngettext(
        "{n} item has no quantity or no points, so it is not counted.",
        "{n} items have no quantity or no points, so they are not counted.",
        n,
    )


def _if_any(sentence: str, n: int) -> str:
    return sentence.format(n=number(n)) if n else ""


def _units(view: View, unsound: str) -> tuple[int, int]:
    """How many standard units are chosen, of how many; with an error in one none is counted as the last."""
    units = yardsticks.parts(view) or {"": []}
    chosen = sum(len(each) == 1 for each in units.values())
    return min(chosen, len(units) - bool(unsound)), len(units)


def _unsound(view: View) -> str:
    """What stands against the standard unit; "" where one is chosen and the checks call nothing of it an error."""
    standards = int(view.items["standard_unit"].sum())
    if standards == 0:
        return _("No item is marked as the standard unit.")
    if standards > 1 and not view.guidance.unit_by:
        return _("{n} items are marked as the standard unit; keep one.").format(n=number(standards))
    found = judged(checks.run(view.items, view.guidance, PRINCIPLES["standard-unit"]), view.reading)
    return next((each.finding.message for each in found if each.is_open and each.finding.level is Level.ERROR), "")


def form_name(form: Form) -> str:
    """Whose paper, in words."""
    return {Form.PARTY: _("Party body"), Form.STATE: _("State body")}[form]


def status_name(status: str) -> str:
    """Where a catalogue stands on its way to approval, in words."""
    words: dict[str, str] = {
        State.DRAFT: _("draft"),
        State.SUBMITTED: _("submitted for approval"),
        State.APPROVED: _("approved"),
    }
    return words.get(status, status)
