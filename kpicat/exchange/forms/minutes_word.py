"""Minutes of a ballot as Word: who took part, what was voted on, how, what was adopted, and what was said for it.

Heads, feet and set phrases stand in the templates ``minutes-…``. To be called where Vietnamese is
spoken (:func:`kpicat.language.speaking`), as the paper is Vietnamese whoever takes it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.ballot import Minutes, Tally
from kpicat.exchange.forms import paper
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.forms.paper import Cell
from kpicat.exchange.forms.word import CELL, CENTRED, HEADING, Texts, fill, row, table
from kpicat.exchange.outgoing import told_at
from kpicat.guidance import Guidance
from kpicat.language import _, number, percent
from kpicat.model import Catalogue
from kpicat.model.ballots import Question, State

_SIZE = 12  # pt, of the table
_WIDTHS = (11, 21, 67, 13, 47, 26, 62)  # mm


def write(catalogue: Catalogue, guidance: Guidance, minutes: Minutes, decision: Decision) -> bytes:
    """The minutes as .docx.

    Args:
        catalogue: Whose tiers were voted on, and whose paper they stand on.
        guidance: Its scale.
        minutes: What happened.
        decision: What head and foot say.
    """
    words = paper.wording(catalogue.form)
    known = paper.heading(decision, words, superior="", body=catalogue.body)
    meeting, adopted = minutes.meeting, [q for q, _tallies in minutes.asked if q.state is State.ADOPTED]
    until = told_at(meeting.ended_at) if meeting.ended_at else paper.DOTS
    texts: dict[str, Texts] = {
        **known,
        "title": _("Minutes of the ballot"),
        "subtitle": paper.subtitle(catalogue, catalogue.body, words),
        "when": _("Time: from {begin} to {end}.").format(begin=told_at(meeting.opened_at), end=until),
        "chair": _("In the chair: {name}.").format(name=meeting.opened_by),
        "present": _("Taking part in the vote ({n}): {names}.").format(
            n=number(len(minutes.present)), names=", ".join(minutes.present) or paper.DOTS
        ),
        "summary": _("{n} items were voted on, the tiers of {adopted} were adopted.").format(
            n=number(len(minutes.asked)), adopted=number(len(adopted))
        ),
    }
    return fill(
        f"minutes-{catalogue.form.value}.docx", texts, {"table": table(_WIDTHS, _rows(minutes, guidance))}, _SIZE
    )


def _rows(minutes: Minutes, guidance: Guidance) -> Iterator[str]:
    headings = (_("No."), _("Code"), _("Work"), _("Round"), _("Votes"), _("Adopted"), _("Reasons given"))
    yield row([((words,), HEADING, 1) for words in headings], header=True)
    for n, (question, tallies) in enumerate(minutes.asked, start=1):
        for round, tally in enumerate(tallies, start=1):
            first, last = round == 1, round == len(tallies)
            work = tuple(filter(None, (question.words.get("task"), question.words.get("product")))) if first else ()
            yield row(
                [
                    ((str(n),) if first else (), CENTRED, 1),
                    ((question.words.get("code", ""),) if first else (), CENTRED, 1),
                    (work, CELL, 1),
                    ((str(round),), CENTRED, 1),
                    (_votes(tally), CELL, 1),
                    (_adopted(question, guidance) if last else (), CENTRED, 1),
                    (_reasons(tally), CELL, 1),
                ],
                together=not last,
            )
    if not minutes.asked:
        yield row([((_("Nothing was voted on."),), CENTRED, len(headings))])


def _votes(tally: Tally) -> Cell:
    if not tally.votes:
        return (_("nobody voted"),)
    said = "; ".join(_("tier {tier}: {n}").format(tier=tier, n=number(n)) for tier, n in tally.counts.items() if n)
    middle = _("middle: tier {tier}, {share} for it").format(tier=tally.median, share=percent(tally.agreement))
    return said, middle


def _adopted(question: Question, guidance: Guidance) -> Cell:
    if question.state is not State.ADOPTED:
        return (_("withdrawn") if question.state is State.WITHDRAWN else _("not decided"),)
    tier = guidance.tier(question.tier)
    said = _("tier {tier}").format(tier=question.tier)
    return (said, _("{points} points").format(points=tier.range)) if tier else (said,)


def _reasons(tally: Tally) -> Cell:
    """What was said by those who stand out; one paragraph each, so none is set in italics as a second line would be."""
    said = [
        _("{name} (tier {tier}): {reason}").format(name=vote.name, tier=vote.tier, reason=vote.reason)
        for vote in tally.extremes
        if vote.reason
    ]
    return ("\n".join(said),) if said else ()
