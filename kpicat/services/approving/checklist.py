"""What is still open before a catalogue is submitted: what stands against it, and what is worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpicat import approval
from kpicat.approval import Obstacle
from kpicat.language import _, ngettext, number
from kpicat.model import Level
from kpicat.services.appraising import waived
from kpicat.services.approving.after import versions, view_of
from kpicat.services.commenting import threads
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store


_WHERE = {Obstacle.EMPTY: "bring_in", Obstacle.ERRORS: "checks", Obstacle.GONE: "history"}
"""Key of the page where it is put right."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the checklist.

    Attributes:
        words: What is so, in a sentence.
        stands_against: Whether the catalogue cannot be submitted for it.
        done: Whether nothing is left to do.
        page: Key of the page where it is put right; "" where there is nothing to do.
    """

    words: str
    stands_against: bool = False
    done: bool = False
    page: str = ""


def checklist(store: Store, view: View) -> list[Entry]:
    """What stands against submitting first, then what is worth a look, then what is well."""
    basis = basis_of(store, view)
    against = approval.unfit(view.items, view.open_findings, basis.items if basis else None)
    found = [Entry(each.words, stands_against=True, page=_WHERE[each.what]) for each in against]
    if not against:
        well = _("Nothing stands against submitting: what must be put right is, or is waived with a reason.")
        found.append(Entry(well, done=True))
    return [*found, *_to_look_at(view)]


def _to_look_at(view: View) -> Iterator[Entry]:
    warnings = sum(finding.level is Level.WARNING for finding in view.open_findings)
    if warnings:
        words = ngettext("{n} finding should be looked at.", "{n} findings should be looked at.", warnings)
        yield Entry(words.format(n=number(warnings)), page="checks")
    if let_stand := len(waived(view)):
        words = ngettext(
            "{n} finding stands as it is, for a reason that goes with the catalogue.",
            "{n} findings stand as they are, for reasons that go with the catalogue.",
            let_stand,
        )
        yield Entry(words.format(n=number(let_stand)), page="checks")
    if asked := sum(thread.is_open for thread in threads(view)):
        words = ngettext("{n} comment is not resolved yet.", "{n} comments are not resolved yet.", asked)
        yield Entry(words.format(n=number(asked)), page="edit")
    if not (view.catalogue.body.strip() and view.catalogue.period.strip()):
        yield Entry(_("The catalogue does not say whose it is, or for which period."), page="home")


def basis_of(store: Store, view: View) -> View | None:
    """The version that this draft is a supplement to; None where it is no supplement."""
    if not view.catalogue.amends:
        return None
    found = versions(store, view.catalogue.id)
    return view_of(store, found[int(view.catalogue.amends) - 1])
