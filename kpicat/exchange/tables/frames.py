"""The frame of points that a file states beside a line ("11-50"), held against its points and tier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import Value
from kpicat.text.normalise import canonical
from kpicat.text.numbers import parse_number

_FRAME = re.compile(r"(?:từ\s+)?([\d.,]+)\s*(?:-|–|—|đến)\s*([\d.,]+)(?:\s*điểm)?")


def contradiction(frame: str, values: Mapping[str, Value], guidance: Guidance) -> str:
    """What is wrong with a line's frame, in a sentence; "" where it fits or is no frame.

    Args:
        frame: As the file writes it; "" for none.
        values: The line's.
        guidance: Whose frames tell which tier is meant; a frame of another scale is
            only held against the points.
    """
    span = _span(frame)
    if span is None:
        return ""
    points, level = values.get("points"), values.get("tier")
    if isinstance(points, Decimal) and not span[0] <= points <= span[1]:
        sentence = _("The frame “{frame}” does not hold the line's {points} points; correct one of the two.")
        return sentence.format(frame=frame, points=number(points))
    own = next((tier.level for tier in guidance.tiers if (tier.lowest, tier.highest) == span), None)
    if own is None or level in (None, own):
        return ""
    sentence = _("The frame “{frame}” is that of tier {own}, but the line says tier {level}; correct one of the two.")
    return sentence.format(frame=frame, own=own, level=level)


def _span(text: str) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest points, both included: "11-50", "từ 51 đến 100 điểm"."""
    if not (found := _FRAME.fullmatch(canonical(text))):
        return None
    lowest, highest = map(parse_number, found.groups())
    return None if lowest is None or highest is None else (lowest, highest)
