"""A meeting that agrees on tiers: members vote blind on their phones, the chair reveals, and adopts what came of it."""

from kpicat.services.balloting.adopting import adopt, plan, rationale
from kpicat.services.balloting.asking import ORDERS, ask, ordered
from kpicat.services.balloting.boards import Boards
from kpicat.services.balloting.joining import Tries, code_typed, join, vote
from kpicat.services.balloting.minutes import minutes, minutes_name
from kpicat.services.balloting.results import latest, next_for, tallied, voted
from kpicat.store.admitting import CODE_LENGTH, code_of

__all__ = [
    "CODE_LENGTH",
    "ORDERS",
    "Boards",
    "Tries",
    "adopt",
    "ask",
    "code_of",
    "code_typed",
    "join",
    "latest",
    "minutes",
    "minutes_name",
    "next_for",
    "ordered",
    "plan",
    "rationale",
    "tallied",
    "vote",
    "voted",
]
