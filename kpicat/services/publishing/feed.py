"""The place of a reader in the feed of approvals, as a text that it hands back."""

from __future__ import annotations

import hashlib
import re

from kpicat.access.records import Token
from kpicat.store.published import START

FIRST = ""
"""The place before everything."""
_SHAPE = re.compile(r"[0-9a-f]{40}", re.ASCII)


def is_cursor(text: str) -> bool:
    """Whether a text can be a place."""
    return _SHAPE.fullmatch(text) is not None


def cursor_of(chain: str, token: Token) -> str:
    """The text of a place, for the reader with a token."""
    return chain + _seen_by(token)


def place_in(cursor: str, token: Token) -> str:
    """The chain of a place; one that is none where a reader of other catalogues was there, who passed others by."""
    if cursor == FIRST:
        return START
    chain, seen_by = cursor[: len(START)], cursor[len(START) :]
    return chain if seen_by == _seen_by(token) else ""


def _seen_by(token: Token) -> str:
    scope = "*" if token.catalogues is None else "\n".join(sorted(token.catalogues))
    return hashlib.sha256(scope.encode()).hexdigest()[:8]
