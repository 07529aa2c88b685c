"""What was approved, for other software: its tokens, what each may read, the content as it is told, and what is new."""

from kpicat.services.publishing.document import SHAPE, Body, body
from kpicat.services.publishing.feed import FIRST, is_cursor
from kpicat.services.publishing.shelf import Shelf
from kpicat.services.publishing.tokens import Gate, Shown, last_day, make_token, revoke_token, tokens

__all__ = [
    "FIRST",
    "SHAPE",
    "Body",
    "Gate",
    "Shelf",
    "Shown",
    "body",
    "is_cursor",
    "last_day",
    "make_token",
    "revoke_token",
    "tokens",
]
