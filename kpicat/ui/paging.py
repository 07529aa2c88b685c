"""A long list a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from kpicat.language import number

T = TypeVar("T")


def page_of(found: Sequence[T], at_once: int, label: str, key: str) -> Sequence[T]:
    """The page of a list that the person chooses here; all of it where it fits on one.

    Args:
        at_once: Entries of a page.
        label: What is chosen, in words.
        key: Of the box it is chosen in.
    """
    n = len(found)
    if n <= at_once:
        return found
    start = st.selectbox(
        label, range(0, n, at_once), key=key, width=240,
        format_func=lambda first: f"{number(first + 1)}–{number(min(first + at_once, n))} / {number(n)}",
    )  # fmt: skip
    return found[start : start + at_once]
