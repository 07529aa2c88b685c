"""Each figure that is held to a bound is told with it at the end of the run; and the one browser of all who need it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import chromium, desks, editing, lines, person, port, server  # noqa: F401

_TOLD = pytest.StashKey[list[str]]()


@pytest.fixture
def bounded(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Hold a figure to its bound: ``bounded(seconds, 3)``, ``bounded(peak, 500, "MB")``."""
    told = request.config.stash.setdefault(_TOLD, [])

    def hold(figure: float, bound: float, unit: str = "s") -> None:
        told.append(f"{figure:8.2f} of {bound:6.2f} {unit:2}  {request.node.path.stem}::{request.node.name}")
        assert figure <= bound

    return hold


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print them."""
    if told := config.stash.get(_TOLD, []):
        terminalreporter.section("figures and their bounds; seconds are those of computing")
        for line in told:
            terminalreporter.write_line(line)
