"""A line as it is held against another one, and what it alone says, quoted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Set
from dataclasses import dataclass

from kpicat.similar.words import Words, read

_QUOTED = 60  # characters of a line that a reason quotes


@dataclass(frozen=True, slots=True)
class Work:
    """A line as it is compared, its texts as written.

    Attributes:
        field: The field of work, or the unit whose line it is.
    """

    task: str
    product: str = ""
    detail: str = ""
    field: str = ""

    @property
    def words(self) -> Words:
        """What it is compared by: its name, failing that its detail."""
        return read(self.name)

    @property
    def plain_words(self) -> Words:
        """The same without diacritics, for a line that is held against one typed without them."""
        return read(self.name, plainly=True)

    @property
    def name(self) -> str:
        """The task, failing that the detail."""
        return self.task if self.task.strip() else self.detail


@dataclass(frozen=True, slots=True)
class Side:
    """A line, and what only it says."""

    work: Work
    words: Words
    only: Set[str]

    @property
    def core(self) -> Set[str]:
        """Of what only it says, what makes the work."""
        return self.only & self.words.core

    def quoted(self, keys: Iterable[str]) -> str:
        """The line's own words for these keys."""
        chosen = set(keys)
        return short(" ".join(words for key, words in self.words.said.items() if key in chosen))


def short(text: str) -> str:
    """A text on one line, as long as a reason quotes it."""
    if len(text) <= _QUOTED and text.isprintable():
        return text
    return textwrap.shorten(
        "".join(c if c.isprintable() else " " for c in text[: 10 * _QUOTED]), _QUOTED, placeholder="…"
    )
