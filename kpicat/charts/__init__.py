"""Charts: tables described as :class:`Chart`, and a chart drawn with plotly.

``described`` says in words and exact numbers what there is to see; whoever draws it (a page, a
report, slides) decides nothing of that. ``draw`` is the pages' way: for a projector and for both
themes, large type, one colour a tier, no colour of its own for text or ground, so that the page's
theme shows through. Floats exist only where something is drawn.
"""

from kpicat.charts.chart import Chart, Kind, Series, headings
from kpicat.charts.comparing import on_one_scale
from kpicat.charts.described import CHARTS, Asked, described
from kpicat.charts.draw import draw, field_bars, principle_bars, tier_bars
from kpicat.charts.drawing import PAGE, SLIDE, Face
from kpicat.charts.fields import MOST, field_chart
from kpicat.charts.loads import curve_chart, heaviest_chart, mean_chart
from kpicat.charts.principles import Kept, papers_chart, principle_chart
from kpicat.charts.tiers import tier_chart
from kpicat.charts.words import amount, as_heavy, brief, with_others, with_ties

__all__ = [
    "CHARTS",
    "MOST",
    "PAGE",
    "SLIDE",
    "Asked",
    "Chart",
    "Face",
    "Kept",
    "Kind",
    "Series",
    "amount",
    "as_heavy",
    "brief",
    "curve_chart",
    "described",
    "draw",
    "field_bars",
    "field_chart",
    "headings",
    "heaviest_chart",
    "mean_chart",
    "on_one_scale",
    "papers_chart",
    "principle_bars",
    "principle_chart",
    "tier_bars",
    "tier_chart",
    "with_others",
    "with_ties",
]
