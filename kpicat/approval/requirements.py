"""What must hold for a step, and which version is in force on a day."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from kpicat.language import _, ngettext, number
from kpicat.model import Finding, Level
from kpicat.model.approvals import Approval, Version

_NAMED = 5  # lines named in a sentence; the page lists all


class Obstacle(enum.Enum):
    """What can stand against submitting."""

    EMPTY = "there is nothing to submit"
    ERRORS = "findings that must be put right are open"
    GONE = "a supplement lacks lines of its basis"


class Against(NamedTuple):
    """Something that stands against submitting, and a sentence that says so."""

    what: Obstacle
    words: str


def unfit(items: pd.DataFrame, open_findings: Iterable[Finding], basis: pd.DataFrame | None = None) -> list[Against]:
    """What stands against submitting; nothing where it may be submitted.

    Args:
        items: The catalogue's, as :func:`kpicat.model.items_frame` gives.
        open_findings: Those that nobody has waived.
        basis: The items of the version that this is a supplement to; None where it is a full one.
    """
    if not len(items):
        return [Against(Obstacle.EMPTY, _("There are no items yet, so there is nothing to submit."))]
    said = []
    if errors := sum(finding.level is Level.ERROR for finding in open_findings):
        words = ngettext(
            "{n} finding must be put right, or waived with a reason, before the catalogue is submitted.",
            "{n} findings must be put right, or waived with a reason, before the catalogue is submitted.",
            errors,
        )
        said.append(Against(Obstacle.ERRORS, words.format(n=number(errors))))
    if basis is not None and (gone := vanished(basis, items)):
        words = ngettext(
            "A supplement only adds and changes, but {n} line of the version it rests on is gone: {lines}; "
            "put it back, or have this approved as a new version.",
            "A supplement only adds and changes, but {n} lines of the version it rests on are gone: {lines}; "
            "put them back, or have this approved as a new version.",
            len(gone),
        )
        named = words.format(n=number(len(gone)), lines=_called(basis, gone))
        said.append(Against(Obstacle.GONE, named))
    return said


def vanished(basis: pd.DataFrame, items: pd.DataFrame) -> list[str]:
    """Ids of the lines of ``basis`` that are in ``items`` no more, in order."""
    return basis.index[~basis.index.isin(items.index)].tolist()


def undecided(approval: Approval, before: Sequence[Version], today: date) -> list[str]:
    """What stands against approving by this decision, a sentence each.

    What applies on a day must be known on that day, and one version follows another: so no decision takes effect
    before its own date, nor before the version before it.

    Args:
        before: The versions of the catalogue, in order.
        today: Where the authority is.
    """
    said = []
    if not approval.decision_number.strip():
        said.append(_("Write the number of the decision, as it stands on the paper."))
    if not approval.signatory.strip():
        said.append(_("Write who signed the decision."))
    if approval.decided_on > today:
        said.append(_("The date of the decision lies ahead; approve the catalogue when the decision has been signed."))
    if approval.effective_on < approval.decided_on:
        said.append(_("A decision takes effect on its own date or later; correct one of the two dates."))
    if before:
        said += _after(approval, before)
    return said


def _after(approval: Approval, before: Sequence[Version]) -> list[str]:
    last, said = before[-1], []
    if approval.effective_on < last.effective_on:
        words = _("Version {n} takes effect on {day}; what is approved after it cannot take effect before it.")
        said.append(words.format(n=last.number, day=f"{last.effective_on:%d/%m/%Y}"))
    if approval.decided_on < last.decided_on:
        words = _("Version {n} was decided on {day}; what is approved after it cannot be decided before it.")
        said.append(words.format(n=last.number, day=f"{last.decided_on:%d/%m/%Y}"))
    for version in before:
        if _same(version.decision_number) == _same(approval.decision_number):
            words = _("Decision {decision} approved version {n} already; each version has a decision of its own.")
            said.append(words.format(decision=version.decision_number, n=version.number))
            break
    return said


def in_force(versions: Sequence[Version], on: date) -> Version | None:
    """The version that applies on a day: of those that have taken effect by then the last; None before the first."""
    assert all(one.number < next.number for one, next in pairwise(versions)), "versions in order"
    return next((version for version in reversed(versions) if version.effective_on <= on), None)


def _called(items: pd.DataFrame, ids: Sequence[str]) -> str:
    """How people call some lines: their codes, else their tasks; the first few of many."""
    lines = items.loc[list(ids[:_NAMED])]
    pairs = zip(lines["code"], lines["task"], strict=True)
    names = [code.strip() or task.strip() or _("a row without text") for code, task in pairs]
    return ", ".join(names) + (" …" if len(ids) > _NAMED else "")


def _same(number: str) -> str:
    return "".join(number.split()).casefold()
