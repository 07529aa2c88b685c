"""What a blank form tells the unit that fills it in: an example under its own scale, and two sentences."""

from __future__ import annotations

from decimal import Decimal

from kpicat.convert import coefficient
from kpicat.guidance import Guidance
from kpicat.language import _


def example(guidance: Guidance) -> dict[str, str | Decimal]:
    """A line that shows how each column is filled, under the catalogue's own scale."""
    tier = guidance.tiers[0]
    points = guidance.standard_points
    ratio = coefficient(points, guidance)
    return {
        "code": "01",
        "group": _("Receiving citizens"),
        "duty": _("Duty of receiving citizens under the working rules"),
        "task": _("Receive citizens on the appointed days"),
        "detail": _("Receive, record, hand over, follow up the answers"),
        "product": _("Minutes of each reception"),
        "measure": _("reception"),
        "quantity": Decimal(24),
        "deadline": _("Day 15 and 30 of each month"),
        "quality": _("Every request recorded and answered in time"),
        "position": _("Chief of office"),
        "responsible": _("Full name"),
        "tier": Decimal(tier.level),
        "points": points,
        "coefficient": ratio,
        "converted_quantity": Decimal(24) * ratio,
        "rationale": _("Regular work with a clear process and output"),
    }


def instructions(*, derived: bool) -> str:
    """How to fill it in, in two sentences.

    Args:
        derived: The form computes the numbers in grey itself.
    """
    if derived:
        return _(
            "Write one work with one product on each row, and choose its tier, or type its points where a tier is a "
            "frame; the numbers in grey follow by themselves. Leave the headings and the example as they are, and "
            "send the file back."
        )
    return _(
        "Write one work with one product on each row, with its tier, or its points where a tier is a frame. Leave the "
        "headings and the example as they are, add rows where you need them, and send the file back."
    )
