"""All that the papers of a dossier are made of: what the catalogue says, what was found, voted, changed, decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat import approval, ballot
from kpicat.approval import State
from kpicat.ballot import Minutes
from kpicat.comparing import State as Stood
from kpicat.comparing import compare
from kpicat.errors import InputError
from kpicat.exchange import Ruled
from kpicat.exchange import dossier as papers
from kpicat.exchange.dossier import Ballots, Changed, Changes, Facts, Findings, Submitted
from kpicat.exchange.forms import remarks
from kpicat.exchange.forms.decision import Decision
from kpicat.language import _, number
from kpicat.model import Level
from kpicat.model.approvals import Version
from kpicat.model.ballots import Board
from kpicat.model.ballots import State as Asked
from kpicat.services import appraising, approving
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants a dossier of, and says of it.

    Attributes:
        version: What was approved; None for what is submitted, or will be.
        head: What is known of head and foot of the papers; number and day are those of the decision.
        to: Whom the letter addresses; "" where it is not known.
        by, at: Who makes it, and when.
    """

    version: Version | None
    head: Decision
    to: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Gathered:
    """All that a dossier is made of.

    Attributes:
        head: Of papers of whoever submits; ``decision`` that of the catalogue's own.
        ruled, settled: What people decided about findings.
        parts: What is still to be put right; nothing of an approved version.
        voted: Meetings that are over, with their minutes, in order.
        lines: What is not as it was in the version before.
        content: Whose SHA-256 is the hash.
    """

    view: View
    facts: Facts
    decision: Decision
    ruled: Sequence[Ruled]
    settled: Sequence[remarks.Settled]
    parts: Sequence[remarks.Part]
    voted: Sequence[tuple[Board, Minutes]]
    lines: Sequence[Changed]
    content: str


def chosen(store: Store, catalogue_id: str, n: int | None = None) -> tuple[View, Version | None]:
    """What a dossier is of: a version by its number; else the catalogue as it stands, approved last where it is that.

    Raises:
        UnknownCatalogue: There is no such catalogue.
        InputError: There is no such version.
    """
    view = View(store.reading(catalogue_id))
    there = approving.versions(store, catalogue_id)
    if n is None and view.catalogue.status != State.APPROVED:
        return view, None
    if not there or not 1 <= (wanted := n or there[-1].number) <= len(there):
        words = _("There is no approved version {n} of this catalogue; it has {there}.")
        raise InputError(words.format(n=n, there=number(len(there))))
    version = there[wanted - 1]
    return approving.view_of(store, version), version


def gathered(store: Store, view: View, wanted: Wanted) -> Gathered:
    """Gather it.

    Raises:
        StoreError: The version is not what was approved any more.
    """
    version = wanted.version
    before = [v for v in approving.versions(store, view.catalogue.id) if version is None or v.number < version.number]
    since = before[-1] if before else None
    voted, going_on = _voted(store, view, since, version)
    ruled = appraising.settled(view)
    settled = remarks.settled(view.items, ruled)
    still_open = view.open_findings if version is None else []
    weights = [finding.level for finding in still_open]
    lines, changes = _changed(store, view, since) if since else ([], None)
    content = store.approvals.content(version) if version else approval.freeze(view.reading, view.guidance)
    questions = [question for _board, minutes in voted for question, _tallies in minutes.asked]
    adopted = sum(question.state is Asked.ADOPTED for question in questions)
    facts = Facts(
        catalogue=view.catalogue,
        guidance=view.guidance,
        items=view.items,
        table=view.table,
        figures=view.figures,
        hash=approval.digest(content),
        at=wanted.at,
        by=wanted.by,
        submitted=_submitted(store, view) if version is None else None,
        version=version,
        head=wanted.head,
        to=wanted.to.strip(),
        findings=Findings(weights.count(Level.ERROR), weights.count(Level.WARNING), len(settled)),
        ballots=Ballots(len(voted), len(questions), adopted, going_on),
        changes=changes,
    )
    decision = wanted.head
    if version is not None:
        decision = replace(decision, number=version.decision_number, day=version.decided_on, signer=version.signatory)
    parts = remarks.parts(view.items, still_open)
    return Gathered(view, facts, decision, ruled, settled, parts, voted, lines, content)


def _submitted(store: Store, view: View) -> Submitted | None:
    """The step by which it stands before the authority; None for a draft."""
    if view.catalogue.status != State.SUBMITTED:
        return None
    last = approving.taken(store, view)[0]
    return Submitted(last.by, last.at)


def _voted(
    store: Store, view: View, since: Version | None, version: Version | None
) -> tuple[list[tuple[Board, Minutes]], int]:
    """Meetings that are over, each with what was voted since the version before, and how many others still go on.

    A meeting may last over an approval: each question belongs to the version that its last revealed vote led to.
    """

    def within(at: datetime) -> bool:
        return (since is None or at > since.approved_at) and (version is None or at <= version.approved_at)

    levels = [tier.level for tier in view.guidance.tiers]
    meetings = sorted(store.ballots.meetings(view.catalogue.id), key=lambda meeting: meeting.opened_at)
    boards = [store.ballots.board(meeting.id) for meeting in meetings if meeting.ended_at is not None]
    held = [_asked(board, within) for board in boards if board is not None]
    going_on = [each for each in meetings if each.ended_at is None and (version is None or within(each.opened_at))]
    minutes = [(board, ballot.minutes(board, levels)) for board in held]
    return [each for each in minutes if each[1].asked], len(going_on)


def _asked(board: Board, within: Callable[[datetime], bool]) -> Board:
    """The meeting with only those questions whose last revealed vote was cast within a time."""
    last = {question.id: question.opened_at for question in board.questions}
    for each in board.ballots:
        last[each.question_id] = max(last[each.question_id], each.at)
    return replace(
        board,
        questions=tuple(question for question in board.questions if within(last[question.id])),
        ballots=tuple(each for each in board.ballots if within(last[each.question_id])),
    )


def _changed(store: Store, view: View, since: Version) -> tuple[list[Changed], Changes]:
    then = approving.view_of(store, since)
    states = (Stood(each.items, each.table, each.guidance) for each in (then, view))
    found = compare(*states, one_log=True)
    lines = papers.changed(found)
    whats = [line.what for line in lines]
    own = papers.own_changes(then.catalogue, view.catalogue, then.guidance, view.guidance)
    added, dropped, changed = (whats.count(what) for what in ("added", "dropped", "changed"))
    return lines, Changes(since, added, dropped, changed, found.old, tuple(own))
