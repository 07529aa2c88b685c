"""Where a catalogue stands on its way to approval, and the steps between, as a table.

**Asked by** the guidance: a named body prepares the catalogue, the competent authority approves it, and from then on
it is the only basis for scoring until a written supplement changes it.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping


class State(enum.StrEnum):
    """Where a catalogue stands; the text of its ``status``."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class Step(enum.StrEnum):
    """What leads from one state to another; the text is the label of its batch in the log."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    BEGIN_SUPPLEMENT = "supplement"
    BEGIN_VERSION = "new_version"


MOVES: Mapping[Step, tuple[State, State]] = {
    Step.SUBMIT: (State.DRAFT, State.SUBMITTED),
    Step.RETURN: (State.SUBMITTED, State.DRAFT),
    Step.APPROVE: (State.SUBMITTED, State.APPROVED),
    Step.BEGIN_SUPPLEMENT: (State.APPROVED, State.DRAFT),
    Step.BEGIN_VERSION: (State.APPROVED, State.DRAFT),
}
"""Step -> the state it is taken from, and the one it leads to. There are no others."""


ON_THE_WAY = ("status", "amends", "remarks", "approved")
"""The catalogue's own fields that steps write, and nothing else."""


def steps_from(status: str) -> list[Step]:
    """The steps that can be taken from a status."""
    return [step for step, (before, _after) in MOVES.items() if before == status]


def is_locked(status: str) -> bool:
    """Whether nothing but comments may be written: what is before the authority, or approved, stands as it is."""
    return status != State.DRAFT
