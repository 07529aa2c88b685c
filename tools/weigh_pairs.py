"""Learns what the marks of a pair weigh (``data/lexicon/similar_weights.toml``) from pairs that people judged.

    python tools/weigh_pairs.py [FILE.csv …]

It learns from the halves of ``tests/cases/*_pairs.csv`` that may be read ("tuning"), from ``similar.toml`` beside them
and from further files named. Pairs that people judge are made up to be hard: what is alike in them differs much, what
differs is worded alike. So it learns as well from lines that share words and were not written as a pair, those of a
catalogue (``UNLIKE``) and those of two judged pairs, of which those that the rules tell apart are other works; without
them a catalogue would be full of false repeats.

The halves that are held tell afterwards how it does with pairs it has not seen (``tests/checks/test_judged.py``);
``--across`` leaves out each source in turn and tells how it does with that one. Softmax regression, each mark brought
to one scale, the weights held small; it is exact, so the same pairs give the same file.
"""

import csv
import sys
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "checks")]

from test_judged import cases, figures  # noqa: E402  the halves are parted in one place

from kpicat.similar import Verdict, Work, combining, judge, judging  # noqa: E402
from kpicat.similar.combining import PATH, marks  # noqa: E402
from kpicat.similar.comparison import Comparison  # noqa: E402
from kpicat.similar.index import candidates  # noqa: E402

SAME_FROM = 0.6
HELD_SMALL = 5.0
OF_UNLIKE = 0.2
"""What two lines that nobody paired count beside two that a person judged."""
STEPS = 3000
SOURCES = ("judged", "communes", "bodies", "offices", "later")
UNLIKE = ROOT / "data" / "samples" / "xa_mau.csv"


def works(row):
    """The two works of a judged pair."""
    return [Work(row[f"{s}_task"], row[f"{s}_product"], field=row[f"{s}_field"]) for s in "ab"]


def counted(one, other):
    """The verdict of the rules, and the marks of a pair that they leave open; None of another."""
    pair = Comparison.of(one, other)
    said, _reason = judging.by_rules(pair)
    return said, marks(pair, said) if judging.is_unsure(pair, said) else None


def unlike(parts):
    """Where from, and the marks of lines that share words and are told apart by the rules."""
    yield from _apart("sample", {n: Work(row["task"], row["product"]) for n, row in enumerate(_rows(UNLIKE))})
    judged = [row for source in SOURCES[:3] for row in cases("lines", "tuning", source)]
    yield from _apart("lines", {n: Work(row["task"], row["product"]) for n, row in enumerate(judged)})
    for source in SOURCES:
        rows = parts[source]
        lines = {(n, side): work for n, row in enumerate(rows) for side, work in zip("ab", works(row), strict=True)}
        texts = [{row["a_task"], row["b_task"]} for row in rows]
        yield from _apart(source, lines, lambda a, b, texts=texts: texts[a[0]].isdisjoint(texts[b[0]]))


def _apart(name, lines, may=lambda a, b: True):
    """The marks of these lines, but of those of one pair, or of pairs that have a line in common."""
    for a, b in candidates(lines):
        said, found = counted(lines[a], lines[b]) if may(a, b) else ("", None)
        if found is not None and said is Verdict.DIFFERENT:
            yield name, found


def _rows(path):
    return csv.DictReader(path.read_text("utf-8-sig").splitlines())


def _bare(label, one, other):
    texts = {f"{side}_{part}": "" for side in "ab" for part in ("product", "field")}
    return {**texts, "a_task": one, "b_task": other, "label": label}


def learn(values, labels, counts):
    """Weights for each verdict (rows: marks, last the constant), where each pair counts so much."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = np.c_[(values - mean) / spread, np.ones(len(values))]
    true = np.eye(len(Verdict))[labels]
    weights, speed = np.zeros((scaled.shape[1], len(Verdict))), 0.0
    for _step in range(STEPS):
        sums = scaled @ weights
        shares = np.exp(sums - sums.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        pull = (
            scaled.T @ ((shares - true) * counts[:, None])
            + HELD_SMALL * np.r_[weights[:-1], np.zeros((1, len(Verdict)))]
        )
        speed = 0.9 * speed - 0.2 / len(values) * pull
        weights = weights + speed
    plain = weights[:-1] / spread[:, None]
    return np.r_[plain, [weights[-1] - mean @ plain]]


def weigh(parts, apart_marks, but=""):
    """What each mark weighs, as the file of weights says it, and how many pairs it was learnt from.

    Args:
        but: A source that nothing is learnt from.
    """
    rows = [row for name, rows in parts.items() if name != but for row in rows]
    judged = [(found, row["label"]) for row in rows if (found := counted(*works(row))[1]) is not None]
    seen = [*judged, *((found, "different") for name, found in apart_marks if name != but)]
    names = list(seen[0][0])
    labels = [list(Verdict).index(Verdict(label)) for _found, label in seen]
    counts = np.array([1.0] * len(judged) + [OF_UNLIKE] * (len(seen) - len(judged)))
    weights = learn(np.array([[found[name] for name in names] for found, _label in seen]), labels, counts)
    said = {
        verdict.value: dict(zip([*names, "always"], weights[:, at], strict=True)) for at, verdict in enumerate(Verdict)
    }
    return {"same from": SAME_FROM, "weights": said}, len(judged)


def across(parts, apart_marks):
    """Tell how pairs of each source are judged by what was learnt from the others, and of all of them together."""
    counts = Counter()
    for left_out in SOURCES:
        learnt, _many = weigh(parts, apart_marks, left_out)
        combining.learnt = lambda learnt=learnt: learnt
        judging.learnt = combining.learnt
        combining._weights.cache_clear()
        own = Counter((row["label"], judge(*works(row)).verdict.value) for row in parts[left_out])
        counts += own
        print(left_out, told(own))
    print("together", told(counts))


def told(counts):
    """Macro F1, and precision and recall of "same"."""
    each = [figures(counts, verdict.value) for verdict in Verdict]
    return f"macro {sum(f1 for *_pr, f1 in each) / 3:.3f}, same: precision {each[0][0]:.2f}, recall {each[0][1]:.2f}"


def main(given):
    """Learn from all that may be read and write the weights, or tell how well it goes across sources."""
    files = [name for name in given if not name.startswith("-")]
    parts = {source: list(cases("pairs", "tuning", source)) for source in SOURCES}
    made = tomllib.loads((ROOT / "tests" / "cases" / "similar.toml").read_text("utf-8"))
    parts["unseen"] = list(cases("pairs", "unseen"))
    parts["made"] = [_bare(label, *pair) for label, pairs in made.items() for pair in pairs]
    parts["further"] = [row for file in files for row in _rows(Path(file))]
    apart_marks = list(unlike(parts))
    if "--across" in given:
        across(parts, apart_marks)
        return
    learnt, many = weigh(parts, apart_marks)
    out = [
        f"# Written by tools/weigh_pairs.py from {many} judged pairs and {len(apart_marks)} that nobody paired;",
        "# what each mark means: kpicat/similar/combining.py",
        f'"same from" = {SAME_FROM}',
    ]
    for verdict, weights in learnt["weights"].items():
        out += ["", f"[weights.{verdict}]", *(f'"{name}" = {weight:.3f}' for name, weight in weights.items())]
    PATH.write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
