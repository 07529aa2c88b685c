"""Threads of a server share the memory that the C library holds free; what nobody needs is let go."""

from __future__ import annotations

import asyncio
import gc
import platform
import subprocess
import sys
import weakref

import pytest

from kpicat import heap

WORK = """
import ctypes, sys, threading
from kpicat import heap

if sys.argv[1] == "together":
    heap.keep_together()
all_here = threading.Barrier(12)

def work():
    all_here.wait()
    kept = [bytes(5_000) for _n in range(100)]
    all_here.wait()

threads = [threading.Thread(target=work) for _n in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
c = ctypes.CDLL(None)
c.malloc_info(0, ctypes.c_void_p.in_dll(c, "stdout"))
c.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="there is nothing to share")
def test_threads_share_two_arenas_where_each_would_have_its_own():
    def arenas(how):
        said = subprocess.run([sys.executable, "-c", WORK, how], capture_output=True, text=True, check=True, timeout=60)
        return said.stdout.count("<heap nr=")

    assert arenas("together") == 2 < arenas("apart")


def test_where_there_is_no_glibc_nothing_is_done(monkeypatch):
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    monkeypatch.delattr(heap, "ctypes")
    heap.keep_together()


class Ring:
    """What only a look for garbage finds: it holds itself."""

    def __init__(self) -> None:
        self.held = self


def test_what_nobody_needs_is_let_go_as_long_as_kpicat_serves(request):
    for undo in (gc.enable, gc.unfreeze):
        request.addfinalizer(undo)
    gc.disable()

    async def serving():
        letting_go = asyncio.create_task(heap.let_go(every=0.01))
        await asyncio.sleep(0)
        for _meeting in range(2):
            left = weakref.ref(Ring())
            async with asyncio.timeout(30):
                while left() is not None:
                    await asyncio.sleep(0.01)
        letting_go.cancel()

    asyncio.run(serving())


def test_what_there_is_at_the_start_is_left_alone_and_what_comes_later_is_not(request):
    request.addfinalizer(gc.unfreeze)
    gc.unfreeze()
    heap.leave_alone()
    frozen = gc.get_freeze_count()
    later = [Ring() for _one in range(1000)]
    heap.leave_alone()
    assert gc.get_freeze_count() == frozen > len(later)
