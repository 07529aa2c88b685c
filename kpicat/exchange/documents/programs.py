"""Programs that read a stranger's file: each a group of processes with bounds of its own, ended as one."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a program may take, where the system keeps to it (Linux).

    Attributes:
        memory: Bytes of addresses.
        seconds: Of computing.
        written: Bytes of one file.
    """

    memory: int
    seconds: int
    written: int


@contextmanager
def running(command: Sequence[str], bounds: Bounds, *, listen: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """A program and whatever it starts, all of which ends with the block.

    Args:
        listen: Its standard output can be read.
    """
    silent = subprocess.DEVNULL
    heard = subprocess.PIPE if listen else silent
    process = subprocess.Popen(command, stdin=silent, stdout=heard, stderr=silent, start_new_session=True)
    try:
        _limit(process.pid, bounds)
        yield process
    finally:
        end(process)
        if process.stdout:
            process.stdout.close()


def _limit(process: int, bounds: Bounds) -> None:
    if sys.platform == "linux":
        import resource

        most = {
            resource.RLIMIT_AS: bounds.memory,
            resource.RLIMIT_CPU: bounds.seconds,
            resource.RLIMIT_FSIZE: bounds.written,
        }
        for what, limit in most.items():
            with suppress(OSError, ValueError):  # it has ended, or stricter limits hold
                resource.prlimit(process, what, (limit, limit))


def end(process: subprocess.Popen[bytes]) -> None:
    """End it and whatever it started; nothing where it has ended."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        import os

        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
