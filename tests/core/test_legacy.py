"""Legacy text is recognised by its syllables; what is no legacy text is never touched."""

import unicodedata
from collections import ChainMap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.text import legacy
from kpicat.text.legacy import Legacy, decoded, judge
from kpicat.text.syllables import ONSETS, RIMES, TONES, is_syllable

VOWELS = "aăâeêioôơuưy"


def _syllables():
    for onset in ONSETS:
        for rime in RIMES:
            yield onset + rime if not rime.endswith(("c", "p", "t", "ch")) else ""
            for tone in "\u0301\u0323" if rime.endswith(("c", "p", "t", "ch")) else TONES:
                for place in (n for n, letter in enumerate(rime, start=1) if letter in VOWELS):
                    yield unicodedata.normalize("NFC", onset + rime[:place] + tone + rime[place:])


SYLLABLES = sorted(set(_syllables()) - {""})
USUAL = """
tiếng việt được viết bằng chữ cái có dấu của nước nhà ủy ban nhân dân xã thường trực đảng ủy báo cáo kế hoạch
quyết định thẩm tra hồ sơ nghĩa vụ chương trình giải quyết khiếu nại tố cáo kiểm điểm tổ chức hội nghị chuyển đổi số
đất đai xây dựng bồi dưỡng nghiệp vụ huyện tỉnh phường quý tháng tuần ngày giờ mỗi lượt người chịu trách nhiệm
"""
MARKED = [syllable for syllable in USUAL.split() if not syllable.isascii()]


def written(text, old):
    """The text as a program of those years kept it; the capitals TCVN3 has not are small there."""
    table = {letter: signs for signs, letter in reversed(legacy._TABLES[old][0].items())}
    small = {letter.upper(): signs for letter, signs in table.items()} if old is Legacy.TCVN3 else {}
    signs = ChainMap(table, small)
    return "".join(signs.get(letter, letter) for letter in text)


@pytest.mark.parametrize("old", Legacy)
def test_every_syllable_comes_back(old):
    assert len(SYLLABLES) > 15_000
    assert [s for s in SYLLABLES if decoded(written(s, old), old) != s] == []


@pytest.mark.parametrize("old", Legacy)
@given(st.lists(st.sampled_from(MARKED), min_size=3, max_size=12))
def test_a_sentence_is_recognised_or_left_open_but_never_denied(old, words):
    verdict = judge(written(" ".join(words), old))
    assert old in verdict.possible or verdict.stands or not verdict.sure


def test_a_word_kept_the_same_way_then_and_now_denies_nothing():
    assert judge("trình") == legacy.Verdict(sure=False, possible=(Legacy.VNI,), stands=True)
    assert judge("María García") == legacy.UNICODE


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=12), st.sampled_from(["NFC", "NFD"]))
def test_vietnamese_in_unicode_is_never_taken_for_sure_for_anything_older(words, form):
    verdict = judge(unicodedata.normalize(form, " ".join(words)))
    assert not (verdict.sure and verdict.possible)


@pytest.mark.parametrize(
    "text",
    ["", "HCC.01", "1.240,5", "m²", "25 °C ± 2", "© 2026", "§ 5", "½ ngày", "N1", "10 µg/m³", "“Đề án” – số 5…",
     "café crème brûlée", "Österreich für Müller", "São Paulo", "El Niño, señor", "Genève, Zürich", "déjà vu",
     "Deliver résumés to the naïve façade", "Nguyễn Văn Á", "Ủy ban nhân dân xã", "UỶ BAN"],
)  # fmt: skip
def test_what_is_not_legacy_stays(text):
    verdict = judge(text)
    assert not (verdict.sure and verdict.possible)


@pytest.mark.parametrize(
    ("text", "old", "meant"),
    [
        ("ñy ban nh©n d©n x·", Legacy.TCVN3, "ủy ban nhân dân xã"),
        ("TiÕp c«ng d©n ®Þnh kú", Legacy.TCVN3, "Tiếp công dân định kỳ"),
        ("§¶ng uû, Uû ban KiÓm tra", Legacy.TCVN3, "Đảng uỷ, Uỷ ban Kiểm tra"),
        ("B¸O C¸O TH¸NG", Legacy.TCVN3, "BÁO CÁO THÁNG"),
        ("Th­êng vô ®­îc giao", Legacy.TCVN3, "Thường vụ được giao"),
        ("UÛY BAN NHAÂN DAÂN", Legacy.VNI, "ỦY BAN NHÂN DÂN"),
        ("Tieáp coâng daân ñònh kyø", Legacy.VNI, "Tiếp công dân định kỳ"),
        ("Giaáy chöùng nhaän quyeàn söû duïng ñaát", Legacy.VNI, "Giấy chứng nhận quyền sử dụng đất"),
    ],
)
def test_what_offices_kept_for_years_is_read(text, old, meant):
    assert judge(text) == legacy.Verdict(sure=True, possible=(old,))
    assert decoded(text, old) == meant


def test_bytes_read_as_the_code_page_of_windows_are_read_too():
    text = written("Tiếp công dân định kỳ của Bí thư", Legacy.TCVN3).encode("latin-1").decode("cp1258")
    assert judge(text).possible == (Legacy.TCVN3,)
    assert decoded(text, Legacy.TCVN3) == "Tiếp công dân định kỳ của Bí thư"


@pytest.mark.parametrize("word", ["hòa", "hoà", "ủy", "uỷ", "nghiêng", "quyết", "gì", "giếng", "khuỷu", "Đảng"])
def test_syllables_are_known_whatever_the_place_of_the_tone(word):
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", ["nh©n", "été", "façade", "bac", "ñy", "côp̃", "tõt", "xyz"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)
