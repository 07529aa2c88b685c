"""Lines that are one work are found without comparing all with all, and the index follows edits."""

import random

from kpicat.similar import Index, Verdict, Work, judge, pairs, repeats

ACTS = ("Kiểm tra", "Thẩm định", "Tham mưu", "Lập", "Theo dõi", "Quản lý")
THINGS = ("hồ sơ hộ tịch", "khai tử", "kế hoạch tuyển sinh", "văn bản đi", "VB đi", "tài sản công", "KH CĐS")
WHEN = ("", "quý", "tháng", "năm 2026", "của Đảng ủy", "của xã", "trên địa bàn")


def works(count, seed=3):
    draw = random.Random(seed)
    return {n: Work(" ".join(draw.choice(words) for words in (ACTS, THINGS, WHEN))) for n in range(count)}


def test_every_pair_that_is_the_same_is_found():
    lines = works(60)
    all_with_all = {(a, b) for a in lines for b in lines if a < b and judge(lines[a], lines[b]).verdict is Verdict.SAME}
    found = {(pair.a, pair.b) for pair in pairs(lines) if pair.judgement.verdict is Verdict.SAME}
    assert found == all_with_all and len(found) > 20


def test_nearly_every_related_pair_is_found():
    lines = works(60)
    related = {(a, b) for a in lines for b in lines if a < b and judge(lines[a], lines[b]).verdict is Verdict.RELATED}
    found = {(pair.a, pair.b) for pair in pairs(lines) if pair.judgement.verdict is Verdict.RELATED}
    assert found <= related
    assert len(found) >= 0.9 * len(related)


def test_pairs_are_found_across_catalogues():
    lines = {("xa", "1"): Work("Phát hành văn bản đi"), ("truong", "1"): Work("Thực hiện phát hành VB đi")}
    (pair,) = pairs(lines)
    assert (pair.a, pair.b, pair.judgement.verdict) == (("xa", "1"), ("truong", "1"), Verdict.SAME)


def test_the_same_come_first_and_the_line_itself_is_left_out():
    index = Index({1: Work("Đăng ký khai tử"), 2: Work("Đăng ký hộ tịch"), 3: Work("Thực hiện đăng kí khai tử")})
    assert [match.id for match in index.query(Work("Đăng ký khai tử"), but=1)] == [3, 2]


def test_an_abbreviation_is_found_from_either_side():
    short, long = Work("Duy trì CLBKVDS"), Work("Duy trì câu lạc bộ khiêu vũ dưỡng sinh")
    assert Index({1: short}).query(long) and Index({1: long}).query(short)


def test_an_index_that_followed_edits_answers_as_a_new_one():
    draw, lines = random.Random(5), works(80)
    index = Index(lines)
    for n, work in works(120, seed=8).items():
        line = draw.randrange(100)
        if n % 3:
            index.add(line, work)
            lines[line] = work
        else:
            index.remove(line)
            lines.pop(line, None)
    fresh = Index(lines)
    assert len(index) == len(fresh) == len(lines)
    for work in works(30, seed=9).values():
        told, expected = ({m.id: m.judgement.verdict for m in each.query(work)} for each in (index, fresh))
        same = {line for line, verdict in expected.items() if verdict is Verdict.SAME}
        assert same == {line for line, verdict in told.items() if verdict is Verdict.SAME}


def test_an_emptied_index_holds_nothing():
    index = Index(works(20))
    for line in range(20):
        index.remove(line)
    index.remove("never there")
    assert len(index) == 0 and not index._having


def test_a_repeat_names_the_first_such_line():
    tasks = ["Phát hành VB đi", "Đăng ký khai sinh", "Tham mưu phát hành văn bản đi", "Phát hành văn bản đi của xã"]
    found = list(repeats([(task, "", "", "") for task in tasks]))
    assert [(repeat.place, repeat.first) for repeat in found] == [(2, 0), (3, 0)]


def test_a_pair_told_elsewhere_is_left_to_the_next():
    tasks = ["Phát hành VB đi", "Phát hành văn bản đi", "Phát hành văn bản đi của xã"]
    found = list(repeats([(task, "", "", "") for task in tasks], lambda place, first: (place, first) == (1, 0)))
    assert [(repeat.place, repeat.first) for repeat in found] == [(2, 0)]


def test_lines_without_words_repeat_nothing():
    assert list(repeats([("", "", "", "")] * 3 + [("…", "", "", "")] * 3)) == []


def test_a_repeat_in_another_word_for_the_act_or_with_a_place_is_met():
    lines = [
        ("Trưng bày hiện vật gốm sứ", "Cuộc trưng bày", "", ""),
        ("Trưng bày tranh thiếu nhi", "Cuộc trưng bày", "", ""),
        ("Triển lãm hiện vật gốm sứ tại bảo tàng tỉnh", "Triển lãm", "", ""),
    ]
    (repeat,) = repeats(lines)
    assert (repeat.place, repeat.first) == (2, 0)
    assert next((pair.a, pair.b) for pair in pairs({n: Work(*line) for n, line in enumerate(lines)})) == (0, 2)
