"""Keys that a page hears by itself: each press is numbered, as Streamlit makes one run of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def presses(said: object, heard: int) -> Iterator[dict[str, Any]]:
    """What a browser says was pressed, as far as it can be, and was not heard before.

    Args:
        said: As it came: a list of presses, each with its number ``n``.
        heard: Number of the last press that was heard.
    """
    for press in said if isinstance(said, list) else []:
        if isinstance(press, dict) and isinstance(press.get("n"), int) and press["n"] > heard:
            heard = press["n"]
            yield press
