"""What every file kpicat writes says in each column, whatever its format."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pandas as pd

from kpicat.language import _, moment
from kpicat.model import FIELDS, Level, Value, values_of

_VIETNAM = timezone(timedelta(hours=7))  # a file has no reader's own time zone


def shown(items: pd.DataFrame, table: pd.DataFrame) -> dict[str, list[Value]]:
    """The items' values, with those of the converted catalogue.

    Tier, points and coefficient are the converted catalogue's; where it has none, what
    the item itself states is kept, so nothing anybody wrote is lost.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.

    Returns:
        Column -> one value per item, in catalogue order: the fields in their order, with
        ``converted_quantity`` after ``coefficient``.
    """
    said: dict[str, list[Value]] = {}
    for name in FIELDS:
        said[name] = values_of(items[name])
        if name in ("tier", "points", "coefficient"):
            ours = values_of(table[name])
            said[name] = [own if our is None else our for our, own in zip(ours, said[name], strict=True)]
        if name == "coefficient":
            said["converted_quantity"] = values_of(table["converted_quantity"])
    return said


def weight(level: Level) -> str:
    """What a finding of that level asks of people."""
    return {
        Level.ERROR: _("Must be put right"),
        Level.WARNING: _("Should be looked at"),
        Level.INFO: _("For information"),
    }[level]


def told_at(at: datetime) -> str:
    """A moment as a file says it, in Vietnam's time."""
    return moment(in_vietnam(at))


def in_vietnam(at: datetime) -> datetime:
    """A moment by the clocks of whoever gets a file."""
    return at.astimezone(_VIETNAM)
