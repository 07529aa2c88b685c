"""Words of one field: they may stand for one another, and what both lines say stands for nothing else."""

import tomllib
from collections import Counter

import pytest

from kpicat.settings import ROOT
from kpicat.similar import Verdict, Work, judge
from kpicat.similar.combining import learnt, marks
from kpicat.similar.comparison import Comparison
from kpicat.similar.fields import answered, fields
from kpicat.similar.words import read

NOTHING = read("")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Work("Khám sức khỏe cho người cao tuổi", "Lượt khám"),
            Work("Tổ chức khám bệnh cho người già", "Người được khám"),
        ),
        (Work("Chụp ảnh, viết tin hội nghị", "Tin, ảnh"), Work("Đưa tin bài về hội nghị", "Tin bài")),
        (
            Work("Phun thuốc diệt muỗi", "Hộ được phun"),
            Work("Phun hóa chất diệt muỗi phòng sốt xuất huyết", "Hộ được phun"),
        ),
        (Work("Ra quân dọn rác bãi biển", "Buổi ra quân"), Work("Tổng vệ sinh bãi biển", "Buổi")),
        (Work("Tập huấn kỹ thuật nuôi ong", "Lớp"), Work("Hướng dẫn bà con kỹ thuật nuôi ong", "Buổi hướng dẫn")),
    ],
)
def test_two_offices_words_for_one_work(one, other):
    assert judge(one, other).verdict is judge(other, one).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rà soát chương trình OCOP theo chuyên đề", "Rà soát chương trình OCOP cho học sinh"),
        ("Theo dõi vốn đầu tư công tháng", "Theo dõi vốn đầu tư công theo chuyên đề"),
        ("Tham mưu xây dựng dữ liệu đất đai theo chuyên đề", "Lập dữ liệu đất đai cho học sinh"),
    ],
)
def test_lines_that_share_a_subject_are_no_repeat(one, other):
    assert judge(Work(one), Work(other)).verdict is not Verdict.SAME


def test_what_a_line_says_alone_is_answered_by_a_word_of_its_field():
    one, other = read("Sửa chữa kênh mương"), read("Duy tu thủy lợi nội đồng")
    mine = answered(one, other, NOTHING)
    assert (mine.said, mine.unsaid) == (0, 0) and mine.near == mine.all
    assert answered(read("Sửa chữa kênh mương"), read("Khám thai"), NOTHING).near == 0


def test_what_both_say_stands_for_nothing_else():
    """“Rác thải” is of the field of “vệ sinh môi trường”, but that both lines say."""
    one, other = read("Vệ sinh môi trường, rác thải"), read("Vệ sinh môi trường")
    assert answered(one, other, NOTHING).near == 0
    assert answered(read("Rác thải"), other, NOTHING).near == 2


def test_a_text_without_diacritics_is_answered_by_its_letters():
    one, other = read("Sua chua kenh muong"), read("Duy tu thuy loi noi dong")
    assert answered(one, other, NOTHING).unsaid == 0


def test_the_product_answers_too():
    assert answered(read("Chấm bài"), read("Coi thi"), read("Bảng tính điểm")).said == 0
    assert answered(read("Sửa kênh mương"), read("Sửa"), read("Công trình thủy lợi")).unsaid == 0


def test_the_file_of_fields():
    data = tomllib.loads((ROOT / "data" / "lexicon" / "similar_fields.toml").read_text("utf-8"))
    assert set(data) == {"acts", "things"}
    for groups in data.values():
        for why, words in groups.items():
            assert len(words) > 2, why
            assert [word for word, times in Counter(words).items() if times > 1] == [], why
    assert fields().acts == frozenset(range(len(data["acts"])))


def test_opposites_do_not_stand_for_each_other():
    for one, other in (("khai sinh", "khai tử"), ("trực tiếp", "trực tuyến"), ("văn bản đi", "văn bản đến")):
        assert answered(read(one), read(other), NOTHING).near == 0


def test_the_weights_are_of_the_marks_there_are():
    pair = Comparison.of(Work("Sửa chữa kênh mương"), Work("Tu bổ kênh mương"))
    for weights in learnt()["weights"].values():
        assert list(weights) == [*marks(pair, "different"), "always"]
