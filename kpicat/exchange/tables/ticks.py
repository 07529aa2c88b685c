"""Fields that several columns hold under one heading: a tier, who, when, ticked; units' quantities; outlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpicat.exchange.tables import columns, evidence, lines, tiers
from kpicat.exchange.tables.columns import ORDER
from kpicat.exchange.tables.grid import Merge
from kpicat.guidance import Guidance
from kpicat.text.numbers import parse_number

_MOST_WORDS = 8  # of a tier's name
_WHO = frozenset({"responsible", "position", "department"})
_WHEN = ("deadline", "frequency")
_NAMES = 0.5  # share of headings that look like people's names


def ticked(
    headings: Mapping[int, str], lowest: Mapping[int, str], samples: Mapping[int, Sequence[str]], guidance: Guidance
) -> dict[int, str]:
    """The columns -> the field of which each says one value; none as a rule.

    Args:
        headings: Zero-based column -> heading, the upper one where that names it better.
        lowest: Zero-based column -> the part of the heading right over the cells.
        samples: Zero-based column -> texts that stand under it, blanks left out.
        guidance: Whose tiers the headings name.
    """
    levels = _levels(_of_tiers(headings, lowest), samples, guidance)
    return _under_one(headings, lowest, samples) | dict.fromkeys(levels, "tier")


def _of_tiers(headings: Mapping[int, str], lowest: Mapping[int, str]) -> Mapping[int, str]:
    """The parts of the headings that may name tiers; a bare number does so only under a heading of tiers or points."""
    return {
        column: words
        for column, words in lowest.items()
        if not words.isdecimal() or not {"tier", "points"}.isdisjoint(columns.fields_named(headings[column]))
    }


def _levels(headings: Mapping[int, str], samples: Mapping[int, Sequence[str]], guidance: Guidance) -> Mapping[int, int]:
    """The columns, one a tier, in which a line's tier is ticked, or its points stand -> their levels; none of fewer."""
    levels = {
        column: level
        for column, heading in headings.items()
        if len(heading.split()) <= _MOST_WORDS
        and (level := tiers.tier_word(heading, guidance).level) is not None
        and evidence.mark_tier(samples.get(column, ()), level, guidance)
    }
    return levels if len(set(levels.values())) == len(levels) > 1 else {}


def _under_one(
    headings: Mapping[int, str], lowest: Mapping[int, str], samples: Mapping[int, Sequence[str]]
) -> dict[int, str]:
    """The columns under one heading, a post, a body or a time over each: ticks of who and when, or numbers."""
    under: dict[str, list[int]] = {}
    for column, words in lowest.items():
        if words != headings[column]:
            under.setdefault(headings[column], []).append(column)
    found: dict[int, str] = {}
    for heading, own in under.items():
        cells = [text for column in own for text in samples.get(column, ())]
        if len(own) > 1 and cells:
            field = _said(heading, [lowest[column] for column in own], cells)
            whole = _sum_of_others(own, samples) if field == "quantity" else None
            found |= dict.fromkeys(own if whole is None else [whole], field)
    return {column: field for column, field in found.items() if field}


def _sum_of_others(own: Sequence[int], samples: Mapping[int, Sequence[str]]) -> int | None:
    """The first or last of three columns or more, if its numbers are in all those of the others: the whole body's."""
    sums = {column: sum(parse_number(text) or 0 for text in samples.get(column, ())) for column in own}
    most = max(len(samples.get(column, ())) for column in own)
    for column in (own[-1], own[0]) if len(own) > 2 else ():
        if len(samples.get(column, ())) == most and 2 * sums[column] == sum(sums.values()):
            return column
    return None


def _said(heading: str, names: Sequence[str], cells: Sequence[str]) -> str:
    """The field that the columns hold together; "" for none."""
    plainly = {field for field, rank in columns.fields_named(heading).items() if rank < columns.BEGINS}
    if "quantity" in plainly and are_added_up(names) and all(map(lines.is_number_text, cells)):
        return "quantity"
    if not all(map(evidence.is_tick, cells)):
        return ""
    if when := next((field for field in _WHEN if field in plainly), ""):
        return when
    if plainly.isdisjoint(_WHO):
        return ""
    if "department" in plainly or all(map(lines.is_organisation, names)):
        return "department"
    return "responsible" if evidence.share("responsible", names) >= _NAMES else "position"


def are_added_up(names: Sequence[str]) -> bool:
    """What stands under such names beside each other is one quantity: that of several bodies, or of parts of a year."""
    return all(map(lines.is_organisation, names)) or lines.are_parts_of_a_year(names)


def spread(
    merges: Iterable[Merge], fields: Mapping[int, str], samples: Mapping[int, Sequence[str]], rows: int
) -> dict[int, str]:
    """The columns without a heading under one merged across, of which each row fills one -> its field.

    So some write outlines: a column for I, one for 1, one for a), or a column for each depth of the works' names.

    Args:
        merges: Merged cells of the row of headings.
        fields: Zero-based column -> what it was taken for.
        samples: Zero-based column -> texts that stand under it, blanks left out.
        rows: Whose texts these are.
    """
    found: dict[int, str] = {}
    for merge in merges:
        name = fields.get(merge.left, "")
        more = [column for column in range(merge.left + 1, merge.right + 1) if column in samples]
        if name not in (ORDER, "task") or not fields.keys().isdisjoint(more):
            continue
        cells = [text for column in (merge.left, *more) for text in samples.get(column, ())]
        if len(cells) <= rows and (name == "task" or all(lines.level_of(text) is not None for text in cells)):
            found |= dict.fromkeys(more, name)
    return found
