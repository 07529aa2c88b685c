"""The scale's marks by slider: a single mark each, or the two ends of a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

import streamlit as st

from kpicat.labels import tier_name
from kpicat.language import _
from kpicat.services import View, scenarios
from kpicat.ui import frame
from kpicat.ui.trying.held import PREFIX, Held

_Value = int | float | tuple[int, int] | tuple[float, float]


def sliders(view: View, held: Held) -> None:
    """A slider a tier, all over the same span, so that their distances can be seen."""
    spans = scenarios.spans(view, held.scenario)
    ends = [end for tier in view.guidance.tiers for end in (tier.lowest, tier.highest, *spans[tier.key])]
    places = _places(ends)
    most = max(*ends, view.guidance.tiers[-1].highest * Decimal("1.5")).to_integral_value(ROUND_CEILING)
    own = frame.fingerprint(view.guidance.tiers)
    keys = {tier.key: held.key(f"mark_{tier.key}_{own}") for tier in view.guidance.tiers}

    def moved() -> None:
        wanted = {name: _span(st.session_state[key], places) for name, key in keys.items()}
        held.set(replace(held.scenario, marks=scenarios.marks_of(view, wanted)))

    least = _number(Decimal(1).scaleb(-places), places)
    columns = st.columns(len(keys), gap="medium", vertical_alignment="bottom")
    for column, tier in zip(columns, view.guidance.tiers, strict=True):
        value = _value(*spans[tier.key], single=tier.mark is not None, places=places)
        st.session_state.setdefault(keys[tier.key], value)
        column.slider(
            tier_name(tier.level, tier.label, " · "),
            min_value=least,
            max_value=_number(most, places),
            step=least,
            format="localized" if places else None,  # 100,01 to whoever's browser writes it so
            key=keys[tier.key],
            on_change=moved,
            disabled=held.adopted,
        )
    _back(held)


def _back(held: Held) -> None:
    """What becomes of points when a mark moves, and the way back to the catalogue's own."""
    words, way_back = st.columns([3, 1], vertical_alignment="center")
    words.caption(
        _(
            "Lines that have the points of a tier move with its mark; in a frame points stay or go to its "
            "nearest end. Points off the scale stay."
        )
    )
    with way_back:
        st.button(
            _("Back to the catalogue's marks"), key=f"{PREFIX}_marks_back", type="tertiary", icon=":material/undo:",
            disabled=not held.scenario.marks,
            on_click=lambda: held.set(replace(held.scenario, marks=""), refill=True),
        )  # fmt: skip


def _places(points: Sequence[Decimal]) -> int:
    """Decimals that these are written with."""
    exponents = [each.normalize().as_tuple().exponent for each in points]
    return max(0, *(-exponent for exponent in exponents if isinstance(exponent, int)))


def _number(value: Decimal, places: int) -> int | float:
    """As Streamlit's slider has it; both ways without loss, see :func:`_span`."""
    return float(value) if places else int(value)


def _value(low: Decimal, high: Decimal, *, single: bool, places: int) -> _Value:
    return _number(low, places) if single else (_number(low, places), _number(high, places))


def _span(value: _Value, places: int) -> tuple[Decimal, Decimal]:
    low, high = value if isinstance(value, tuple) else (value, value)
    step = Decimal(1).scaleb(-places)
    return Decimal(str(low)).quantize(step), Decimal(str(high)).quantize(step)
