"""What the tests of an installation share: nothing is set but what a test sets."""

from __future__ import annotations

import pytest

from kpicat import settings


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch):
    """No settings but those of the test."""
    for name in [*settings.unknown_variables(), *(each.variable for each in settings.KNOWN.values())]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KPICAT_SETTINGS", "")
