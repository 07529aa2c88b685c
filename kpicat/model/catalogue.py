"""What a catalogue says of itself, and a reading of it frozen at one moment."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from kpicat.model.comments import Comment
from kpicat.model.decisions import Decision


class Form(enum.StrEnum):
    """Whose paper the catalogue leaves on."""

    PARTY = "party"
    STATE = "state"


class Standing(NamedTuple):
    """Where a catalogue's log stands.

    The seq alone does not tell: after a restored backup other changes may lead to the same one.

    Attributes:
        seq: Of the last change; 0 before the first.
        batch: Id of the last batch; "" before the first.
    """

    seq: int
    batch: str

    def __str__(self) -> str:
        """As pages and the server's news name it."""
        return f"{self.seq}:{self.batch}"


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
    status: str = "draft"  # one of kpicat.approval.State
    capacity: str = ""  # what people can carry, as JSON, see kpicat.capacity
    unit_by: str = ""  # the field each value of which has a standard unit of its own, see Guidance.parts; "" for none
    removed: str = ""  # "1" while it is off the shelf, wherever it stands
    amends: str = ""  # number of the version that this draft is a supplement to; "" for a whole one
    remarks: str = ""  # with which it was returned; "" once it is submitted again
    approved: str = ""  # the last version approved, as kpicat.model.approvals.Version.encode has it
    head: int = 0  # seq of the last change
    head_batch: str = ""  # the batch it belongs to

    @property
    def standing(self) -> Standing:
        """Where its log stood when it was read."""
        return Standing(self.head, self.head_batch)


CATALOGUE_FIELDS = (
    *("name", "body", "period", "form", "guidance", "marks", "status", "capacity", "unit_by"),
    *("removed", "amends", "remarks", "approved"),
)
CATALOGUE = ""
"""The item id under which the log keeps changes of the catalogue's own fields."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A catalogue and its items frozen at one moment of the log.

    Attributes:
        catalogue: With ``head`` equal to the seq of this reading.
        items: As :func:`items_frame` gives; shared between readers, so read-only.
        comments: On these items, in the order they were said.
        decisions: About these items and the catalogue as a whole, also such as no longer apply.
    """

    catalogue: Catalogue
    items: pd.DataFrame
    comments: tuple[Comment, ...] = ()
    decisions: tuple[Decision, ...] = ()
