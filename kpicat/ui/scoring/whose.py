"""Whose work is scored: staff or a leader, their general criteria, the parts that people give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from kpicat import kpi
from kpicat.language import _, number
from kpicat.text.numbers import parse_number
from kpicat.ui import frame

PREFIX = "kpi"
_STAFF, _LEADER = "staff", "leader"


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of the person besides their work.

    Attributes:
        general: Points of the general criteria.
        given: Key of a part -> its share, 0 to 1.
    """

    leader: bool
    general: Decimal
    given: Mapping[str, Decimal]


def person(rules: kpi.Rules) -> Person:
    """Ask for it; what is no number, or out of bounds, is said, and the nearest that is possible counts."""
    names = {_STAFF: _("Staff"), _LEADER: _("Leader")}
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PREFIX}_person"):
        kind = st.segmented_control(
            _("The person is"), list(names), format_func=names.__getitem__, default=_STAFF, required=True,
            key=f"{PREFIX}_kind",
        )  # fmt: skip
        label = _("General criteria (0 to {most} points)").format(most=number(rules.general))
        general = _number(label, "general", rules.general)
    given = {}
    if kind == _LEADER:
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PREFIX}_given"):
            for part in rules.parts:
                if part.of == "given":
                    label = _("{key} · {name} (0 to 100 %)").format(key=part.key, name=part.label)
                    given[part.key] = _number(label, part.key, Decimal(100), help=part.says) / 100
    return Person(kind == _LEADER, general, given)


def _number(label: str, name: str, most: Decimal, help: str | None = None) -> Decimal:
    """A number from 0 to ``most``, typed with a comma; at first the most."""
    text = st.text_input(label, value=number(most), key=f"{PREFIX}_{name}", width=330, help=help)
    value = parse_number(text.replace("%", ""))
    if value is None or not 0 <= value <= most:
        kept = Decimal(0) if value is None else min(max(value, Decimal(0)), most)
        say = _("“{text}” is no number from 0 to {most}; {kept} is counted.")
        st.caption(f":orange[{say.format(text=frame.plain_text(text), most=number(most), kept=number(kept))}]")
        return kept
    return value
