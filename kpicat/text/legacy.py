"""Vietnamese typed in TCVN3 (ABC, .VnTime) or VNI-Windows: recognised by its syllables and put into Unicode.

Both kept each letter in one byte or two that other programs show as Western letters:
"ñy ban nh©n d©n" is TCVN3 for "ủy ban nhân dân", "uûy ban nhaân daân" is VNI. Fonts
are not asked, as most files have lost them on their way. A text is legacy where its
marked words are no Vietnamese syllables as they stand and nearly all are when read
so; correct Vietnamese, other languages, codes and numbers do not satisfy both.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass

from kpicat.memo import remembered
from kpicat.text.syllables import TONES, is_syllable

_MODERN = re.compile("[\u0128\u0129\u0168\u0169\u1ea0-\u1ef9]")  # letters neither they nor code page 1258 have
_ABBREVIATION = re.compile("(?i:[bcdđghklmnpqrstvxy]{0,5})")
_SUSPECT = re.compile("[\u00a1-\u00ff]")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
_WITH_SIGNS = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00bf])+")  # "§¨ng" of old is one word, and no syllable
_NEARLY_ALL = 0.8
_FEWEST = 2  # different marked words that make a text sure by itself
_CAPITALS = 2  # that tell a capital font, whose letters with marks are kept as small ones


class Legacy(enum.Enum):
    """An old way to keep Vietnamese letters, by the name people know it."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text is.

    Attributes:
        sure: Its own words tell; otherwise ``possible`` waits for what the texts around it are.
        possible: What it may be; nothing for correct Vietnamese and for what is none.
        stands: Its words are syllables as they are, too.
    """

    sure: bool
    possible: tuple[Legacy, ...] = ()
    stands: bool = False


UNICODE = Verdict(sure=True)
NOTHING_MARKED = Verdict(sure=False)


@remembered(50_000)
def judge(text: str) -> Verdict:
    """Whether the text is legacy, as far as its own words tell."""
    if _MODERN.search(text):
        return UNICODE
    western = text.translate(_FROM_CP1258)
    if not _SUSPECT.search(western):
        return NOTHING_MARKED
    words = [word for word in set(_WORD.findall(western)) if not _OLD_SIGNS.isdisjoint(word)]
    shares = {legacy: _share(words, legacy) for legacy in Legacy}
    best = max(shares.values())
    if not words or best < _NEARLY_ALL:
        return UNICODE if words else NOTHING_MARKED
    right = _share_of_syllables(words if western == text else _marked(unicodedata.normalize("NFC", text)))
    possible = tuple(legacy for legacy, share in shares.items() if share == best)
    if right == 1 and (best < 1 or western != text):
        return UNICODE
    sure = right < best / 2 and len(words) >= _FEWEST and len(possible) == 1
    return Verdict(sure, possible, stands=right == 1)


def _share(words: list[str], legacy: Legacy) -> float:
    """How many of the words become syllables, abbreviations around đ ("QĐ") not counted.

    0 where none changes, unless it was kept so of old as well: the í of "trí" is the same sign in VNI.
    """
    read = [decoded(word, legacy) for word in words]
    if read == words and not _OLD_SIGNS.intersection("".join(words)) <= _SAME_SIGNS[legacy]:
        return 0.0
    told = [word for word in read if not _ABBREVIATION.fullmatch(word)]
    return _share_of_syllables(told) if told else 1.0


def decoded(text: str, legacy: Legacy) -> str:
    """The text in Unicode, read as ``legacy``."""
    table, pattern = _TABLES[legacy]
    western = text.translate(_FROM_CP1258)
    found = unicodedata.normalize("NFC", pattern.sub(lambda letter: table[letter[0]], western))
    return _in_capitals(western, found) if legacy is Legacy.TCVN3 else found


def _marked(text: str) -> list[str]:
    words = (word for word in _WITH_SIGNS.findall(text) if not word.isascii())
    return [word for word in words if not _ABBREVIATION.fullmatch(word)]


def _share_of_syllables(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words) if words else 1.0


def _in_capitals(written: str, found: str) -> str:
    """TCVN3 has few capitals with marks; its capital fonts (.VnTimeH) show small letters as capitals."""
    plain = [c for c in written if c.isascii() and c.isalpha()]
    if len(plain) >= _CAPITALS and all(c.isupper() for c in plain):
        return found.upper()
    return " ".join(
        after.upper() if _is_capitals(before) else after
        for before, after in zip(written.split(" "), found.split(" "), strict=True)
    )


def _is_capitals(word: str) -> bool:
    plain = [c for c in word if c.isascii() and c.isalpha()]
    return len(plain) >= _CAPITALS and all(c.isupper() for c in plain)


# -- the letters ---------------------------------------------------------------

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_FROM_CP1258 = str.maketrans("ĂĐƠƯăđơư₫\u0300\u0309\u0303\u0301\u0323", "ÃÐÕÝãðõýþÌÒÞìò")
"""A file of bytes may have been read as the Vietnamese code page of Windows, which neither of them is."""


def _vni() -> dict[str, str]:
    """VNI's one or two signs -> letter."""
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", "aê": "ă", "aâ": "â", "eâ": "ê", "oâ": "ô"}
    table |= dict(zip("ìíóæò", "ìíĩỉị", strict=True))
    stems = [*((c, c, "øùõûï") for c in "aeouy"), ("ơ", "ô", "øùõûï"), ("ư", "ö", "øùõûï"), ("ă", "a", "èéüúë")]
    stems += [(stem, base, "àáãåä") for stem, base in zip("âêô", "aeo", strict=True)]
    for stem, written, signs in stems:
        for sign, tone in zip(signs, TONES, strict=True):
            table[written + sign] = unicodedata.normalize("NFC", stem + tone)
    capitals = {signs.upper(): letter.upper() for signs, letter in table.items()}
    return capitals | {signs[0].upper() + signs[1:]: c.upper() for signs, c in table.items() if len(signs) == 2} | table


def _tables() -> dict[Legacy, tuple[dict[str, str], re.Pattern[str]]]:
    found = {}
    for legacy, table in ((Legacy.TCVN3, dict(zip(_TCVN3, _LETTERS, strict=True))), (Legacy.VNI, _vni())):
        signs = sorted(table, key=len, reverse=True)
        found[legacy] = table, re.compile("|".join(map(re.escape, signs)))
    return found


_TABLES = _tables()
_SAME_SIGNS = {
    legacy: {c for c, letter in table.items() if c == letter} for legacy, (table, _pattern) in _TABLES.items()
}
_OLD_SIGNS = frozenset(c for table, _pattern in _TABLES.values() for signs in table for c in signs if ord(c) > 127)
