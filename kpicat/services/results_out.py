"""Take results away: a chart as a picture, a report to print, slides to change, numbers to reckon with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kpicat.charts import Chart
from kpicat.distribution import GROUPINGS
from kpicat.exchange import Progress, no_progress
from kpicat.exchange.outgoing import weight
from kpicat.exchange.results.contents import Results, Section, source, subtitle, told
from kpicat.exchange.results.picture import Picture
from kpicat.language import _, ngettext, number
from kpicat.model import Level
from kpicat.services.results import Moment, Part
from kpicat.services.results_since import since
from kpicat.services.taking_out import named
from kpicat.services.view import View

_ON_PAPER, _ON_SLIDES = 8, 10
"""Values of a field that are drawn, so that they can be read."""


def picture(view: View, chart: Chart, kind: Picture, day: date, of: str = "") -> bytes:
    """A chart as .png or .svg, with what it is of and as of when below.

    Args:
        of: What it is of; "" for the catalogue.
    """
    from kpicat.exchange.results import picture

    return picture.picture(chart, source(of or subtitle(view.catalogue), day), kind)


def report(
    part: Part, then: Part | None = None, against: Moment | None = None, *, day: date, group_by: str = "department"
) -> bytes:
    """Two to four pages to print, .pdf.

    Args:
        part: What is looked at, the whole catalogue or some of it.
        then, against: The same at an earlier moment; None where there is none.
        day: As of when.
        group_by: One of :data:`kpicat.distribution.GROUPINGS`.
    """
    from kpicat.exchange.results import report

    return report.report(_results(part, _sections(part, group_by, _ON_PAPER), since(part, then, against), day))


def slides(
    part: Part,
    then: Part | None = None,
    against: Moment | None = None,
    *,
    day: date,
    group_by: str = "department",
    progress: Progress = no_progress,
) -> bytes:
    """The same as .pptx, a slide a chart that can be edited."""
    from kpicat.exchange.results import slides

    sections = _sections(part, group_by, _ON_SLIDES)
    return slides.slides(_results(part, sections, since(part, then, against), day), progress=progress)


def numbers(
    part: Part,
    then: Part | None = None,
    against: Moment | None = None,
    *,
    day: date,
    group_by: str = "department",
    progress: Progress = no_progress,
) -> bytes:
    """The numbers behind every chart as .xlsx, every value of a field among them."""
    from kpicat.exchange.results import numbers

    measure = part.measure
    others = [name for name in GROUPINGS if name != group_by and part.items[name].nunique() > 1]
    more = [part.chart(kind, name, measure, most=None) for name in others for kind in ("stacked", "mean")]
    sections = [
        *_sections(part, group_by, None),
        Section("", [part.chart("tiers_converted_points"), *more]),
    ]
    return numbers.numbers(_results(part, sections, since(part, then, against), day), progress=progress)


def _results(part: Part, sections: Sequence[Section], changes: Section, day: date) -> Results:
    about = part.view.catalogue
    return Results(
        title=_("Results of the converted catalogue"),
        subtitle=subtitle(about),
        body=about.body,
        day=day,
        figures=told(part.figures, part.items),
        sections=[*sections, changes],
    )


def _sections(part: Part, group_by: str, most: int | None) -> list[Section]:
    """The questions of leaders in their order, each with the charts that answer it."""
    measure = part.measure

    def chart(name: str) -> Chart:
        return part.chart(name, group_by, measure, most=most)

    asked = {
        _("How hard is the work?"): ("tiers_count", "tiers_converted_quantity", "heatmap"),
        _("Who carries it?"): ("stacked", "curve", "treemap"),
        _("Is a unit inflating?"): ("shares", "mean"),
        _("What weighs most?"): ("heaviest", "papers"),
        _("Are the principles kept?"): ("principles",),
    }
    left_out = {"treemap"} if most == _ON_PAPER else set()  # the stacked bars say the same on less paper
    found = [Section(title, [chart(name) for name in names if name not in left_out]) for title, names in asked.items()]
    *others, kept = found
    return [*others, Section(kept.title, kept.charts, list(_findings(part)))]


def _findings(part: Part) -> Iterator[str]:
    """How much there is still to put right, by its weight."""
    here = {*part.items.index, None}
    found = [finding for finding in part.view.open_findings if finding.item_id in here]
    if not found:
        yield _("Nothing is left to put right.")
    for level in Level:
        if n := sum(finding.level is level for finding in found):
            said = ngettext("{weight}: {n} finding.", "{weight}: {n} findings.", n)
            yield said.format(weight=weight(level), n=number(n))


# -- names ----------------------------------------------------------------------


def pictures() -> dict[str, str]:
    """The charts there are pictures of, and how to call them, the one that leaders ask for first foremost."""
    return {
        "tiers_count": _("Tiers by number of items"),
        "tiers_converted_quantity": _("Tiers by converted quantity"),
        "heatmap": _("Where the work lies: a table of tiers"),
        "stacked": _("Who carries the work, tier by tier"),
        "curve": _("How evenly the work lies on the positions"),
        "treemap": _("Who carries the work, as areas"),
        "shares": _("Share of each tier"),
        "mean": _("Mean coefficients side by side"),
        "heaviest": _("The heaviest items"),
        "papers": _("Products that are only papers"),
        "principles": _("How many items keep each principle"),
    }


def picture_name(view: View, chart: Chart, kind: Picture) -> str:
    """A name every file system takes: cac-muc-theo-so-luong-quy-doi-xa-an-binh-2026.png."""
    others = {
        "waterfall": _("comparison"),
        "ranks": _("bodies side by side"),
        "multiples": _("bodies side by side"),
        "capacity": _("load"),
    }
    known = (words for name, words in {**pictures(), **others}.items() if chart.key.startswith(name))
    return named(f"{next(known, _('chart'))} {view.catalogue.name}", view.catalogue.period, f".{kind}")


def results_name(view: View, suffix: str) -> str:
    """The same for report, slides and numbers: ket-qua-xa-an-binh-2026.pptx."""
    return named(f"{_('results')} {view.catalogue.name}", view.catalogue.period, suffix)
