"""Where no news are pushed a page looks for them by itself: not while it is drawn, when it shows the newest anyway."""

from __future__ import annotations

import pytest

from kpicat.ui import live
from tests.app.opening import opened


@pytest.fixture
def looks(monkeypatch):
    """Pages that looked."""
    found = []
    monkeypatch.setattr(live, "_look", lambda _office, _catalogue, _kept, name: found.append(name) or {})
    return found


@pytest.fixture
def ears(monkeypatch):
    """What pages have run by a timer: how often in seconds, and what."""
    found = []
    begin = live.st.fragment

    def fragment(body=None, *, run_every=None, **options):
        if run_every is not None and body.__qualname__.startswith("_looking_ear"):
            found.append((run_every, body))
        return begin(body, run_every=run_every, **options) if body else begin(run_every=run_every, **options)

    monkeypatch.setattr(live.st, "fragment", fragment)
    return found


def test_a_page_looks_when_its_time_comes_and_not_while_it_is_drawn(sample, looks, ears):
    opened("history", sample).run()
    assert looks == []
    (first, _drawn), (second, body) = ears
    assert first == second  # the page's own, or every run would begin another timer
    assert live.EVERY_SECONDS[0] <= first <= live.EVERY_SECONDS[1]
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr(live, "_ear", lambda *_shown: None)
        body()
    assert looks == ["history"]
