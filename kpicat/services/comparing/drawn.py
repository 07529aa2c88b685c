"""Comparisons as charts: the way from one total to the other, and bodies side by side on one measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpicat.charts import Chart, Series, brief, with_ties
from kpicat.comparing import Comparison, Spread, multiple_words, rank_words
from kpicat.convert import EXACT
from kpicat.distribution import share
from kpicat.language import _, number, percent, signed
from kpicat.palette import BAD, GOOD, PLAIN, TIERS

TOTAL, MORE, LESS = PLAIN, GOOD, BAD


def change_words() -> Mapping[str, str]:
    """What may have become of a line -> in words, in the order they are named."""
    return {
        "added": _("added"),
        "dropped": _("dropped"),
        "renamed": _("renamed"),
        "retiered": _("another tier"),
        "repointed": _("other points"),
        "requantified": _("another quantity"),
        "rescaled": _("on another scale"),
        "reassigned": _("at another position or unit"),
    }


def _effect_words() -> Mapping[str, str]:
    return {
        "added": _("Lines added"),
        "dropped": _("Lines dropped"),
        "tier": _("Other tiers"),
        "points": _("Other points within a tier"),
        "scale": _("Another scale"),
        "quantity": _("Other quantities"),
        "gaps": _("Points or quantities filled in or taken out"),
    }


def waterfall_chart(found: Comparison) -> Chart:
    """From the old total through all that adds and takes away to the new one."""
    effects = [(name, amount) for name, amount in found.effects.items() if amount]
    words = _effect_words()
    names = (_("Before"), *(words[name] for name, _amount in effects), _("After"))
    values = (found.old, *(amount for _name, amount in effects), found.new)
    said = (number(found.old), *(signed(amount) for _name, amount in effects), number(found.new))
    moved = EXACT.subtract(found.new, found.old)
    title = _("The converted total is unchanged: {new}").format(new=number(found.new))
    if moved:
        up = _("The converted total rose by {moved} to {new}")
        down = _("The converted total fell by {moved} to {new}")
        title = (up if moved > 0 else down).format(moved=number(abs(moved)), new=number(found.new))
    colours = (TOTAL, *(MORE if amount > 0 else LESS for _name, amount in effects), TOTAL)
    parts = "; ".join(f"{name}: {each}" for name, each in zip(names, said, strict=True))
    nothing = _("Nothing to show yet: neither of the two has a converted quantity.")
    return Chart(
        "waterfall", "waterfall", title, f"{title}: {parts}.", names,
        (Series("", TOTAL, values, said, colours=colours),), _("Standard units a year"),
        empty="" if found.old or found.new or effects else nothing, by=_("What moves it"),
    )  # fmt: skip


def ranks_chart(spreads: Sequence[Spread]) -> Chart:
    """Of each body the share of its lines at each place of its own scale."""
    counts = [each.ranks for each in spreads]
    title = _("Where the lines stand in each body's own scale")
    if told := _most_above(spreads, counts):
        title = _("“{name}” has the largest share above the middle of its own scale: {share}").format_map(told)
    return _shares("ranks", title, spreads, rank_words(), counts)


def multiples_chart(spreads: Sequence[Spread]) -> Chart:
    """Of each body the share of its coefficients at so many times its own median."""
    counts = [each.multiples for each in spreads]
    title = _("Coefficients by how many times their body's median they are")
    if told := _most_above(spreads, counts):
        title = _("“{name}” has the most coefficients above twice its median: {share}").format_map(told)
    return _shares("multiples", title, spreads, multiple_words(), counts)


_Counts = Sequence[tuple[int, ...]]
"""For each body how many lines there are of each class, the lightest first."""
_ABOVE = 3
"""Classes from here on are above the middle, or above twice the median."""


def _most_above(spreads: Sequence[Spread], counts: _Counts) -> Mapping[str, str]:
    """Name and share of the body that has most above; nothing where none has any."""
    parts = [share(sum(own[_ABOVE:]), sum(own)) for own in counts]
    if not any(parts):
        return {}
    most = max(range(len(parts)), key=parts.__getitem__)
    return {"name": brief(spreads[most].body.name), "share": with_ties(percent(parts[most]), parts)}


def _shares(key: str, title: str, spreads: Sequence[Spread], words: Sequence[str], counts: _Counts) -> Chart:
    """A bar of 100 % a body."""
    names = tuple(each.body.name for each in spreads)
    wholes = [sum(own) for own in counts]
    series = []
    for place, name in enumerate(words):
        parts = tuple(share(own[place], whole) for own, whole in zip(counts, wholes, strict=True))
        labels = tuple(map(percent, parts))
        said = tuple(f"{label} · {number(own[place])}" for label, own in zip(labels, counts, strict=True))
        series.append(Series(name, TIERS[place + 1], parts, said, labels=labels))
    alt = "; ".join(
        f"{name}: " + ", ".join(f"{one.name.lower()} {one.label(place)}" for one in series)
        for place, name in enumerate(names)
    )
    return Chart(
        key, "shares", title, f"{title}: {alt}.", names, tuple(series), _("Items"), by=_("Body"),
        empty="" if any(wholes) else _("Nothing to show yet: give the items a tier or points."),
    )  # fmt: skip


def shown(value: Decimal | None) -> str:
    """A ratio with two decimals; a dash for none."""
    return "–" if value is None else number(value, 2)
