"""The criteria grid of an edition's file: [grid] and [[criterion]], each weight and limit with its source.

Source: PL3 §2 bước 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpicat.errors import GuidanceError
from kpicat.guidance.edition import Criterion, Grid, points
from kpicat.guidance.tables import only, source, table, text, texts

GRID = {"grid", "criterion"}
"""The tables an edition may go without, both or none."""
_NAMED = {"key", "label_vi", "label_en", "source"}
_BY_HOW = {"mean": {"weight", "marks_vi", "marks_en"}, "sum": {"lowest", "highest"}}


def grid_of(data: Mapping[str, Any], tiers: int, where: str) -> Grid | None:
    """The grid, or None where the file has none.

    Args:
        data: The file.
        tiers: How many the edition has; a criterion that is marked has a sentence for each.
        where: Of errors.

    Raises:
        GuidanceError: It breaks a rule.
    """
    if not GRID & data.keys():
        return None
    found = table(data, "grid", {"how", "source"}, where)
    how, entries = found["how"], data.get("criterion")
    if how not in _BY_HOW:
        raise GuidanceError(f"{where}: grid.how must be one of {', '.join(_BY_HOW)}")
    if not isinstance(entries, list) or not entries:
        raise GuidanceError(f"{where}: write each criterion under [[criterion]]")
    criteria = tuple(_criterion(entry, how, tiers, f"{where}: criterion {n}") for n, entry in enumerate(entries, 1))
    if len({criterion.key for criterion in criteria}) != len(criteria):
        raise GuidanceError(f"{where}: two criteria have the same key")
    return Grid(how, criteria, source(found["source"], f"{where}: grid"))


def _criterion(entry: object, how: str, tiers: int, where: str) -> Criterion:
    if not isinstance(entry, dict):
        raise GuidanceError(f"{where}: write each criterion under [[criterion]]")
    only(entry, _NAMED | _BY_HOW[how], where)
    key, label_vi, label_en = (text(entry, name, where) for name in ("key", "label_vi", "label_en"))
    plain = Criterion(key, label_vi, label_en, source(entry["source"], where))
    if how == "sum":
        lowest, highest = points(entry["lowest"], where, zero=True), points(entry["highest"], where)
        if lowest >= highest:
            raise GuidanceError(f"{where}: lowest must be below highest")
        return replace(plain, lowest=lowest, highest=highest)
    sentences = [texts(entry, key, where) for key in ("marks_vi", "marks_en")]
    if any(len(each) != tiers for each in sentences):
        raise GuidanceError(f"{where}: give a sentence for each of the {tiers} marks")
    weight = points(entry["weight"], where)
    return replace(plain, weight=weight, marks_vi=sentences[0], marks_en=sentences[1])
