"""One form for each text, and keys by which people's spellings agree."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.text.normalise import canonical, fold, is_turned, one_line, tidy


def test_decomposed_letters_are_composed():
    assert tidy(unicodedata.normalize("NFD", "Đảng ủy xã Nghĩa Lâm")) == "Đảng ủy xã Nghĩa Lâm"


def test_odd_and_invisible_spaces_become_plain_ones():
    assert tidy("\ufeff Báo\u00a0cáo\u200b  quý\t II ") == "Báo cáo quý II"


def test_a_mark_kept_from_its_letter_by_an_invisible_character_joins_it():
    assert tidy("a\u200b\u0301") == "á"


def test_signs_that_turn_the_order_of_letters_are_no_text():
    for sign in "\u061c\u200e\u202a\u202d\u202e\u202c\u2066\u2067\u2069\u206a":
        assert tidy(f"Báo {sign}cáo{sign}") == "Báo cáo"
    assert is_turned("Báo \u202ecáo") and not is_turned("Báo\u200b cáo")


def test_the_icelandic_letter_of_old_keyboards_is_a_vietnamese_one():
    assert tidy("Ðảng bộ") == "Đảng bộ"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("Tham mưu xây dựng\nkế hoạch", "Tham mưu xây dựng kế hoạch"),
        ("CÔNG TÁC XÂY DỰNG\r\nĐẢNG", "CÔNG TÁC XÂY DỰNG ĐẢNG"),
        ("Kế hoạch,\nBáo cáo", "Kế hoạch, Báo cáo"),
        ("Kế hoạch\nBáo cáo", "Kế hoạch\nBáo cáo"),
        ("gồm:\na) kế hoạch\nb) báo cáo", "gồm:\na) kế hoạch\nb) báo cáo"),
        ("- kế hoạch\n\n - báo cáo", "- kế hoạch\n- báo cáo"),
    ],
)
def test_a_line_broken_inside_a_sentence_is_joined_and_a_list_is_kept(broken, mended):
    assert tidy(broken) == mended


def test_a_name_is_on_one_line():
    assert one_line("Văn phòng\nĐảng ủy") == "Văn phòng Đảng ủy"


@pytest.mark.parametrize(
    ("a", "b"), [("Uỷ ban", "ỦY BAN"), ("hoà giải", "hòa giải"), ("Thuỷ lợi", "thủy lợi"), ("sức khoẻ", "sức khỏe")]
)
def test_old_and_new_tone_marks_compare_equal(a, b):
    assert canonical(a) == canonical(b)


@pytest.mark.parametrize("word", ["quý", "quỹ", "hoàn", "thuyết"])
def test_tone_marks_stay_where_only_one_spelling_is_right(word):
    assert canonical(word) == word


def test_comparing_keeps_diacritics_and_searching_does_not():
    assert canonical("Mức") != canonical("Mục")
    assert fold("Mức") == fold("Mục") == "muc"
    assert fold("Đảng\nỦy") == "dang uy"


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)
    assert fold(fold(text)) == fold(text)
