"""Near-duplicates: found in time that grows with the lines, asked for in milliseconds, followed at each edit.

Time is the processor's, as others work on the machine too.
"""

import random
import time

import pytest
from rapidfuzz import fuzz, process

from kpicat import checks, guidance, similar
from kpicat.model import Item, items_frame
from kpicat.similar import Index, Verdict, Work, pairs, words
from kpicat.text.abbreviations import written_out
from kpicat.text.normalise import fold

pytestmark = pytest.mark.benchmark(timer=time.process_time)
EDITION = guidance.get(guidance.DEFAULT)
ACTS = (
    *("Tham mưu xây dựng", "Tổng hợp", "Kiểm tra", "Giám sát", "Rà soát", "Thẩm định"),
    *("Cập nhật", "Lập", "Theo dõi", "Đôn đốc", "Tập huấn"),
)
THINGS = (
    *("hồ sơ hộ tịch", "kế hoạch tuyển sinh", "danh sách hộ nghèo", "tài sản công", "dữ liệu đất đai"),
    *("công tác dân vận", "chương trình OCOP", "hồ sơ đảng viên", "quy chế dân chủ", "vốn đầu tư công"),
    *("trật tự xây dựng", "phòng máy tính", "thư viện"),
)
WHEN = (
    *("quý", "tháng", "năm", "đột xuất", "theo chuyên đề", "tại cơ sở", "trên địa bàn"),
    *("của các đơn vị trực thuộc", "cho học sinh"),
)
PLACES = (
    *("an", "bình", "hòa", "phú", "lộc", "thịnh", "đông", "tây", "nam", "bắc"),
    *("thượng", "hạ", "trung", "sơn", "hải", "giang", "long", "phong", "quang", "minh"),
)


def tasks(count, seed=1):
    """Lines of some hundred works in some thousand places, a tenth of them without a place."""
    draw = random.Random(seed)
    for _n in range(count):
        task = f"{draw.choice(ACTS)} {draw.choice(THINGS)} {draw.choice(WHEN)}"
        place = f" thôn {draw.choice(PLACES).title()} {draw.choice(PLACES).title()} khu {draw.randrange(count // 4)}"
        yield task + (place if draw.random() < 0.9 else "")


def template(count):
    """The worst case for looking by words: all lines say the same but for a number."""
    return (f"Thẩm định hồ sơ đề nghị số {n} của tổ chức đảng trực thuộc" for n in range(count))


def named(texts):
    return {n: Work(text) for n, text in enumerate(texts)}


@pytest.mark.parametrize("make", [tasks, template])
@pytest.mark.parametrize(("size", "limit"), [(1_000, 2), (10_000, 6), (20_000, 12)])
def test_all_pairs_of_a_catalogue(benchmark, make, size, limit):
    lines = named(make(size))
    benchmark.pedantic(pairs, (lines,), setup=words.read.cache_clear, rounds=1)
    assert benchmark.stats.stats.min <= limit


def test_one_line_against_20_000(benchmark):
    index = Index(named(tasks(20_000)))
    asked = [Work(f"{task} của xã") for task in tasks(100, seed=7)]

    def ask():
        return [index.query(work) for work in asked]

    found = benchmark.pedantic(ask, rounds=5, warmup_rounds=1)
    assert sum(map(bool, found)) > 10
    assert benchmark.stats.stats.median / len(asked) <= 0.005


def all_with_all(lines):
    """Pairs that RapidFuzz finds nearly equal, each line compared with each other, and the processor's time."""
    texts = [fold(written_out(work.task)) for work in lines.values()]
    began = time.process_time()
    scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=90, workers=1)
    spent = time.process_time() - began
    return {(int(a), int(b)) for a, b in zip(*scores.nonzero(), strict=True) if a < b}, spent


def test_recall_against_comparing_all_with_all():
    """Of the pairs among 5 000 lines that RapidFuzz finds nearly equal and the judge finds one work, nearly all."""
    lines = named(tasks(5_000))
    began = time.process_time()
    found = {(pair.a, pair.b) for pair in pairs(lines) if pair.judgement.verdict is Verdict.SAME}
    ours = time.process_time() - began
    near, theirs = all_with_all(lines)
    one_work = {(a, b) for a, b in near if similar.judge(lines[a], lines[b]).verdict is Verdict.SAME}
    recall = len(found & one_work) / len(one_work)
    print(f"\nours {ours:.2f} s, all with all {theirs:.2f} s; near {len(near)}, one work {len(one_work)}: {recall:.3f}")
    assert recall >= 0.95


SAID_OTHERWISE = (
    lambda text: f"Thực hiện {text[0].lower()}{text[1:]}",
    lambda text: f"{text} của xã năm 2026",
    lambda text: text.replace("hồ sơ", "HS").replace("kế hoạch", "KH").replace("dữ liệu", "cơ sở dữ liệu"),
    lambda text: text.replace("Kiểm tra", "Tham mưu kiểm tra").replace("hòa", "hoà"),
    str.upper,
)
"""Ways to write a work that make no other work of it."""


def test_pairs_that_are_one_work_by_construction_are_found_where_rapidfuzz_sees_few():
    """2 500 lines, each no other's work, and each said otherwise: which of the 2 500 pairs does either find?"""
    apart = list(dict.fromkeys(f"{task} {n}" for n, task in enumerate(tasks(2_500, seed=5))))
    draw = random.Random(9)
    lines = named([*apart, *(draw.choice(SAID_OTHERWISE)(text) for text in apart)])
    meant = {(n, n + len(apart)) for n in range(len(apart))}
    found = {(pair.a, pair.b) for pair in pairs(lines) if pair.judgement.verdict is Verdict.SAME}
    near, _spent = all_with_all(lines)
    ours, theirs = (len(each & meant) / len(meant) for each in (found, near))
    print(f"\nof {len(meant)} pairs by construction ours {ours:.3f}, RapidFuzz {theirs:.3f}")
    print(f"pairs nobody meant: ours {len(found - meant)}, RapidFuzz {len(near - meant)}")
    assert ours >= 0.95


def test_100_000_lines_against_comparing_all_with_all():
    lines = named(tasks(100_000))
    began = time.process_time()
    found = pairs(lines)
    ours = time.process_time() - began
    _near, theirs = all_with_all(named(tasks(5_000)))
    theirs *= (100_000 / 5_000) ** 2
    print(
        f"\n{len(found)} pairs of 100 000 lines in {ours:.1f} s; all with all {theirs:.0f} s: {theirs / ours:.0f} times"
    )
    assert ours <= 90 and theirs >= 5 * ours


def catalogue(size):
    return items_frame(Item(f"i{n}", {"task": task, "product": "Báo cáo"}) for n, task in enumerate(tasks(size)))


@pytest.mark.parametrize(("size", "limit"), [(500, 0.003), (5_000, 0.01)])
def test_the_check_follows_an_edit(benchmark, size, limit):
    edited, only = catalogue(size), ["near-duplicate"]
    found = [checks.run(edited, EDITION, only)]
    edits = iter(tasks(1_000, seed=11))

    def edit():
        edited.loc["i7", "task"] = f"{next(edits)} thôn Mới"

    def follow():
        found.append(checks.rerun(found[-1], edited, EDITION, {"i7"}, only))

    benchmark.pedantic(follow, setup=edit, rounds=20, warmup_rounds=1)
    assert found[-1] == checks.run(edited, EDITION, only)
    assert benchmark.stats.stats.median <= limit
