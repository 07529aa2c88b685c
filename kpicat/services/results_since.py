"""What became of a catalogue since an earlier moment, told and drawn for those who take its results away."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicat.comparing import Comparison, State, compare
from kpicat.convert import EXACT
from kpicat.exchange.results.contents import Section
from kpicat.language import _, number, signed
from kpicat.services.comparing import change_words, waterfall_chart
from kpicat.services.results import Moment, Part, changed

_MOST = 5


def since(now: Part, then: Part | None, against: Moment | None) -> Section:
    """A heading, the change in sentences, and a waterfall from the work then to the work now."""
    heading = _("What changed?")
    if then is None or against is None:
        said = _("There is nothing earlier to compare with yet; come back when the catalogue has been worked on.")
        return Section(heading, sentences=[said])
    old, new = (State(part.items, part.table, part.guidance) for part in (then, now))
    found = compare(old, new, one_log=True)
    charts = [waterfall_chart(found)] if found.old != found.new else []
    return Section(heading, charts, [*_sentences(now, then, against), *_lines(found)])


def _sentences(now: Part, then: Part, against: Moment) -> Iterator[str]:
    figures = (
        (_("Items"), len(now.items), len(then.items)),
        (_("Converted quantity"), now.figures.converted_total, then.figures.converted_total),
        (_("Mean coefficient"), now.figures.mean_coefficient, then.figures.mean_coefficient),
    )
    same = _("{what}: {now}, unchanged since {moment}.")
    moved = _("{what}: {now}; since {moment} {by}, it was {then}.")
    for what, value, before in figures:
        by = signed(EXACT.subtract(Decimal(value or 0), Decimal(before or 0)))
        words = same if value == before else moved
        yield words.format(what=what, moment=against.words, now=number(value) or "–", then=number(before) or "–", by=by)
    rows = [row for row in changed(now, then, "department") if row.more_work]
    for row in rows[:_MOST]:
        yield _("“{name}”: {by} standard units a year, from {then} to {now}.").format(
            name=row.name, by=signed(row.more_work), then=number(row.work_then), now=number(row.work)
        )


def _lines(found: Comparison) -> Iterator[str]:
    """How many lines came, went or are not as they were."""
    counts = {words: found.count(change) for change, words in change_words().items()}
    if any(counts.values()):
        said = "; ".join(f"{words} {number(n)}" for words, n in counts.items() if n)
        yield _("Lines: {changes}.").format(changes=said)
