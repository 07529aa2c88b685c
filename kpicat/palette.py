"""One colour a tier, the same in every chart, grid and file, and its kin on the dark theme.

Hues are those of the Okabe–Ito set. On paper and on the light theme a harder tier is darker, on the dark theme
lighter, so it stands out more on either; in a grey print, and for people with the common kinds of colour blindness,
the colours stay apart, and each can be made out from its ground (``tests/core/test_palette.py`` measures all of it).

A figure on a page names colours by :func:`themed`, and the browser paints them as its theme has them, also when the
person changes the theme.
"""

from __future__ import annotations

from collections.abc import Mapping

TIERS = {1: "#078BBC", 2: "#9E6200", 3: "#903419", 4: "#58008E", 5: "#121942"}
UNTIERED = "#949494"
PLAIN, GOOD, BAD = "#076CAC", "#1B903E", "#942B0A"
"""What is no tier; what is as it should be, or more; what is not, or less. A sign or words beside them say it, too."""
KEPT, BROKEN = GOOD, UNTIERED
"""A principle kept, and not kept."""

ON_DARK: Mapping[str, str] = {
    TIERS[1]: "#0387BA",
    TIERS[2]: "#D58100",
    TIERS[3]: "#FFAD90",
    TIERS[4]: "#F8C7FF",
    TIERS[5]: "#FBFADD",
    UNTIERED: "#6A6A6A",
    PLAIN: "#048DD7",
    GOOD: "#61BC5F",
    BAD: "#FEB59C",
}
"""Each colour as the dark theme has it."""
HEAT = ("#E8F2FC", "#C8DBEC", "#A8C4DD", "#87AECE", "#6599BF", "#3D84B0", "#006F9E", "#015980", "#004564", "#003149")
"""Of a table of tinted cells, from next to nothing to the most; on the dark theme the other way round."""
BLACK, WHITE = "#000000", "#FFFFFF"

_SLOTS = {colour: f"#{n:06d}" for n, colour in enumerate(ON_DARK, start=1)}
_TINTS = [f"#{n:06d}" for n in range(11, 21)]
_INKS = {(BLACK, BLACK): BLACK, (WHITE, WHITE): WHITE, (BLACK, WHITE): "#000021", (WHITE, BLACK): "#000022"}
"""Streamlit's browser side puts the theme's chart colours (``.streamlit/config.toml``) in the place of these:
#000001 to #000010 the categorical ones, to #000020 the sequential, to #000030 the diverging."""


def tier_colour(level: int | None) -> str:
    """The colour of a tier; grey for an item without one."""
    return TIERS.get(level, UNTIERED) if level is not None else UNTIERED


def text_on(colour: str) -> str:
    """Black or white, whichever reads better on ``colour`` (#RRGGBB)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2  # WCAG, near enough
    return BLACK if luminance > 0.18 else WHITE


def themed(colour: str) -> str:
    """A colour in a figure on a page: the theme's own where it has two."""
    return _SLOTS.get(colour, colour)


def themed_text_on(colour: str) -> str:
    """Black or white for words on a colour in a figure on a page."""
    return _INKS[text_on(colour), text_on(ON_DARK.get(colour, colour))]


def themed_heat(part: float) -> tuple[str, str]:
    """The tint of a cell in a figure on a page, and what is written on it.

    Args:
        part: Of the most, 0 to 1.
    """
    step = min(int(part * len(HEAT)), len(HEAT) - 1)
    return _TINTS[step], _INKS[text_on(HEAT[step]), text_on(HEAT[-1 - step])]


def in_css(colour: str) -> str:
    """A colour as a style sheet has it, for both themes."""
    return f"light-dark({colour}, {ON_DARK.get(colour, colour)})"


def text_in_css(colour: str) -> str:
    """Black or white for words on that colour in a style sheet."""
    return f"light-dark({text_on(colour)}, {text_on(ON_DARK.get(colour, colour))})"
