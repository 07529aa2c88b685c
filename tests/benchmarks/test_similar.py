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


def test_recall_against_comparing_all_with_all():
    """Of the pairs among 5 000 lines that RapidFuzz finds nearly equal and that are one work, nearly all are found."""
    lines = named(tasks(5_000))
    began = time.perf_counter()
    found = {(pair.a, pair.b) for pair in pairs(lines) if pair.judgement.verdict is Verdict.SAME}
    ours = time.perf_counter() - began
    texts = [fold(written_out(work.task)) for work in lines.values()]
    began = time.perf_counter()
    scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=90, workers=1)
    theirs = time.perf_counter() - began
    near = {(int(a), int(b)) for a, b in zip(*scores.nonzero(), strict=True) if a < b}
    one_work = {(a, b) for a, b in near if similar.judge(lines[a], lines[b]).verdict is Verdict.SAME}
    recall = len(found & one_work) / len(one_work)
    print(f"\nours {ours:.2f} s, all with all {theirs:.2f} s; near {len(near)}, one work {len(one_work)}: {recall:.3f}")
    assert recall >= 0.95


def catalogue(size):
    return items_frame(Item(f"i{n}", {"task": task, "product": "Báo cáo"}) for n, task in enumerate(tasks(size)))


@pytest.mark.parametrize(("size", "limit"), [(500, 0.006), (5_000, 0.03)])
def test_the_check_follows_an_edit(benchmark, size, limit):
    items = catalogue(size)
    only = ["near-duplicate"]
    before = checks.run(items, EDITION, only)
    edited = items.copy()
    edits = iter(tasks(1_000, seed=11))

    def edit():
        edited.loc["i7", "task"] = f"{next(edits)} thôn Mới"
        return (before, edited, EDITION, {"i7"}, only), {}

    benchmark.pedantic(checks.rerun, setup=edit, rounds=20)
    assert benchmark.stats.stats.median <= limit
