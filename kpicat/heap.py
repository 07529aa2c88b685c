"""How the C library holds the memory that a server asks it for."""

from __future__ import annotations

import ctypes
import platform

ARENAS = 2
_M_ARENA_MAX = -8  # of malloc.h


def keep_together() -> None:
    """Have all threads of this process share two of glibc's arenas; to be called before there are others.

    Every run of a page is a thread of its own, and glibc gives threads up to eight arenas for each processor.
    What one run lets go of is then used again only by a run that happens on the same arena: while the memory
    in use stayed the same, that held free grew by 1.2 MB a minute. Threads that share one interpreter lock
    seldom ask at the same moment, so nobody waits. Where there is no glibc, nothing is done.
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)
