"""What a catalogue says of itself, and a reading of it frozen at one moment."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import pandas as pd


class Form(enum.StrEnum):
    """Whose paper the catalogue leaves on."""

    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a catalogue says of itself; its items are read separately."""

    id: str
    name: str
    body: str = ""  # the Party committee, commune or agency
    period: str = ""  # "2026"
    form: Form = Form.PARTY
    guidance: str = "phu_luc_3"  # the edition's id
    marks: str = ""  # the catalogue's own adjusted marks as JSON, see guidance.adjusted
    status: str = "draft"
    head: int = 0  # seq of the last change


CATALOGUE_FIELDS = ("name", "body", "period", "form", "guidance", "marks", "status")
CATALOGUE = ""
"""The item id under which the log keeps changes of the catalogue's own fields."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A catalogue and its items frozen at one moment of the log.

    Attributes:
        catalogue: With ``head`` equal to the seq of this reading.
        items: As :func:`items_frame` gives; shared between readers, so read-only.
    """

    catalogue: Catalogue
    items: pd.DataFrame
