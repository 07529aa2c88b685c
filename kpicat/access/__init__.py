"""Who may do what: roles in a catalogue, the acts each of them allows, and who somebody is. No clock, no database."""

from kpicat.access.table import TABLE, Act, Role, Row
from kpicat.access.who import EVERY, Who, allowed, managers_of, may_vote, require, require_vote
from kpicat.access.words import act_words, role_words
from kpicat.errors import Forbidden, SignInRefused

__all__ = [
    "EVERY",
    "TABLE",
    "Act",
    "Forbidden",
    "Role",
    "Row",
    "SignInRefused",
    "Who",
    "act_words",
    "allowed",
    "managers_of",
    "may_vote",
    "require",
    "require_vote",
    "role_words",
]
