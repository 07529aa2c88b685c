"""Which tables a backup holds, and what of the others a restore ends."""

from __future__ import annotations

from kpicat.store.schema import metadata, presence, read_mark, setting
from kpicat.store.schema_access import attempt, audit, invitation, session
from kpicat.store.schema_api import announced, api_token, token_catalogue

_FOR_OTHERS = (token_catalogue, api_token, announced)
_OWN = (presence, setting, read_mark, session, invitation, attempt, *_FOR_OTHERS)

KEPT = [table for table in metadata.sorted_tables if table not in (*_OWN, audit)]
"""What a backup holds whole and a restore replaces, each table after those it refers to."""
LEFT_OUT = [table for table in reversed(metadata.sorted_tables) if table in _OWN]
"""What no backup holds, but for what people said once; ``audit`` it holds, and a restore adds to what is there."""
ENDED = (session, invitation, *_FOR_OTHERS)
"""What a restore ends: a right given since may have been taken back, and one taken back must not return."""
