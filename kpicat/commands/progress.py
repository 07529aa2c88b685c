"""A progress bar for whoever watches a terminal; scripts see nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpicat.exchange import Progress


@contextmanager
def bar() -> Iterator[Progress]:
    """A listener to progress, shown on standard error while it lasts where that is a terminal."""
    from kpicat.exchange import no_progress

    if not sys.stderr.isatty():
        yield no_progress
        return
    from tqdm import tqdm

    with tqdm(
        total=100, leave=False, file=sys.stderr, bar_format="{desc} {percentage:3.0f}% |{bar}| {elapsed}"
    ) as shown:

        def tell(share: float, doing: str) -> None:
            shown.set_description_str(doing, refresh=False)
            shown.update(round(share * 100) - shown.n)

        yield tell
