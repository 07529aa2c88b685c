"""What is worked out of a text is remembered, and now and then forgotten as a whole.

A catalogue is asked about the same texts again and again; but in a meeting each text typed is new,
and what is remembered of those that stand nowhere any more would only grow.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_forgetting: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorates a function of texts, and of nothing that changes, to give what it gave before.

    Args:
        most: Answers remembered; those asked for longest ago go first.
    """

    def remembering(work: Callable[P, T]) -> Callable[P, T]:
        known = functools.lru_cache(maxsize=most)(work)
        _forgetting.append(known.cache_clear)
        return cast(Callable[P, T], known)

    return remembering


def forget() -> None:
    """Forget every answer of every such function; from any thread."""
    for each in _forgetting:
        each()
