"""Approval: the steps from draft to approved, what each asks for, and what exactly is approved."""

from kpicat.approval.content import about, digest, freeze, thaw
from kpicat.approval.requirements import Obstacle, in_force, undecided, unfit, vanished
from kpicat.approval.steps import MOVES, State, Step, is_locked, steps_from

__all__ = [
    "MOVES",
    "Obstacle",
    "State",
    "Step",
    "about",
    "digest",
    "freeze",
    "in_force",
    "is_locked",
    "steps_from",
    "thaw",
    "undecided",
    "unfit",
    "vanished",
]
