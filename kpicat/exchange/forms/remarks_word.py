"""Remarks as Word: the sheet of an appraiser's remarks, and letters that ask units back.

Heads, feet and set phrases stand in the templates ``remarks-…`` and ``letters-…``. To be called
where Vietnamese is spoken (:func:`kpicat.language.speaking`), as the paper is Vietnamese whoever takes it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from kpicat import guidance
from kpicat.exchange.forms import paper
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.forms.numerals import letters as letter
from kpicat.exchange.forms.numerals import written_day
from kpicat.exchange.forms.paper import DOTS
from kpicat.exchange.forms.remarks import Letter, Part, Settled
from kpicat.exchange.forms.word import CELL, CENTRED, GROUP, HEADING, Texts, fill, row, table
from kpicat.exchange.outgoing import told_at, weight
from kpicat.language import _, number
from kpicat.model import Catalogue, Level

_SIZE = 12  # pt, of the tables
_WIDTHS = (11, 21, 47, 54, 26, 58, 30)  # mm
_SETTLED_WIDTHS = (11, 21, 56, 56, 24, 46, 33)


def sheet(catalogue: Catalogue, parts: Sequence[Part], settled: Sequence[Settled], decision: Decision) -> bytes:
    """The sheet of remarks as .docx, with a blank column for the answers; what was settled in a table of its own.

    Args:
        catalogue: What the remarks are about, and whose paper they stand on.
        parts: The remarks, unit by unit.
        settled: What people decided about findings.
        decision: What head and foot say; its issuer is the body that appraises.
    """
    texts: dict[str, Texts] = {
        **_heading(catalogue, decision),
        "title": _("Appraisal remarks"),
        "summary": _summary(parts),
        "settled_title": _("Findings about which people decided") if settled else "",
    }
    tables = {"table": remarks_table(parts), "settled": settled_table(settled)}
    return fill(f"remarks-{catalogue.form.value}.docx", texts, tables, _SIZE)


def remarks_table(parts: Sequence[Part]) -> str:
    """The remarks as the XML of a table, with a blank column for the answers."""
    return table(_WIDTHS, _remark_rows(parts))


def settled_table(settled: Sequence[Settled]) -> str:
    """What was settled as the XML of a table; "" where nothing was."""
    return table(_SETTLED_WIDTHS, _settled_rows(settled)) if settled else ""


def letters(catalogue: Catalogue, asked: Sequence[Letter], decision: Decision, answer_by: date | None) -> bytes:
    """A letter to each unit that asks for what is to be put right, as one .docx; each begins a section of its own.

    Args:
        catalogue: As for :func:`sheet`.
        asked: What each unit is asked.
        decision: As for :func:`sheet`.
        answer_by: Until when an answer is asked for; dotted where it is not known.
    """
    asking = [
        {"unit": each.unit or DOTS, "count": number(each.asks), "asks": [said.strip() for said in each.paragraphs]}
        for each in asked
    ]
    texts: dict[str, Texts] = {
        **_heading(catalogue, decision),
        "title": _("Questions to units"),
        "letters": asking,
        "recipients": list(decision.recipients) or [_("As above,"), _("File.")],
        "answer_by": written_day(answer_by),
    }
    return fill(f"letters-{catalogue.form.value}.docx", texts, {}, _SIZE)


def _heading(catalogue: Catalogue, decision: Decision) -> dict[str, Texts]:
    words = paper.wording(catalogue.form)
    # who appraises is a body of the catalogue's own, until somebody says which
    known = paper.heading(decision, words, superior=catalogue.body, body="")
    if decision.office and not decision.on_behalf:  # the head of a body signs for it
        known["on_behalf"] = ""
    return {**known, "subtitle": paper.subtitle(catalogue, catalogue.body, words)}


def _summary(parts: Sequence[Part]) -> str:
    levels = Counter(remark.level for part in parts for remark in part.remarks)
    said = _("{n} remarks: {must} must be put right, {look} should be looked at.").format(
        n=number(levels.total()), must=number(levels[Level.ERROR]), look=number(levels[Level.WARNING])
    )
    return f"{said} {_('PL3 stands for: {document}.').format(document=guidance.get('phu_luc_3').document)}"


def _remark_rows(parts: Sequence[Part]) -> Iterator[str]:
    headings = (
        _("No."),
        _("Code"),
        _("Work remarked on"),
        _("Remark"),
        _("Asked by"),
        _("Proposed change"),
        _("Reply"),
    )
    yield _heads(headings)
    n = 0
    for mark, part in enumerate(parts, start=1):
        yield _part(mark, part.unit, len(headings))
        for remark in part.remarks:
            n += 1
            code = remark.code or (_("Several") if remark.lines > 1 else "")
            source = remark.source.replace("bước ", "bước\N{NO-BREAK SPACE}")
            cells = ((code,), (remark.task,), (remark.said,), (source, weight(remark.level)), (remark.proposal,))
            yield row([((str(n),), CENTRED, 1), *((cell, CELL, 1) for cell in cells), ((), CELL, 1)])
    if not parts:
        yield row([((_("There is nothing to remark on."),), CENTRED, len(headings))])


def _settled_rows(settled: Sequence[Settled]) -> Iterator[str]:
    yield _heads(
        (_("No."), _("Code"), _("Work"), _("What was found"), _("Decided how"), _("Reason"), _("By whom and when"))
    )
    for n, one in enumerate(settled, start=1):
        who = (one.by, told_at(one.at))
        cells = ((one.code,), (one.task,), (one.said,), (one.ruling,), (one.reason,), who)
        yield row([((str(n),), CENTRED, 1), *((cell, CELL, 1) for cell in cells)])


def _heads(headings: Sequence[str]) -> str:
    return row([((words,), HEADING, 1) for words in headings], header=True)


def _part(mark: int, unit: str | None, columns: int) -> str:
    named = _("The whole catalogue") if unit is None else unit or _("Lines without a department")
    return row([((letter(mark),), HEADING, 1), ((named.upper(),), GROUP, columns - 1)], together=True)
