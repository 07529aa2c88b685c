"""What is dear to make is made once, also for many who ask at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar, cast, overload

T = TypeVar("T")


class Kept:
    """Things by key; who asks for one that is being made waits for it instead of making it, too.

    Args:
        most: Things kept; those asked for longest ago go first. None keeps all.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._locks: dict[Hashable, threading.RLock] = {}
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gave the first time."""
        with self._guard:
            if key in self._made:
                self._made.move_to_end(key)
                return cast(T, self._made[key])
            lock = self._locks.setdefault(key, threading.RLock())
        with lock:
            with self._guard:
                if key in self._made:
                    return cast(T, self._made[key])
            made = make()
            self.put(key, made)
            return made

    def put(self, key: Hashable, made: object) -> None:
        """Keep something that is made already."""
        with self._guard:
            self._made[key] = made
            self._locks.pop(key, None)
            while self._most is not None and len(self._made) > self._most:
                self._made.popitem(last=False)

    def peek(self, key: Hashable) -> Any:
        """What is kept under a key, or None."""
        return self._made.get(key)


class once(Generic[T]):  # noqa: N801 - used as a decorator, like property
    """A property made once for its object, which has a :class:`Kept` under ``own``.

    As :func:`functools.cached_property`, whose one lock for all objects (before Python 3.12) or
    none (since) lets people wait for others' catalogues, or has each of them make the same.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make, self.__doc__ = make, make.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: Any, owner: type) -> once[T] | T:
        if instance is None:
            return self
        kept: Kept = instance.own
        return kept.get(self._make.__name__, lambda: self._make(instance))
