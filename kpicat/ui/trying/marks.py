"""The scale's marks by slider: a single mark each, or the two ends of a frame."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

import streamlit as st

from kpicat.guidance import Guidance, Tier
from kpicat.language import _
from kpicat.services import View, scenarios
from kpicat.ui import frame
from kpicat.ui.trying.held import PREFIX, Held

_Value = int | float | tuple[int, int] | tuple[float, float]


def sliders(view: View, held: Held) -> None:
    """A slider a tier, all over the same span, so that their distances can be seen."""
    st.caption(
        _(
            "Lines that have the points of a tier move with its mark; in a frame points stay or go to its nearest end. "
            "Points off the scale stay."
        )
    )
    now, places = view.guidance.adjusted(held.scenario.marks), _places(view.guidance)
    most = (view.guidance.tiers[-1].highest * Decimal("1.5")).to_integral_value(ROUND_CEILING)
    own = frame.fingerprint(view.guidance.tiers)
    keys = {tier.key: held.key(f"mark_{tier.key}_{own}") for tier in view.guidance.tiers}

    def moved() -> None:
        spans = {name: _span(st.session_state[key], places) for name, key in keys.items()}
        held.set(replace(held.scenario, marks=scenarios.marks_of(view, spans)))

    for column, tier in zip(st.columns(len(now.tiers), gap="medium"), now.tiers, strict=True):
        least = Decimal(1).scaleb(-places)
        st.session_state.setdefault(keys[tier.key], _value(tier, places))
        column.slider(
            f"{tier.level} · {tier.label}",
            min_value=_number(least, places),
            max_value=_number(most, places),
            step=_number(least, places),
            key=keys[tier.key],
            on_change=moved,
            disabled=held.adopted,
        )
    st.button(
        _("Back to the catalogue's marks"), key=f"{PREFIX}_marks_back", disabled=not held.scenario.marks,
        on_click=lambda: held.set(replace(held.scenario, marks=""), refill=True),
    )  # fmt: skip


def _places(scale: Guidance) -> int:
    """Decimals that the scale's marks are written with."""
    spans = [end.normalize().as_tuple().exponent for tier in scale.tiers for end in (tier.lowest, tier.highest)]
    return max(0, *(-exponent for exponent in spans if isinstance(exponent, int)))


def _number(value: Decimal, places: int) -> int | float:
    """As Streamlit's slider has it; both ways without loss, see :func:`_span`."""
    return float(value) if places else int(value)


def _value(tier: Tier, places: int) -> _Value:
    low, high = _number(tier.lowest, places), _number(tier.highest, places)
    return low if tier.mark is not None else (low, high)


def _span(value: _Value, places: int) -> tuple[Decimal, Decimal]:
    low, high = value if isinstance(value, tuple) else (value, value)
    step = Decimal(1).scaleb(-places)
    return Decimal(str(low)).quantize(step), Decimal(str(high)).quantize(step)
