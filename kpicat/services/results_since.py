"""What became of a catalogue since an earlier moment, told and drawn for those who take its results away."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicat.charts import Chart
from kpicat.charts.chart import Series
from kpicat.convert import EXACT, total
from kpicat.exchange.results.contents import Section
from kpicat.language import _, number
from kpicat.palette import TIERS
from kpicat.services.results import Moment, Part, changed

_WHOLE, _MORE, _LESS = "#5F5F5F", TIERS[1], TIERS[3]
_MOST = 5


def since(now: Part, then: Part | None, against: Moment | None) -> Section:
    """A heading, the change in sentences, and a waterfall from the work then to the work now."""
    heading = _("What changed?")
    if then is None or against is None:
        said = _("There is nothing earlier to compare with yet; come back when the catalogue has been worked on.")
        return Section(heading, sentences=[said])
    sentences = list(_sentences(now, then, against))
    if now.figures.converted_total == then.figures.converted_total:
        return Section(heading, sentences=sentences)
    return Section(heading, [waterfall(now, then, against)], sentences)


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


def waterfall(now: Part, then: Part, against: Moment) -> Chart:
    """The work then, what was added, taken out and moved, and the work now; exact, so it always adds up."""
    pieces = _pieces(now, then)
    before, after = then.figures.converted_total, now.figures.converted_total
    names = (_("Total, {moment}").format(moment=against.words), *pieces, _("Total now"))
    values = (before, *pieces.values(), after)
    words = (number(before), *(signed(value) for value in pieces.values()), number(after))
    colours = (_WHOLE, *(_MORE if value >= 0 else _LESS for value in pieces.values()), _WHOLE)
    title = _("Since {moment} the converted quantity went from {then} to {now}").format(
        moment=against.words, then=number(before), now=number(after)
    )
    told = "; ".join(f"{name}: {word}" for name, word in zip(names, words, strict=True))
    return Chart(
        key="since",
        kind="waterfall",
        title=title,
        alt=f"{title}: {told}.",
        categories=names,
        series=(Series("", _WHOLE, values, words, colours=colours),),
        unit=_("Standard units a year"),
        by=_("What changed"),
    )


def _pieces(now: Part, then: Part) -> dict[str, Decimal]:
    """What leads from one total to the other, in words, with how much; what moved nothing is left out."""
    here, there = (
        {
            one: (EXACT.create_decimal(amount or 0), coefficient)
            for one, amount, coefficient in zip(
                part.table.index, part.table["converted_quantity"], part.table["coefficient"], strict=True
            )
        }
        for part in (now, then)
    )
    none = (Decimal(0), None)
    moved: dict[str, list[Decimal]] = {
        name: [] for name in (_("Items added"), _("Items taken out"), _("Other tier or points"), _("Other quantity"))
    }
    added, out, harder, more = moved.values()
    for one in {**there, **here}:
        (amount, coefficient), (before, earlier) = here.get(one, none), there.get(one, none)
        kind = added if one not in there else out if one not in here else harder if coefficient != earlier else more
        kind.append(EXACT.subtract(amount, before))
    return {name: whole for name, values in moved.items() if (whole := total(values))}


def signed(value: Decimal) -> str:
    """A number with its sign, as a change is written."""
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")
