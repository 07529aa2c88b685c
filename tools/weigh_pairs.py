"""Learns what the marks of a pair weigh (``data/lexicon/similar_weights.toml``) from pairs that people judged.

    python tools/weigh_pairs.py [FILE.csv …]

It learns from the halves of ``tests/cases/*_pairs.csv`` that may be read ("tuning"), from ``similar.toml`` beside them
and from further files named; the halves that are held tell afterwards how it does with pairs it has not seen
(``tests/checks/test_judged.py``). Softmax regression, each mark brought to one scale, the weights held small; it is
exact, so the same pairs give the same file.
"""

import csv
import sys
import tomllib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "checks")]

from test_judged import cases  # noqa: E402  the halves are parted in one place

from kpicat.similar import Verdict, Work, judging  # noqa: E402
from kpicat.similar.combining import PATH, marks  # noqa: E402
from kpicat.similar.otherwise import said_otherwise  # noqa: E402
from kpicat.similar.side import Side  # noqa: E402
from kpicat.similar.telling_apart import apart  # noqa: E402

SAME_FROM = 0.75
HELD_SMALL = 10.0
STEPS = 3000


def counted(row):
    """The marks of a pair that the rules leave open; None of another."""
    one, other = (Work(row[f"{s}_task"], row[f"{s}_product"], field=row[f"{s}_field"]) for s in "ab")
    a, b = one.words, other.words
    if a.plain is not b.plain:
        a, b = one.plain_words, other.plain_words
    known = said_otherwise(a, b, one.product, other.product) if a.all != b.all else set()
    mine, theirs = Side(one, a, a.all - b.all - known), Side(other, b, b.all - a.all - known)
    told = apart(mine, theirs)
    said, _reason = judging._verdict(mine, theirs, told)
    pair = judging.unsure(mine, theirs, known, told, said)
    return None if pair is None else marks(pair)


def _bare(label, one, other):
    texts = {f"{side}_{part}": "" for side in "ab" for part in ("product", "field")}
    return {**texts, "a_task": one, "b_task": other, "label": label}


def learn(values, labels):
    """Weights for each verdict (rows: marks, last the constant) and the scale of each mark."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = np.c_[(values - mean) / spread, np.ones(len(values))]
    true = np.eye(len(Verdict))[labels]
    weights, speed = np.zeros((scaled.shape[1], len(Verdict))), 0.0
    for _step in range(STEPS):
        sums = scaled @ weights
        shares = np.exp(sums - sums.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        pull = scaled.T @ (shares - true) + HELD_SMALL * np.r_[weights[:-1], np.zeros((1, len(Verdict)))]
        speed = 0.9 * speed - 0.2 / len(values) * pull
        weights = weights + speed
    plain = weights[:-1] / spread[:, None]
    return np.r_[plain, [weights[-1] - mean @ plain]]


def main(files):
    """Learn from all that may be read and write the weights."""
    rows = [row for source in ("judged", "communes", "bodies") for row in cases("pairs", "tuning", source)]
    rows += list(cases("pairs", "unseen"))
    told = tomllib.loads((ROOT / "tests" / "cases" / "similar.toml").read_text("utf-8"))
    rows += [_bare(label, *pair) for label, pairs in told.items() for pair in pairs]
    for file in files:
        rows += list(csv.DictReader(Path(file).read_text("utf-8").splitlines()))
    seen = [(each, row["label"]) for row in rows if (each := counted(row)) is not None]
    names = list(seen[0][0])
    labels = [list(Verdict).index(Verdict(label)) for _each, label in seen]
    weights = learn(np.array([[each[name] for name in names] for each, _label in seen]), labels)
    out = [
        f"# Written by tools/weigh_pairs.py from {len(seen)} pairs; what each mark means: kpicat/similar/combining.py",
        f'"same from" = {SAME_FROM}',
    ]
    for place, verdict in enumerate(Verdict):
        out += ["", f"[weights.{verdict.value}]"]
        out += [f'"{name}" = {weights[at, place]:.3f}' for at, name in enumerate([*names, "always"])]
    PATH.write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
