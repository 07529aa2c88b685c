"""The language the reasons are compared in."""

import pytest

from kpicat import language


@pytest.fixture(autouse=True)
def in_english():
    with language.speaking("en"):
        yield
