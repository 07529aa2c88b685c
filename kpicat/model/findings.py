"""Judging: a principle that an item, or the catalogue, does not keep."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Level(enum.StrEnum):
    """How much a finding weighs: an error stands in the way of approval."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """A principle that an item, or the catalogue as a whole, does not keep.

    Attributes:
        check: Id of the check, also its file's name with hyphens.
        item_id: The item; None for the catalogue as a whole.
        field: The cell in question; "" for the line or catalogue as a whole.
        message: One sentence in the reader's language.
        source: The place in the guidance.
        suggestion: A value that would put it right; "" where only people can say.
        other: The earlier line that the finding holds this one against; "" where there is none.
    """

    check: str
    level: Level
    item_id: str | None
    field: str
    message: str
    source: str
    suggestion: str = ""
    other: str = ""
