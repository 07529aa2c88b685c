"""Take out what an appraiser writes back: the sheet of remarks, and letters that ask units."""

from __future__ import annotations

from datetime import date

from kpicat.errors import InputError
from kpicat.exchange import NO_DECISION
from kpicat.exchange.forms import remarks as forms
from kpicat.exchange.forms.decision import Decision
from kpicat.language import _, speaking
from kpicat.services import appraising
from kpicat.services.taking_out import named
from kpicat.services.view import View

SUFFIXES = (".docx", ".xlsx")
PAPER = "vi"
"""The language of what an authority sends, whoever takes it out."""


def units(view: View) -> list[str]:
    """The units whose lines have open remarks, in catalogue order; "" stands for lines without one."""
    return [part.unit for part in forms.parts(view.items, view.open_findings) if part.unit is not None]


def remarks_name(view: View, suffix: str, *, unit: str | None = None) -> str:
    """What the file of :func:`remarks` is called."""
    if suffix == ".xlsx":
        return _name(view, _("remarks"), unit, suffix)
    with speaking(PAPER):
        return _name(view, _("remarks"), unit, suffix)


def letters_name(view: View, *, unit: str | None = None) -> str:
    """What the file of :func:`letters` is called."""
    with speaking(PAPER):
        return _name(view, _("questions"), unit, ".docx")


def remarks(
    view: View, suffix: str, head: Decision = NO_DECISION, *, unit: str | None = None, open_only: bool = False
) -> tuple[str, bytes]:
    """The sheet of remarks ("phiếu góp ý thẩm định"): its name and the file.

    Args:
        view: The catalogue appraised.
        suffix: One of :data:`SUFFIXES`: the paper is Vietnamese, the workbook speaks the reader's language.
        head: What is known of the paper; its issuer is the body that appraises.
        unit: Only the lines of this unit; None for all and the catalogue as a whole.
        open_only: Without what people decided about findings.
    """
    if suffix == ".xlsx":
        return remarks_name(view, suffix, unit=unit), _workbook(view, unit, open_only)
    from kpicat.exchange.forms import remarks_word

    with speaking(PAPER):
        parts = [part for part in forms.parts(view.items, view.open_findings) if unit in (None, part.unit)]
        content = remarks_word.sheet(view.catalogue, parts, _settled(view, unit, open_only), head)
        return remarks_name(view, suffix, unit=unit), content


def letters(
    view: View, head: Decision = NO_DECISION, *, unit: str | None = None, answer_by: date | None = None
) -> tuple[str, bytes]:
    """A letter to each unit that asks for what is to be put right, in one .docx: its name and the file.

    Args:
        view: The catalogue appraised.
        head: What is known of the letters; their issuer is the body that asks.
        unit: Only the letter to this unit.
        answer_by: Until when an answer is asked for.

    Raises:
        InputError: There is nothing to ask.
    """
    from kpicat.exchange.forms import remarks_word

    with speaking(PAPER):
        asked = [
            forms.Letter(each, sum(len(question.asks) for question in found), appraising.paragraphs(found))
            for each, found in appraising.questions(view).items()
            if unit in (None, each)
        ]
        name = letters_name(view, unit=unit)
        content = remarks_word.letters(view.catalogue, asked, head, answer_by) if asked else b""
    if not content:
        raise InputError(_("No line has anything left to put right, so there is nothing to ask."))
    return name, content


def _workbook(view: View, unit: str | None, open_only: bool) -> bytes:
    from kpicat.exchange.workbook import remarks as sheet

    parts = forms.parts(view.items, view.open_findings, alike=None)
    chosen = [part for part in parts if unit in (None, part.unit)]
    return sheet.write(view.catalogue, view.guidance, chosen, _settled(view, unit, open_only))


def _settled(view: View, unit: str | None, open_only: bool) -> list[forms.Settled]:
    """What people decided that applies now: findings that may stand, in item order, then pairs of lines."""
    if open_only:
        return []
    return [one for one in forms.settled(view.items, appraising.settled(view)) if unit in (None, one.unit)]


def _name(view: View, what: str, unit: str | None, suffix: str) -> str:
    return named(f"{what} {unit or ''} {view.catalogue.name}", view.catalogue.period, suffix)
