"""Find and replace in texts: exactly what was meant, each place looked at before."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpicat.model import Edit
from kpicat.services.bulk.proposal import TEXTS, Proposal, proposal, within
from kpicat.services.view import View
from kpicat.text.normalise import fold, tidy


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for, and what to put in its place.

    Attributes:
        words: As typed; a space at either end counts.
        fields: Where to look, of :data:`TEXTS`.
        case: Capitals count.
        whole: Only cells that hold nothing else.
        bare: Diacritics do not count: "uy ban" finds "Ủy ban". Off unless asked for, because
            words that differ only in them are different words ("mức", "mục").
    """

    words: str
    instead: str = ""
    fields: tuple[str, ...] = TEXTS
    case: bool = False
    whole: bool = False
    bare: bool = False

    def key(self, character: str) -> str:
        """What a character is compared by: one character, or none for a loose diacritic."""
        if self.bare and not unicodedata.combining(character):
            bare = fold(character) or " "
            return bare.upper() if self.case and character.isupper() else bare
        if self.bare:
            return ""
        lower = character.lower()
        return character if self.case or len(lower) > 1 else lower

    def put(self, found: str) -> str:
        """What stands in place of ``found``; a capital that did not count stays a capital, as in Word."""
        if not self.case and found[0].isupper() and self.words[0].islower():
            return self.instead[:1].upper() + self.instead[1:]
        return self.instead


@dataclass(frozen=True, slots=True)
class Match:
    """A cell in which something was found, as it is and as it would be."""

    item_id: str
    field: str
    before: str
    after: str


def matches(view: View, ids: Sequence[str], search: Search) -> list[Match]:
    """Every cell that would change, in catalogue order."""
    words = unicodedata.normalize("NFC", search.words)
    needle = "".join(map(search.key, words))
    if not needle.strip():
        return []
    meant = within(view, ids)
    found = []
    columns = {name: view.items[name].loc[meant].tolist() for name in search.fields}
    for n, item_id in enumerate(meant):
        for name, texts in columns.items():
            before = texts[n]
            if _may_hold(before, words, search):
                after = _replaced(before, needle, search)
                if after != before:
                    found.append(Match(item_id, name, before, after))
    return found


def replace(view: View, found: Sequence[Match]) -> Proposal:
    """The cells agreed to, as one batch."""
    return proposal(view, [Edit(match.item_id, match.field, match.before, match.after) for match in found])


def _may_hold(text: str, words: str, search: Search) -> bool:
    """A quick look that never says no to a cell that holds it."""
    return fold(words) in fold(text)


def _replaced(before: str, needle: str, search: Search) -> str:
    text = unicodedata.normalize("NFC", before)  # else "a" would be found in "á"
    pieces, done = [], 0
    for start, end in _spans(text, needle, search):
        pieces += [text[done:start], search.put(text[start:end])]
        done = end
    return tidy("".join([*pieces, text[done:]])) if pieces else before


def _spans(text: str, needle: str, search: Search) -> Iterator[tuple[int, int]]:
    """Where ``needle`` stands in ``text``, left to right, none over another."""
    keys, begins = [], []
    for n, character in enumerate(text):
        if key := search.key(character):
            keys.append(key)
            begins.append(n)
    begins.append(len(text))
    haystack = "".join(keys)
    if search.whole:
        if haystack == needle:
            yield 0, len(text)
        return
    at = haystack.find(needle)
    while at >= 0:
        yield begins[at], begins[at + len(needle)]
        at = haystack.find(needle, at + len(needle))
