"""Abbreviations: written out where they stand for one thing, left where nothing tells which."""

import pytest

from kpicat.text import abbreviations
from kpicat.text.abbreviations import written_out
from kpicat.text.normalise import canonical


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("BC KT-XH của UBND xã", "báo cáo kinh tế xã hội của ủy ban nhân dân xã"),
        ("bc quý, kh năm", "báo cáo quý, kế hoạch năm"),
        ("Văn phòng ĐU", "văn phòng đảng ủy"),
        ("đung đu đưa", "đung đu đưa"),
        ("BC/KH", "báo cáo/kế hoạch"),
        ("đ/c Bí thư", "đồng chí bí thư"),
        ("TTr của HĐND", "tờ trình của hội đồng nhân dân"),
        ("KT việc thu nộp đảng phí", "kiểm tra việc thu nộp đảng phí"),
        ("Phòng KT", "phòng kinh tế"),
        ("Theo KT", "theo kt"),
        ("TT ĐU", "thường trực đảng ủy"),
        ("TT 80/2025", "thông tư 80/2025"),
        ("Máy N3, khổ A4", "máy n3, khổ a4"),
    ],
)
def test_an_abbreviation_is_written_out_where_one_can_tell(text, full):
    assert written_out(text) == full


@pytest.mark.parametrize("text", ["TIẾP NHẬN CA TRỰC, TU SỬA NHÀ", "Uỷ ban", "", "Lập kế hoạch\ntuần"])
def test_words_stay_words(text):
    assert written_out(text) == canonical(text)


def test_what_is_written_out_is_not_written_out_again():
    for means in abbreviations._single().values():
        assert written_out(means) == means


def test_no_abbreviation_is_listed_twice_and_each_group_has_a_reason():
    shorts = [short.lower() for group in abbreviations._data()["group"] for short in group["means"]]
    shorts += [entry["short"].lower() for entry in abbreviations._data()["several"]]
    assert len(shorts) == len(set(shorts))
    assert all(entry["why"] for kind in ("group", "several") for entry in abbreviations._data()[kind])
