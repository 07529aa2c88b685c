"""VIQR is recognised by its syllables; addresses, codes, formulas and ordinary signs are never touched."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.text import viqr
from tests.core.test_legacy import MARKED, SYLLABLES

SIGNS = {"\u0302": "^", "\u0306": "(", "\u031b": "+", "\u0300": "`", "\u0301": "'", "\u0309": "?", "\u0303": "~",
         "\u0323": "."}  # fmt: skip


def in_viqr(text):
    """The text as it was typed with signs: first the shape of the letter, then its tone."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "dd").replace("Đ", "DD"))
    apart = re.sub("([\u0300\u0301\u0303\u0309\u0323])([\u0302\u0306\u031b])", r"\2\1", apart)
    return "".join(SIGNS.get(letter, letter) for letter in apart)


def test_every_syllable_comes_back():
    assert [s for s in SYLLABLES if viqr.decoded(in_viqr(s)) != s] == []


@given(st.lists(st.sampled_from(MARKED), min_size=4, max_size=12, unique=True))
def test_a_sentence_is_recognised_or_left_open_but_never_denied(words):
    text = in_viqr(" ".join([*words, "xã"]))
    assert viqr.judge(text).possible
    assert viqr.decoded(text) == " ".join([*words, "xã"])


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=12))
def test_vietnamese_in_unicode_is_never_taken_for_it(words):
    text = " ".join(words)
    assert text.isascii() or viqr.judge(text) == viqr.NO


@pytest.mark.parametrize(
    "text",
    ["", "m^2", "10 m^2, 5 m^3", "hoa.bi@xa.vn", "http://xa.vn/~ba^n", "VP.01", "a^b, c^d", "C++ va D++", "A(n)",
     "f(x+y)", "~5 lan/thang", "Co khong? Co.", "Ho so? Bao cao.", "Ho so.Bao cao", "What's this? I don't know.",
     "e.g. a.m. i.e.", "L'eau a la mer", "=A1^2+B1^2", "x^n + y^n", "O'Brien's", "U.B.N.D", "UBND.TT", "Thu'", "to+",
     "snake_ca~e"],
)  # fmt: skip
def test_what_is_not_viqr_is_never_sure(text):
    assert not viqr.judge(text).sure


@pytest.mark.parametrize("text", ["hoa.bi@xa.vn", "10 m^2", "www.xa~.vn", "=A1^2", "Thu'@x", "{a^}"])
def test_within_viqr_too_what_has_another_use_stays(text):
    whole = f"U?y ban nha^n da^n xa~ {text} ba'o ca'o"
    assert viqr.judge(whole).sure
    assert viqr.decoded(whole) == f"Ủy ban nhân dân xã {text} báo cáo"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("U?y ban nha^n da^n xa~", "Ủy ban nhân dân xã"),
        ("NGHI. QUYE^'T DDA?NG BO^.", "NGHỊ QUYẾT ĐẢNG BỘ"),
        ("Gia?i quye^'t ddo+n (khie^'u na.i, to^' ca'o).", "Giải quyết đơn (khiếu nại, tố cáo)."),
        ("Die^~n ta^.p pho`ng thu? ca^'p xa~ (na(m 2026)", "Diễn tập phòng thủ cấp xã (năm 2026)"),
        ("La^.p ba'o ca'o tha'ng?", "Lập báo cáo tháng?"),
    ],
)  # fmt: skip
def test_what_is_typed_with_signs_is_read(text, meant):
    assert viqr.judge(text).sure
    assert viqr.decoded(text) == meant
