"""What moved among the settings of an installation of which several servers may be started, each by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

OF_A_SERVER = frozenset({"host", "port", "database", "log", "backups"})
"""What servers of one installation may have otherwise than the others; so, too, where a secret's file lies."""
_SERVERS = 50
"""Whose settings are kept, the latest to start: a container is another server each time it is made."""

State = Mapping[str, Mapping[str, str]]
"""Server -> setting -> what it was told; under "" what any server was told last."""


class Moved(NamedTuple):
    """A setting that says something else than before."""

    key: str
    before: str
    now: str


def moved(state: State, server: str, told: Mapping[str, str], usual: Mapping[str, str]) -> tuple[State, list[Moved]]:
    """What a server that starts is told otherwise than before, and the state to keep.

    A server that was never here is held against the one that started last, the very first against what is usual. What
    another one has brought already is nothing new.

    Args:
        usual: What holds where nobody says anything.
    """
    last = {**usual, **state.get("", {})}
    before = state.get(server, last)
    found = [
        Moved(key, was, now)
        for key, now in told.items()
        if now != (was := before.get(key, last[key])) and (now != last[key] or _is_of_a_server(key))
    ]
    others = [name for name in state if name not in ("", server)][1 - _SERVERS :]
    return {**{name: state[name] for name in others}, server: dict(told), "": dict(told)}, found


def _is_of_a_server(key: str) -> bool:
    return key in OF_A_SERVER or key.endswith("_file")
