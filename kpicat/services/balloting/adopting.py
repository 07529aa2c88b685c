"""What was agreed, written into the catalogue: tiers with the tally as their grounds, one batch that can be undone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from kpicat.ballot import Tally
from kpicat.errors import InputError
from kpicat.language import _, ngettext, number, percent
from kpicat.model import Edit, Outcome, Write
from kpicat.model.ballots import Board, Question, State
from kpicat.services import editing
from kpicat.services.balloting.asking import words
from kpicat.services.balloting.results import latest
from kpicat.services.bulk import Proposal, carry_out
from kpicat.services.bulk.proposal import as_read, proposal
from kpicat.services.tying import VALUED
from kpicat.services.view import View
from kpicat.store import Store

LABEL = "ballot"


def plan(view: View, board: Board, tiers: Mapping[str, int]) -> Proposal:
    """What adopting would write, all of it or nothing.

    Args:
        tiers: Question id -> the tier adopted; questions without revealed votes, items that are gone, and tiers
            that the scale does not have, are left out.
    """
    writes: list[Write] = []
    for question in adoptable(view, board, tiers):
        tier = tiers[question.id]
        grounds = rationale(latest(board, question, view.guidance), tier, question.revealed)
        writes += editing.set_field(view, [question.item_id], "tier", tier)
        before = str(view.value(question.item_id, "rationale"))
        writes.append(Edit(question.item_id, "rationale", before, f"{before}\n{grounds}" if before else grounds))
    changed = {(write.item_id, write.field) for write in writes if isinstance(write, Edit)}
    items = [question.item_id for question in adoptable(view, board, tiers)]
    read = [edit for edit in as_read(view, items, VALUED) if (edit.item_id, edit.field) not in changed]
    return proposal(view, writes, remarks=_remarks(view, board, tiers), label=LABEL, whole=True, read=read)


def _remarks(view: View, board: Board, tiers: Mapping[str, int]) -> list[str]:
    """What to look at before: items that are not in the words voted on any more, and points still to be given."""
    asked = adoptable(view, board, tiers)
    remarks = []
    if n := sum(words(view, each.item_id) != each.words for each in asked):
        said = ngettext(
            "{n} item reads otherwise now than when it was put to the vote: look at it before you adopt.",
            "{n} items read otherwise now than when they were put to the vote: look at them before you adopt.",
            n,
        )
        remarks.append(said.format(n=number(n)))
    return [*remarks, *_without_points(view, {each.item_id: tiers[each.id] for each in asked})]


def _without_points(view: View, tiers: Mapping[str, int]) -> list[str]:
    """A tier that is a frame gives no points: those an item has may be of another."""
    points: dict[str, Decimal | None] = dict(zip(view.items.index.tolist(), view.table["points"].tolist(), strict=True))
    given = [(item_id, view.guidance.tier(level)) for item_id, level in tiers.items()]
    open_ones = [item_id for item_id, tier in given if tier and tier.mark is None and not tier.holds(points[item_id])]
    if not open_ones:
        return []
    said = ngettext(
        "{n} item has no points within the frame of its tier: give it some on the page “{page}” afterwards.",
        "{n} items have no points within the frame of their tier: give them some on the page “{page}” afterwards.",
        len(open_ones),
    )
    return [said.format(n=number(len(open_ones)), page=_("Assign tiers"))]


def adoptable(view: View, board: Board, tiers: Mapping[str, int]) -> list[Question]:
    """Those of the questions named that can be adopted now."""
    here = set(view.items.index.tolist())
    return [
        question
        for question in board.questions
        if question.id in tiers
        and question.state is State.REVEALED
        and question.item_id in here
        and view.guidance.tier(tiers[question.id])
        and board.of_round(question.id, question.revealed)
    ]


def rationale(tally: Tally, tier: int, round: int) -> str:
    """The tally in words, as the grounds of a tier."""
    said = ", ".join(_("tier {tier}: {n}").format(tier=level, n=number(n)) for level, n in tally.counts.items() if n)
    grounds = _("Voted, round {round}: {counts} ({votes} votes, {share} for tier {median}).").format(
        round=round, counts=said, votes=number(tally.votes), share=percent(tally.agreement), median=tally.median
    )
    return grounds if tier == tally.median else f"{grounds} {_('The meeting chose tier {tier}.').format(tier=tier)}"


def adopt(
    store: Store,
    view: View,
    board: Board,
    tiers: Mapping[str, int],
    planned: Proposal,
    *,
    key: str,
    actor: str,
    at: datetime,
) -> Outcome:
    """Write what :func:`plan` showed, and know that these questions are adopted; a repeat writes nothing twice.

    Raises:
        InputError: Somebody else changed one of the items first, or one of the questions is asked again, withdrawn
            or adopted with another tier by now; nothing was written.
        NotAllowed: The key chairs no meeting that lasts; nothing was written.
        StoreBusy: The same call may be repeated.
    """
    store.ballots.insist_chaired(key)
    questions = adoptable(view, board, tiers)
    _insist_as_seen(store, board, [(question, tiers[question.id]) for question in questions])
    named = "|".join(f"{question.id}:{question.revealed}:{tiers[question.id]}" for question in questions)
    request = "ballot-" + hashlib.sha256(named.encode()).hexdigest()[:32]
    outcome = carry_out(store, view, planned, actor=actor, at=at, request=request)
    store.ballots.adopt(key, {question.id: tiers[question.id] for question in questions}, outcome.batch or "")
    return outcome


def _insist_as_seen(store: Store, board: Board, tiers: Sequence[tuple[Question, int]]) -> None:
    """See that the chair has not gone on with one of the questions in another window."""
    stands = store.ballots.board(board.meeting.id)
    for question, tier in tiers:
        now = stands.question(question.id) if stands else None
        repeated = now is not None and now.state is State.ADOPTED and now.tier == tier
        if now is None or now.round != question.round or not (now.state is State.REVEALED or repeated):
            raise InputError(
                _("This question has gone on in another window, so nothing was adopted; look at it as it stands.")
            )
