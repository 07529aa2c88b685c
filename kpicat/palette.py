"""One colour a tier, the same in every chart, grid and file.

From the Okabe–Ito set, which people with the common kinds of colour blindness
tell apart, ordered so that a harder tier is also darker in a grey print.
"""

TIERS = {1: "#56B4E9", 2: "#E69F00", 3: "#D55E00", 4: "#7A2E8E", 5: "#1B1B3A"}
UNTIERED = "#B8B8B8"
KEPT, BROKEN = "#009E73", "#B8B8B8"
"""A principle kept, the green of the same set, and not kept: the pair is told apart in a grey print, too."""


def tier_colour(level: int | None) -> str:
    """The colour of a tier; grey for an item without one."""
    return TIERS.get(level, UNTIERED) if level is not None else UNTIERED


def text_on(colour: str) -> str:
    """Black or white, whichever reads better on ``colour`` (#RRGGBB)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2  # WCAG, near enough
    return "#000000" if luminance > 0.18 else "#FFFFFF"
