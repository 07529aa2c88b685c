"""How the memory is held that a server asks for: by the C library, and by Python for what nobody needs any more."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import platform

ARENAS = 2
_M_ARENA_MAX = -8  # of malloc.h
COLLECT_EVERY = 60.0
"""Seconds between two looks for what nobody needs any more."""


def keep_together() -> None:
    """Have all threads of this process share two of glibc's arenas; to be called before there are others.

    Every run of a page is a thread of its own, and glibc gives threads up to eight arenas for each processor.
    What one run lets go of is then used again only by a run that happens on the same arena: while the memory
    in use stayed the same, that held free grew by 1.2 MB a minute. Threads that share one interpreter lock
    seldom ask at the same moment, so nobody waits. Where there is no glibc, nothing is done.
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)


def leave_alone() -> None:
    """Have what there is at the start of a process, which is modules, never looked through for garbage.

    A look through everything holds all threads: 0.25 s with them, once in four seconds where a hundred people's pages
    look for news by themselves; some 40 ms without.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()


async def let_go(every: float = COLLECT_EVERY) -> None:
    """Collect garbage every so many seconds, until it is cancelled.

    Python looks through everything only when a quarter has been added to what has lived long, here 80 000 objects:
    with forty people, once in a quarter of an hour, and memory grew by 0.7 MB a minute meanwhile.
    """
    leave_alone()
    while True:
        await asyncio.sleep(every)
        gc.collect()
