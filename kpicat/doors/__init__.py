"""The doors beside the pages: what every request passes, and where people sign in and out.

Plain Starlette over ``kpicat.services.access``; no page of Streamlit's is needed to get in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from kpicat.access import Who
from kpicat.doors.accounts import Accounts
from kpicat.doors.guard import SIGNED, Guard, elsewhere
from kpicat.doors.provider import Provider

__all__ = ["SIGNED", "Accounts", "Door", "Guard", "Provider", "Unlocked", "elsewhere"]


class Door(Protocol):
    """How people come in."""

    def routes(self) -> Sequence[BaseRoute]:
        """The routes to serve beside the pages."""

    def whose(self, caller: HTTPConnection, *, is_gesture: bool = True) -> Who | None:
        """Who calls, by what the browser shows.

        Args:
            is_gesture: Whether somebody has just done something, or else a page asks by itself while it is open.

        Raises:
            StoreBusy: The database does not answer.
        """

    def noted(self, caller: HTTPConnection, what: str) -> None:
        """Know that a request was refused, and why in a word of :mod:`kpicat.doors.noting`."""


class Unlocked:
    """Where nobody signs in; a :class:`Door`."""

    def routes(self) -> Sequence[BaseRoute]:
        """None."""
        return []

    def whose(self, caller: HTTPConnection, *, is_gesture: bool = True) -> Who | None:
        """Whoever it is."""
        return Who.anybody("")

    def noted(self, caller: HTTPConnection, what: str) -> None:
        """Where nobody signs in nobody reads the audit log."""
