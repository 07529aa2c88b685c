"""Which words can be Vietnamese syllables: an onset, a rime, at most one tone."""

from __future__ import annotations

import re
import unicodedata

from kpicat.memo import remembered

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong op ot
    ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh
    uyn uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yên yêm yêt yêu yêng
"""
ONSETS = ("", *_ONSETS.split())
RIMES = tuple(_RIMES.split())
TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED = ("c", "ch", "p", "t")
_STOPPED_TONES = "\u0301\u0323"  # sắc and nặng, the only tones before a stop
_SYLLABLE = re.compile(rf"(?:{'|'.join(ONSETS)})(?:{'|'.join(RIMES)})")
_ON_A_VOWEL = re.compile(f"(?<=[aeiouy\u0302\u0306\u031b])[{TONES}]")


_SPLIT = re.compile(
    rf"({'|'.join(sorted(ONSETS, key=len, reverse=True))})({'|'.join(sorted(RIMES, key=len, reverse=True))})"
)


@remembered(50_000)
def at_home(syllable: str) -> str:
    """A syllable in small letters with its tone on the vowel it belongs to ("lọai" is "loại"); another as it is."""
    if syllable.isascii():
        return syllable  # no tone to move
    apart = unicodedata.normalize("NFD", syllable)
    tones = _ON_A_VOWEL.findall(apart)
    bare = unicodedata.normalize("NFC", _ON_A_VOWEL.sub("", apart))
    if len(tones) != 1 or (found := _SPLIT.fullmatch(bare)) is None:
        return syllable
    rime = found[2]
    vowels = [at for at, letter in enumerate(rime) if _bare_vowel(letter)]
    hatted = [at for at in vowels if len(unicodedata.normalize("NFD", rime[at])) > 1]
    if hatted:
        place = hatted[-1]
    elif len(rime) > vowels[-1] + 1:
        place = vowels[-1]
    else:
        place = vowels[len(vowels) // 2 if len(vowels) > 2 else 0]
    toned = unicodedata.normalize("NFC", rime[: place + 1] + tones[0])
    return found[1] + toned + rime[place + 1 :]


def _bare_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0] in "aeiouy"


@remembered(50_000)
def is_syllable(word: str) -> bool:
    """The word is spelled as a Vietnamese syllable is; its tone may stand on any of its vowels."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = _ON_A_VOWEL.findall(apart)
    bare = unicodedata.normalize("NFC", _ON_A_VOWEL.sub("", apart))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not bare.endswith(_STOPPED) or (bool(tones) and tones[0] in _STOPPED_TONES)
