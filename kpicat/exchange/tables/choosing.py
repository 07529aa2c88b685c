"""Which field each column of a table holds: by its heading, by one like it, or by its cells, all columns together."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpicat.exchange.tables import columns, evidence, lines
from kpicat.exchange.tables.columns import IGNORED, NAMES
from kpicat.exchange.tables.guessing import adds_up, are_shares, goes_into_detail, guess
from kpicat.exchange.tables.likeness import likeness
from kpicat.exchange.tables.lines import is_number_text
from kpicat.exchange.tables.pairing import paired
from kpicat.exchange.tables.ticks import ticked
from kpicat.guidance import Guidance
from kpicat.model import FIELDS

_PLAIN = {columns.EXACT: 1.0, columns.ALSO: 0.85, columns.BEGINS: 0.7, columns.BEGINS + columns.ALSO: 0.6}
_MOST_LIKE = 0.65  # what a heading is like counts less than what it says
_MOST_BY_LIKENESS = 0.95  # whatever the cells say, less than a plain heading over cells that say nothing
_ENOUGH = 0.45  # likeness by which a heading stands for a field
_WITH_CELLS = 0.5  # how plainly the cells must say it where the heading hardly does
_CELLS = 0.4  # weight of the cells beside the heading
_LEAST = 0.35  # share of its worth that a plain heading keeps whatever stands under it
_LATE_DUTY = 0.25  # duties stand before the works; grounds, by the same name, after them
_SUM = 0.05  # what the column of the sum has before those of its parts, under one heading
_SENTENCE_WORDS = 5
_SHARED = 1.5  # lines to a cell that is said of several
_FEWEST, _COVERED = 3, 0.6  # headings, and share of the columns with one, from which the cells of the rest are asked


class Ground(enum.Enum):
    """Why a column was taken for its field."""

    HEADING = "heading"
    LIKE = "like"
    CELLS = "cells"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Choice:
    """A column's field (or ``order``, ``frame``, ``ignored``), and why."""

    field: str
    ground: Ground


def choose(
    headings: Mapping[int, str],
    samples: Mapping[int, Sequence[str]],
    guidance: Guidance,
    lowest: Mapping[int, str] | None = None,
) -> dict[int, Choice]:
    """A field for each column that has one.

    Args:
        headings: Zero-based column -> heading.
        samples: Zero-based column -> texts that stand under it, blanks left out.
        guidance: Whose tier words tell a tier column.
        lowest: Zero-based column -> the part of the heading right over the cells, where it has several.

    Returns:
        Column -> choice; each field once, but ``ignored`` and the columns to be ticked.
    """
    ticks = ticked(headings, headings if lowest is None else lowest, samples, guidance)
    grounds = {"quantity": Ground.LIKE}  # units' quantities added up are for a person to check
    chosen = {column: Choice(field, grounds.get(field, Ground.HEADING)) for column, field in ticks.items()}
    rest = {column: heading for column, heading in headings.items() if column not in chosen}
    worth = dict(_wishes(rest, samples, guidance))
    if ticks:
        worth = {pair: value for pair, value in worth.items() if pair[1] not in ticks.values()}
    sums = {column for column, words in (lowest or {}).items() if lines.is_total(words)}
    worth = {pair: value + (_SUM if pair[0] in sums else 0) for pair, value in worth.items()}
    for column, field in paired(worth).items():
        field = field.partition(":")[0]
        plain = columns.fields_named(headings[column]).get(field, columns.BEGINS) < columns.BEGINS
        chosen[column] = Choice(field, Ground.HEADING if plain else Ground.LIKE)
    chosen |= _works_and_details(chosen, samples)
    chosen |= _duties_over_works(chosen, samples)
    chosen |= _by_cells(headings, samples, chosen, guidance)
    return chosen | _note_column(headings, samples, chosen)


def _named(heading: str) -> dict[str, float]:
    """Field -> how plainly the heading says it, 0 to 1."""
    plain = {field: _PLAIN[rank] for field, rank in columns.fields_named(heading).items()}
    if any(value == 1.0 and field not in FIELDS for field, value in plain.items()):
        return plain  # known to be none of an item's
    like = {field: min(value, _MOST_LIKE) for field, value in likeness(heading).items()}
    return like | plain


def _wishes(
    headings: Mapping[int, str], samples: Mapping[int, Sequence[str]], guidance: Guidance
) -> Iterator[tuple[tuple[int, str], float]]:
    """((column, field), worth) for whatever a heading may stand for; ignored columns do not compete."""
    named = {column: _named(heading) for column, heading in headings.items()}
    tasks = [column for column, fields in named.items() if fields.get("task", 0) >= _PLAIN[columns.BEGINS]]
    for column, fields in named.items():
        plain = columns.fields_named(headings[column])
        for field, name in fields.items():
            cells = evidence.weigh(field, samples.get(column, ()), guidance)
            if plain.get(field, columns.BEGINS) >= columns.BEGINS and cells <= -_WITH_CELLS:
                continue  # "Kết quả chấm điểm" over numbers is no result that is handed over
            if field not in plain and name < _ENOUGH and cells < _WITH_CELLS:
                continue
            worth = max(name + _CELLS * cells, _LEAST * name)
            worth = (worth if field in plain else min(worth, _MOST_BY_LIKENESS)) + (0.01 if field in NAMES else 0)
            if field == "duty" and tasks and column > tasks[0]:
                worth = max(worth - _LATE_DUTY, 0.01)
            yield (column, f"{field}:{column}" if field == IGNORED else field), worth


def _works_and_details(chosen: Mapping[int, Choice], samples: Mapping[int, Sequence[str]]) -> dict[int, Choice]:
    """What only seemed to be works or details, put right by what stands beside it: details are details of works."""
    place = {choice.field: column for column, choice in chosen.items()}
    task, detail, duty = place.get("task"), place.get("detail"), place.get("duty")
    if task is None and detail is None and duty is not None:
        several = len(samples.get(duty, ())) < max(map(len, samples.values()), default=0)
        return {} if several else {duty: Choice("task", Ground.LIKE)}  # a duty a line, and no works: the works
    if task is None:
        lone = detail is not None and chosen[detail].ground is Ground.LIKE
        return {detail: Choice("task", Ground.LIKE)} if detail is not None and lone else {}
    if detail is not None or chosen[task].ground is not Ground.LIKE or task not in samples:
        return {}
    left = {column: texts for column, texts in samples.items() if column < task and column not in chosen}
    for column, texts in left.items():
        if evidence.share("task", texts) >= _WITH_CELLS and goes_into_detail(texts, samples[task]):
            return {column: Choice("task", Ground.CELLS), task: Choice("detail", Ground.LIKE)}
    return {}


def _duties_over_works(chosen: Mapping[int, Choice], samples: Mapping[int, Sequence[str]]) -> dict[int, Choice]:
    """What only seemed to be works, and is said of several lines at once, is the duty of the works beside it."""
    place = {choice.field: column for column, choice in chosen.items()}
    task = place.get("task")
    if task is None or "duty" in place or chosen[task].ground is not Ground.LIKE or task not in samples:
        return {}
    further = [column for column in samples if column > task and column not in chosen]
    works = max(further, key=lambda column: evidence.share("task", samples[column]), default=None)
    if works is None or len(samples[works]) < _SHARED * len(samples[task]):
        return {}
    if evidence.share("task", samples[works]) < _WITH_CELLS:
        return {}
    return {works: Choice("task", Ground.CELLS), task: Choice("duty", Ground.LIKE)}


def _by_cells(
    headings: Mapping[int, str],
    samples: Mapping[int, Sequence[str]],
    chosen: Mapping[int, Choice],
    guidance: Guidance,
) -> dict[int, Choice]:
    """What the columns whose headings say nothing can only be."""
    if len(headings) < _FEWEST or len(headings.keys() & samples.keys()) < _COVERED * len(samples):
        return {}
    taken = {choice.field for choice in chosen.values()}
    unknown = {
        column: texts
        for column, texts in samples.items()
        if column not in chosen and not columns.fields_named(headings.get(column, ""))
    }
    beside = {column: choice.field for column, choice in chosen.items()}
    found = guess(unknown, guidance, beside) | _beside_points(beside, samples) | _sums(unknown, samples)
    return {column: Choice(field, Ground.CELLS) for column, field in found.items() if field not in taken}


def _beside_points(beside: Mapping[int, str], samples: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """The column that is the points divided by one and the same number holds the coefficients."""
    points = next((samples.get(column, ()) for column, field in beside.items() if field == "points"), ())
    rest = ((column, texts) for column, texts in samples.items() if column not in beside)
    return {column: "coefficient" for column, texts in rest if are_shares(texts, points)}


def _sums(unknown: Mapping[int, Sequence[str]], samples: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """The column whose numbers are those of the columns right before it added up: a year's, after its months."""
    return {column: "quantity" for column in unknown if adds_up(samples, column)}


def _note_column(
    headings: Mapping[int, str], samples: Mapping[int, Sequence[str]], chosen: Mapping[int, Choice]
) -> dict[int, Choice]:
    """The last column holds the notes if its heading is a sentence, or only some lines have words there.

    Words on every line under a sentence are asked for by it, and no notes.
    """
    last = max(headings, default=None)
    if last is None or last in chosen or any(choice.field == "note" for choice in chosen.values()):
        return {}
    heading = headings[last]
    words, most = samples.get(last, ()), max(map(len, samples.values()), default=0)
    asked = _FEWEST <= len(words) == most
    if "=" in heading or (len(heading.split()) >= _SENTENCE_WORDS and not asked):
        return {last: Choice("note", Ground.HEADING)}  # "Sản phẩm chuẩn = 5 điểm = …"
    if columns.fields_named(heading) or len(chosen) < _FEWEST or not 0 < 2 * len(words) < most:
        return {}
    return {} if any(map(is_number_text, words)) else {last: Choice("note", Ground.CELLS)}
