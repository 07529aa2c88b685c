"""Vietnamese typed in VIQR, with plain signs after the letters: "U?y ban nha^n da^n xa~".

It was the way of e-mail and of keyboards without Vietnamese, and all of its signs are ordinary ones too. So a text is
taken for it only where several words have signs that ordinary writing does not put there, all of them are syllables
when read so, and most of the other words are syllables as they stand. What holds an address, a number or a
sign of a programmer is never read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kpicat.memo import remembered
from kpicat.text.syllables import is_syllable

NAME = "VIQR"
_MODIFIED = {"a^": "\u0302", "e^": "\u0302", "o^": "\u0302", "a(": "\u0306", "o+": "\u031b", "u+": "\u031b"}
_TONES = {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_LETTER = re.compile(r"(?P<vowel>[aeiouy])(?P<shape>[\^(+]?)(?P<tone>[`'?~.]?)(?P<late>[\^(+]?)", re.IGNORECASE)
_D = re.compile(r"^[dD][dD](?=[aeiouyAEIOUY])")
_CHUNK = re.compile(r"\S+")
_OTHER_USE = re.compile(r"[\d@_=<>#$%&*|{}\[\]]|://|www\.")
_WORD = re.compile(r"[A-Za-z][A-Za-z^(+`'?~.]*")
_ENDS = ".?'"  # signs that end words and sentences as well
_PLAINLY = re.compile(
    r"[aeo]\^|a\((?=[a-z])|[ou]\+|[aeiouy][`~]|[aeiouy][\^(+]?['?.](?=[a-z])|\bdd[aeiouy]", re.IGNORECASE
)
_FEWEST = 2  # different words that make a text sure
_MOSTLY = 0.75  # of the words that have no signs are syllables


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text is.

    Attributes:
        sure: Its own words tell that it is VIQR.
        possible: It may be, if the texts around it are.
    """

    sure: bool = False
    possible: bool = False


NO = Verdict()


@remembered(50_000)
def judge(text: str) -> Verdict:
    """Whether the text is VIQR, as far as its own words tell."""
    if not text.isascii() or not _PLAINLY.search(text):
        return NO
    marked, plain = set[str](), list[str]()
    for _start, word in _words(text):
        if _read(word) != word:
            marked.add(word)
        elif word.strip(_ENDS).isalpha():
            plain.append(word.strip(_ENDS))
        else:
            return NO  # signs that make no syllable
    told = {word for word in marked if _PLAINLY.search(word)}
    if not told or sum(is_syllable(word) or word.isupper() for word in plain) < _MOSTLY * len(plain):
        return NO
    return Verdict(sure=len(told) >= _FEWEST, possible=True)


def decoded(text: str, usual: Collection[str] = ()) -> str:
    """The text in Unicode; a word that is no syllable when read so stays as it is.

    Args:
        usual: Syllables that stand elsewhere, by which "so+." at the end is "sơ." or "sợ"; the latter where
            neither is among them, as few lines of a catalogue end with a full stop.
    """
    pieces, end = [], 0
    for start, word in _words(text):
        read, bare = _read(word), _read(word[:-1])
        if _may_end(text, start + len(word), word) and bare.lower() in usual and read.lower() not in usual:
            read = bare + word[-1]
        pieces += [text[end:start], read]
        end = start + len(word)
    return "".join([*pieces, text[end:]])


def syllables(text: str) -> Iterator[str]:
    """Those of the text that no sentence ends with."""
    for start, word in _words(text):
        if not _may_end(text, start + len(word), word):
            yield _read(word).lower()


def doubtful(text: str) -> bool:
    """A sign in the text may be a tone or end a sentence, and either gives a syllable."""
    return any(
        _may_end(text, start + len(word), word) and is_syllable(_read(word)) and is_syllable(_read(word[:-1]))
        for start, word in _words(text)
    )


def _may_end(text: str, end: int, word: str) -> bool:
    after = text[end:].lstrip()
    return word[-1] in _ENDS and (not after or after[0].isupper())


def _words(text: str) -> Iterator[tuple[int, str]]:
    """Place and letters of each word, with its signs; what has another use is left out."""
    for chunk in _CHUNK.finditer(text):
        if _OTHER_USE.search(chunk[0]):
            continue
        for found in _WORD.finditer(chunk[0]):
            word, start = found[0], chunk.start() + found.start()
            before, after = text[:start], text[start + len(word) :]
            if "(" in word and after.startswith(")") and before.count("(") == before.count(")"):
                word = word[: word.index("(")]  # "a(n)"
            yield start, word


@remembered(50_000)
def _read(word: str) -> str:
    """The syllable the word is in VIQR, with what ends a sentence after it; the word itself where it is none."""
    for length in range(len(word), 0, -1):
        body, rest = word[:length], word[length:]
        if rest.strip(_ENDS):
            break
        found = unicodedata.normalize("NFC", _LETTER.sub(_letter, _D.sub(_d, body)))
        if is_syllable(found):
            return found + rest
    return word


def _d(found: re.Match[str]) -> str:
    return "Đ" if found[0][0] == "D" else "đ"


def _letter(found: re.Match[str]) -> str:
    vowel = found["vowel"]
    shape = found["shape"] or found["late"]
    if not shape:
        return vowel + _TONES.get(found["tone"], "")
    mark = _MODIFIED.get(vowel.lower() + shape)
    if mark is None or (found["shape"] and found["late"]):
        return found[0]
    return vowel + mark + _TONES.get(found["tone"], "")
