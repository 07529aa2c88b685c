"""The minutes of a meeting as Word."""

from __future__ import annotations

from kpicat import ballot
from kpicat.exchange import NO_DECISION
from kpicat.exchange.forms.decision import Decision
from kpicat.language import _, speaking
from kpicat.model.ballots import Board
from kpicat.services.taking_out import named
from kpicat.services.view import View

PAPER = "vi"
"""The language of what an authority keeps, whoever takes it out."""


def minutes_name(view: View) -> str:
    """What the file of :func:`minutes` is called."""
    with speaking(PAPER):
        return named(f"{_('minutes of the ballot')} {view.catalogue.name}", view.catalogue.period, ".docx")


def minutes(view: View, board: Board, head: Decision = NO_DECISION) -> bytes:
    """The minutes as .docx: who took part, each item's rounds and tallies, what was adopted, reasons."""
    from kpicat.exchange.forms import minutes_word

    with speaking(PAPER):
        written = ballot.minutes(board, [tier.level for tier in view.guidance.tiers])
        return minutes_word.write(view.catalogue, view.guidance, written, head)
