"""The same work at different titles, side by side: which tier it has at each of them (Bước 2).

The guidance sets coefficients by title, so one work may differ from title to title; seen
together that is one decision instead of many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from kpicat.convert import converted
from kpicat.guidance import Guidance
from kpicat.similar import Verdict, Work, blocks_of, judge

_MOST_COMPARED = 40
"""Earlier lines of a block that a line is compared with."""


@dataclass(frozen=True, slots=True)
class Row:
    """One work.

    Attributes:
        name: As its first line calls it.
        cells: Title -> the ids of its lines there, in their order; titles without it are absent.
        tiers: Title -> their tiers, in the same order; None for a line without one.
    """

    name: str
    cells: Mapping[str, tuple[str, ...]]
    tiers: Mapping[str, tuple[int | None, ...]]

    @property
    def differs(self) -> bool:
        """Whether its lines have more than one tier, one that is still open not counted."""
        return len({tier for tiers in self.tiers.values() for tier in tiers if tier is not None}) > 1


@dataclass(frozen=True, slots=True)
class Matrix:
    """Works by titles.

    Attributes:
        titles: The columns: those at which one of the works stands, in the order they are met.
        rows: The works done at two titles or more, those whose tiers differ first, then in their order.
    """

    titles: tuple[str, ...]
    rows: tuple[Row, ...]


def matrix(items: pd.DataFrame, guidance: Guidance, *, by: str = "position") -> Matrix:
    """Each work that stands at two titles or more, with its tier at each.

    Lines are one work where :func:`kpicat.similar.judge` says so, whoever does them, looked for where the checks
    look for lines written twice; a line without a title is left out.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        guidance: The catalogue's scale; a line with points but no tier has that of its points.
        by: The field that names the title: "position", or "department" where nobody has named positions.

    Source: PL3 §2 bước 2, by title (theo từng chức danh).
    """
    ids: list[str] = items.index.tolist()
    titles = {item_id: title.strip() for item_id, title in zip(ids, items[by], strict=True) if title.strip()}
    texts = zip(ids, items["task"], items["product"], items["detail"], strict=True)
    works = {item_id: Work(task, product, detail) for item_id, task, product, detail in texts if item_id in titles}
    levels = [None if tier is pd.NA else int(tier) for tier in converted(items, guidance)["tier"].astype("object")]
    tiers = dict(zip(ids, levels, strict=True))
    rows = [row for group in _groups(works) if len((row := _row(works[group[0]], group, titles, tiers)).cells) > 1]
    used = {title for row in rows for title in row.cells}
    columns = tuple(title for title in dict.fromkeys(titles.values()) if title in used)
    return Matrix(columns, tuple(sorted(rows, key=lambda row: not row.differs)))


def _row(work: Work, group: Iterable[str], titles: Mapping[str, str], tiers: Mapping[str, int | None]) -> Row:
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for item_id in group:
        cells[titles[item_id]].append(item_id)
    return Row(
        work.task if work.task.strip() else work.detail,
        {title: tuple(ids) for title, ids in cells.items()},
        {title: tuple(tiers[item_id] for item_id in ids) for title, ids in cells.items()},
    )


def _groups(works: Mapping[str, Work]) -> list[list[str]]:
    """The lines that are one work, each group and its lines in their order; a line alone is a group."""
    leader = {line: line for line in works}

    def led_by(line: str) -> str:
        while leader[line] != line:
            leader[line] = line = leader[leader[line]]
        return line

    for one, other in _candidates(works):
        if led_by(one) != led_by(other) and judge(works[one], works[other]).verdict is Verdict.SAME:
            leader[led_by(other)] = led_by(one)
    groups: dict[str, list[str]] = {}
    for line in works:
        groups.setdefault(led_by(line), []).append(line)
    return list(groups.values())


def _candidates(works: Mapping[str, Work]) -> Iterator[tuple[str, str]]:
    """The pairs of lines that may be one work: of equal texts, or that share a block; an earlier line first."""
    standing: defaultdict[Hashable, list[str]] = defaultdict(list)
    first: dict[Work, str] = {}
    for line, work in works.items():
        if (equal := first.setdefault(work, line)) != line:
            yield equal, line
            continue
        for block in blocks_of(work.task, work.product, work.detail):
            by_letters = isinstance(block, str) and not work.words.short  # then only an abbreviation is looked for
            earlier = standing[block][:_MOST_COMPARED]
            yield from ((other, line) for other in earlier if not by_letters or works[other].words.short)
            standing[block].append(line)
