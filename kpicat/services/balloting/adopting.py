"""What was agreed, written into the catalogue: tiers with the tally as their grounds, one batch that can be undone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from kpicat.ballot import Tally
from kpicat.language import _, ngettext, number, percent
from kpicat.model import Edit, Outcome, Write
from kpicat.model.ballots import Board, Question, State
from kpicat.services import editing
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
        tiers: Question id -> the tier adopted; questions without revealed votes, and items that are gone,
            are left out.
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
    """A tier that is a frame gives no points: those an item has may be of another."""
    points: dict[str, Decimal | None] = dict(zip(view.items.index.tolist(), view.table["points"].tolist(), strict=True))
    asked = [(view.guidance.tier(tiers[each.id]), each.item_id) for each in adoptable(view, board, tiers)]
    open_ones = [item_id for tier, item_id in asked if tier and tier.mark is None and not tier.holds(points[item_id])]
    if not open_ones:
        return []
    words = ngettext(
        "{n} item has no points within the frame of its tier: give it some on the page “{page}” afterwards.",
        "{n} items have no points within the frame of their tier: give them some on the page “{page}” afterwards.",
        len(open_ones),
    )
    return [words.format(n=number(len(open_ones)), page=_("Assign tiers"))]


def adoptable(view: View, board: Board, tiers: Mapping[str, int]) -> list[Question]:
    """Those of the questions named that can be adopted now."""
    here = set(view.items.index.tolist())
    return [
        question
        for question in board.questions
        if question.id in tiers
        and question.state is State.REVEALED
        and question.item_id in here
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
        InputError: Somebody else changed one of the items first; nothing was written.
        NotAllowed: The key chairs no meeting that lasts; nothing was written.
        StoreBusy: The same call may be repeated.
    """
    store.ballots.insist_chaired(key)
    questions = adoptable(view, board, tiers)
    named = "|".join(f"{question.id}:{question.revealed}:{tiers[question.id]}" for question in questions)
    request = "ballot-" + hashlib.sha256(named.encode()).hexdigest()[:32]
    outcome = carry_out(store, view, planned, actor=actor, at=at, request=request)
    store.ballots.adopt(key, {question.id: tiers[question.id] for question in questions}, outcome.batch or "")
    return outcome
