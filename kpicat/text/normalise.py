"""One form for each Vietnamese text: composed letters, plain spaces, mended lines; keys to compare by.

Three strengths, each built on the one before it:

* :func:`tidy` is what is kept: what the person wrote, without accidents of typing;
* :func:`canonical` compares words and keeps diacritics ("mức" is not "mục");
* :func:`fold` searches as people type in a hurry, without any ("uy ban" finds "Ủy ban").
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise, product

from kpicat.memo import remembered

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\r\v\f\u0085\u2028\u2029"
_TURNING = "\u202a-\u202e\u2066-\u2069"  # they have letters shown in another order than they stand in
# Not \u200c and \u200d: Vietnamese has no use for them, so they are accidents too.
_NOTHING = f"\u00ad\u061c\u200b-\u200f{_TURNING}\u2060-\u2065\u206a-\u206f\ufeff\ufffe\x00-\x08\x0e-\x1f\x7f"
_UNTIDY = re.compile(rf"[{_SPACES}{_BREAKS}{_NOTHING}\t\nÐð]")  # one set of signs: a fifth of the time of a choice
_SPACE = re.compile(rf"[{_SPACES}\t ]+")
_BREAK = re.compile(rf"\r\n?|[{_BREAKS}]|\n")
_TURNED = re.compile(rf"[{_TURNING}]")
_NO_WIDTH = re.compile(rf"[{_NOTHING}]+")
_ETH = str.maketrans("Ðð", "Đđ")  # Icelandic letters that old keyboards put for Đ
_LIST_MARK = re.compile(r"[-–—+*•●▪✓]\s*\S|\(?(?:[a-zđ]|\d{1,2}|[ivx]{1,4})[.)]\s*\S", re.IGNORECASE)
_ENDS_A_SENTENCE = (".", ";", ":", "!", "?")


def tidy(text: str) -> str:
    """``text`` in composed Unicode with plain single spaces and no invisible characters.

    A line that was broken in the middle of a sentence is joined again; a break
    before a list mark, after a closing sign or before a capital stays.
    """
    if _is_tidy(text):
        return text
    # Invisible characters first: one between a letter and its tone mark keeps them apart.
    text = unicodedata.normalize("NFC", _NO_WIDTH.sub("", _BREAK.sub("\n", text))).translate(_ETH)
    lines = [line for raw in text.split("\n") if (line := _SPACE.sub(" ", raw).strip())]
    if len(lines) < 2:
        return "".join(lines)
    joined = lines[0]
    for before, line in pairwise(lines):
        joined += ("\n" if _begins_anew(before, line) else " ") + line
    return joined


def _is_tidy(text: str) -> bool:
    spaced = text[:1] != " " and text[-1:] != " " and "  " not in text
    return spaced and unicodedata.is_normalized("NFC", text) and not _UNTIDY.search(text)


def is_turned(text: str) -> bool:
    """Whether hidden signs show its letters in another order than they stand in, so that it reads as it is not."""
    return _TURNED.search(text) is not None


def one_line(text: str) -> str:
    """``text`` tidied, on a single line: for names and other short values."""
    text = tidy(text)
    return text.replace("\n", " ") if "\n" in text else text


def _begins_anew(before: str, line: str) -> bool:
    if _LIST_MARK.match(line) or before.endswith(_ENDS_A_SENTENCE):
        return True
    return line[0].isupper() and not before.isupper() and not before.endswith((",", "-", "–", "/", "("))


# -- keys to compare by --------------------------------------------------------


def _tone_spellings() -> dict[str, str]:
    """Final oà, oè, uỳ with the tone on the second vowel -> on the first (hoà -> hòa)."""
    tones = "\u0300\u0301\u0309\u0303\u0323"
    return {
        first + unicodedata.normalize("NFC", second + tone): unicodedata.normalize("NFC", first + tone) + second
        for (first, second), tone in product((("o", "a"), ("o", "e"), ("u", "y")), tones)
    }


_TONES = _tone_spellings()
_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)")


def canonical(text: str) -> str:
    """``text`` as words to compare: one line, lower case, one spelling of tone marks.

    "Uỷ ban" and "ỦY BAN" agree; "mức" and "mục" do not.
    """
    return _TONE.sub(lambda found: _TONES[found[0]], one_line(text).lower())


def _bare_letters() -> dict[int, str]:
    """Each precomposed Vietnamese letter (and each loose mark) -> its bare lower-case letter."""
    letters = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
    table = {}
    for letter in letters:
        base = unicodedata.normalize("NFD", chr(letter).lower())[0]
        if base.isascii():
            table[letter] = base
    table |= dict.fromkeys(range(0x300, 0x370), "")
    return table | dict.fromkeys(map(ord, "ĐđÐð"), "d")


_BARE = _bare_letters()


@remembered(100_000)
def fold(text: str) -> str:
    """``text`` for search: lower case, no diacritics, đ as d, single spaces, one line."""
    return " ".join(filter(None, map(_bare, tidy(text).split())))


@remembered(50_000)
def _bare(word: str) -> str:
    """A word for search: of words there are few, and to take off their marks is dear."""
    return word.translate(_BARE).lower()
