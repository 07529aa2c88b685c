"""Tables as plotly figures; colours, labels and formats live here.

Drawn for a projector and for both themes: large type, one colour a tier, no
colour of its own for text or ground, so that the page's theme shows through.
Floats exist only here; what a hover or a label says is the exact number.
"""

from kpicat.charts.comparing import on_one_scale
from kpicat.charts.principles import Kept, principle_bars
from kpicat.charts.tiers import alt_text, amount, field_bars, tier_bars

__all__ = ["Kept", "alt_text", "amount", "field_bars", "on_one_scale", "principle_bars", "tier_bars"]
