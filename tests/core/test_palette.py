"""The colours can be made out on their grounds and told apart, by everybody, on both themes and in a grey print.

How colours look to people who lack one kind of cone: the matrices for severity 1.0 of Machado, Oliveira and
Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, table 1,
on linear RGB. How far apart two colours look: CIE76 in CIELAB (D65). Contrast: WCAG 2.2, 1.4.11.
"""

import math
import re
import tomllib
from itertools import combinations, pairwise

import pytest

from kpicat import palette
from kpicat.palette import BAD, BROKEN, GOOD, HEAT, KEPT, ON_DARK, PLAIN, TIERS, UNTIERED
from kpicat.settings import ROOT

VISION = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
GROUNDS = {name: THEME[name]["backgroundColor"] for name in ("light", "dark")}
FIGURES = {name: {light: (light if name == "light" else dark) for light, dark in ON_DARK.items()} for name in GROUNDS}
APART = (
    (*TIERS.values(), UNTIERED),
    (KEPT, BROKEN),
    (PLAIN, GOOD, BAD, UNTIERED),
)
"""Colours that stand beside each other in a chart."""
CLEARLY = 12
"""CIE76: some five times what people notice at all."""
IN_GREY = 7
"""Of L*, 0 black to 100 white."""


def linear(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour):
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one, other):
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour, matrix):
    parts = linear(colour)
    return [min(max(sum(map(math.prod, zip(row, parts, strict=True))), 0), 1) for row in matrix]


def lab(parts):
    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    white = (0.95047, 1.0, 1.08883)
    over = [sum(map(math.prod, zip(row, parts, strict=True))) / full for row, full in zip(rows, white, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in over)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def grey(colour):
    return lab([luminance(colour)] * 3)[0]


@pytest.mark.parametrize("theme", GROUNDS)
def test_every_colour_can_be_made_out_from_the_ground(theme):
    assert min(contrast(colour, GROUNDS[theme]) for colour in FIGURES[theme].values()) >= 3
    most = HEAT[-1] if theme == "light" else HEAT[0]
    assert contrast(most, GROUNDS[theme]) >= 10  # the cell that has most


def test_on_paper_as_well():
    assert min(contrast(colour, "#FFFFFF") for colour in ON_DARK) >= 3


@pytest.mark.parametrize("kind", VISION)
@pytest.mark.parametrize("theme", GROUNDS)
def test_colours_side_by_side_are_told_apart_by_everybody(theme, kind):
    for names in APART:
        looks = [lab(seen(FIGURES[theme][name], VISION[kind])) for name in names]
        assert min(math.dist(one, other) for one, other in combinations(looks, 2)) >= CLEARLY


@pytest.mark.parametrize("theme", GROUNDS)
def test_colours_side_by_side_are_told_apart_in_grey(theme):
    for names in APART:
        greys = sorted(grey(FIGURES[theme][name]) for name in names)
        assert min(upper - lower for lower, upper in pairwise(greys)) >= IN_GREY


@pytest.mark.parametrize("theme", GROUNDS)
def test_a_harder_tier_stands_out_more_and_none_least(theme):
    rising = [contrast(FIGURES[theme][name], GROUNDS[theme]) for name in (UNTIERED, *TIERS.values())]
    assert rising == sorted(rising)


def test_the_tints_of_a_table_rise_in_equal_steps():
    greys = [grey(tint) for tint in HEAT]
    steps = [upper - lower for upper, lower in pairwise(greys)]
    assert min(steps) >= IN_GREY and max(steps) - min(steps) < 2


@pytest.mark.parametrize("theme", GROUNDS)
def test_words_on_a_colour_can_be_read(theme):
    grounds = {*FIGURES[theme].values(), *HEAT}
    assert min(contrast(palette.text_on(colour), colour) for colour in grounds) >= 4.5


def painted(slot, theme):
    """What a browser puts in a slot's place, as ``replaceAll`` in Streamlit's PlotlyChart does."""
    if not re.fullmatch("#0000(0[1-9]|[12][0-9]|30)", slot):
        return slot
    lists = ("chartCategoricalColors", "chartSequentialColors", "chartDivergingColors")
    at = int(slot[1:]) - 1
    return THEME[theme][lists[at // 10]][at % 10]


@pytest.mark.parametrize("theme", GROUNDS)
def test_the_browser_paints_the_colours_of_its_theme(theme):
    for colour, own in FIGURES[theme].items():
        assert painted(palette.themed(colour), theme) == own
        assert painted(palette.themed_text_on(colour), theme) == palette.text_on(own)
    heat = HEAT if theme == "light" else HEAT[::-1]
    for step, tint in enumerate(heat):
        ground, ink = (painted(slot, theme) for slot in palette.themed_heat((step + 0.5) / len(heat)))
        assert (ground, ink) == (tint, palette.text_on(tint))
    assert palette.themed_heat(1) == palette.themed_heat(0.99)


def test_a_colour_of_no_theme_stays():
    assert palette.themed("#123456") == "#123456"
    assert palette.in_css("#123456") == "light-dark(#123456, #123456)"


def test_a_style_sheet_has_both_themes_colours():
    assert palette.in_css(TIERS[5]) == f"light-dark({TIERS[5]}, {ON_DARK[TIERS[5]]})"
    assert palette.text_in_css(TIERS[5]) == "light-dark(#FFFFFF, #000000)"


def test_words_on_the_themes_colour_are_not_white_where_it_is_light():
    style = (ROOT / "kpicat" / "ui" / "style.css").read_text(encoding="utf-8")
    (rule,) = (line for line in style.splitlines() if "{ color: Canvas; }" in line)
    assert "stBaseButton-primary" in rule and "stMultiSelect" in rule  # Canvas is the browser's own ground
    for theme, ground in (("light", "#FFFFFF"), ("dark", "#121212")):
        assert contrast(THEME[theme]["primaryColor"], ground) >= 4.5
