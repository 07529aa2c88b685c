"""What bringing a file in holds at most, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ON_LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read off Linux's /proc")
_READING = """
import resource, sys
from kpicat import guidance
from kpicat.exchange import read
content = open(sys.argv[1], "rb").read()
assert len(read(content, sys.argv[1], guidance.get("phu_luc_3")).items) == int(sys.argv[2])
# the peak of this program: getrusage would count that of the process it was started from
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print((own + reader) // 1024)
"""


def peak(path: Path, items: int) -> int:
    """MB that reading a file of so many items holds at most, together with the program that reads on its behalf."""
    asked = [sys.executable, "-c", _READING, str(path), str(items)]
    return int(subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
