"""A clock for what is computed, so that figures taken on a busy machine are those of a quiet one."""

from __future__ import annotations

import os

import pytest


def computed() -> float:
    """Seconds of computing by this process and those it has waited for; with a core to itself, what a person waits."""
    return sum(os.times()[:4])


COMPUTED = pytest.mark.benchmark(timer=computed)
"""For tests whose limits hold for computing."""
