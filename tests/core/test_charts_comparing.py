"""Charts side by side: equal bars are equally long, and the one that others see too is left as it is."""

from __future__ import annotations

from decimal import Decimal

from kpicat import charts, distribution, guidance
from kpicat.convert import converted
from kpicat.model import Item, items_frame

SCALE = guidance.get("phu_luc_3")


def bars(quantity):
    items = items_frame([Item("a", {"tier": 1, "quantity": Decimal(quantity)})])
    return charts.tier_bars(distribution.by_tier(converted(items, SCALE), SCALE), "converted_quantity")


def spans(figures):
    return {figure.layout.xaxis.range for figure in figures}


def test_all_are_drawn_over_the_longest_span():
    longest = bars(500).layout.xaxis.range
    assert spans(charts.on_one_scale(bars(10), bars(500), bars(20))) == {longest}
    assert spans(charts.on_one_scale(bars(500), bars(10))) == {longest}


def test_the_first_is_left_as_it_is():
    first = bars(10)
    before = first.to_json()
    shown = charts.on_one_scale(first, bars(500))
    assert first.to_json() == before and shown[0] is not first
    assert charts.on_one_scale(first, bars(5))[0] is first


def test_one_that_has_nothing_to_draw_keeps_its_sentence():
    assert [bool(figure.data) for figure in charts.on_one_scale(bars(10), bars(0))] == [True, False]


def test_a_figure_that_others_look_at_is_left_whole_while_it_is_copied():
    """Plotly takes the type out of a figure's own traces while it copies them; another's copy would have none."""

    class Trace(dict):
        def pop(self, *of):
            assert self is not own
            return super().pop(*of)

    first = bars(10)
    own = first._data[0] = Trace(first._data[0])
    assert charts.on_one_scale(first, bars(500))[0].data[0].type == "bar"
