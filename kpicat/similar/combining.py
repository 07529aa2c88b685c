"""What the rules leave open, weighed: how much two lines share, and how and in what each differs.

The marks below are counted from the words; what each of them weighs was learnt from pairs that people judged
(``data/lexicon/similar_weights.toml``, written by ``tools/weigh_pairs.py``) and from lines that nobody paired, of which
nearly none is another's work: pairs made up to be judged say less of those. Names of fields of work are no mark, nor
is how alike the letters are: made-up pairs differ from catalogues in just these.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping, Sequence, Set
from difflib import SequenceMatcher
from operator import mul
from typing import Any

from kpicat.settings import ROOT
from kpicat.similar.comparison import Comparison
from kpicat.similar.fields import answered
from kpicat.similar.lexicon import lexicon
from kpicat.similar.words import Words, read

PATH = ROOT / "data" / "lexicon" / "similar_weights.toml"
_MOST = 4
"""Syllables beyond which more tell nothing."""
_LONG = 3
"""Syllables of one phrase that count."""
_LITTLE = 0.3
"""Share of the syllables of the shorter of two lines under which they are never one work."""


def marks(pair: Comparison, said: str) -> Mapping[str, float]:
    """What can be counted of two lines.

    Args:
        said: The verdict of the rules.
    """
    a, b, (left, right) = pair.a, pair.b, pair.beyond
    act = _act(a.words)
    handed = [read(side.work.product, plainly=a.words.plain) for side in (a, b)]
    one, other = answered(a.words, b.words, handed[1]), answered(b.words, a.words, handed[0])
    products = [product.syllables for product in handed]
    names = [side.words.syllables | product for side, product in zip((a, b), products, strict=True)]
    own = _weight(a.words, left, names[1]), _weight(b.words, right, names[0])
    cores = sorted((len(a.words.core), len(b.words.core)))
    places = _places_apart(a.words, b.words)
    near, objects = sorted((one.near, other.near)), max(one.near_objects, other.near_objects)
    unsaid = one.unsaid, other.unsaid
    return {
        "same by the rules": said == "same",
        "related by the rules": said == "related",
        "told apart": bool(pair.told.kind),
        "least beyond": min(own),
        "most beyond": max(own),
        "one act": bool(act) and act == _act(b.words),
        "looks after": _looks_after(a.words, b.words) or _looks_after(b.words, a.words),
        "places apart": len(places),
        "only goes on": places == ["at the end"],
        "longer": cores[1],
        "shorter": cores[0],
        "words of the shorter": len(a.words.all & b.words.all) / max(1, min(len(a.words.all), len(b.words.all))),
        "syllables of the shorter": _of_shorter(*names),
        "both have a product": all(products),
        "products in common": len(products[0] & products[1]) / max(1, len(products[0] | products[1])),
        "product of the shorter": _of_shorter(*products),
        "of one field in each": min(near[0], _MOST),
        "of one field in one": min(near[1], _MOST),
        "objects of one field": min(objects, _MOST),
        "answered": max((each.said + each.near) / max(1, each.all) for each in (one, other)),
        "only one goes unanswered": min(unsaid) == 0 < max(unsaid),
    }


def share_little(pair: Comparison) -> bool:
    """Whether so little is shared that there is nothing to weigh."""
    names = [side.words.syllables | read(side.work.product).syllables for side in (pair.a, pair.b)]
    return _of_shorter(*names) < _LITTLE


def likely(counted: Mapping[str, float]) -> Mapping[str, float]:
    """How likely each verdict is, 0 to 1, in all 1."""
    values = [*counted.values(), 1.0]
    sums = {verdict: sum(map(mul, weights, values)) for verdict, weights in _weights(tuple(counted)).items()}
    most = max(sums.values())
    parts = {verdict: math.exp(value - most) for verdict, value in sums.items()}
    return {verdict: part / sum(parts.values()) for verdict, part in parts.items()}


@functools.cache
def _weights(names: tuple[str, ...]) -> Mapping[str, Sequence[float]]:
    """Verdict -> what these marks weigh for it, and last the constant."""
    return {
        verdict: [*(weights[name] for name in names), weights["always"]]
        for verdict, weights in learnt()["weights"].items()
    }


@functools.cache
def learnt() -> Mapping[str, Any]:
    """What each mark weighs, and from where on two lines are said to be one work."""
    return tomllib.loads(PATH.read_text("utf-8"))


def _weight(words: Words, keys: Set[str], said: Set[str]) -> float:
    """How much these keys say that the other line says nowhere, by their syllables."""
    new = [sum([syllable not in said for syllable in words.inside.get(key, ())]) for key in keys]
    return sum([min(each, _LONG) / 2 + 0.25 for each in new])


def _act(words: Words) -> str:
    lex = lexicon()
    return next((key for key in words.said if key in lex.acts or key in lex.general or key in lex.steps), "")


def _of_shorter(one: Set[str], other: Set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _places_apart(a: Words, b: Words) -> list[str]:
    """Where, read side by side, the two lines do not say the same: "at the end" where one only goes on, else ""."""
    left, right = list(a.said), list(b.said)
    begun = next((n for n, (x, y) in enumerate(zip(left, right, strict=False)) if x != y), min(len(left), len(right)))
    left, right = left[begun:], right[begun:]
    if not (left and right):
        return ["at the end"] if left or right else []
    matched = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [
        "at the end" if (i1 == i2 or j1 == j2) and (i2, j2) == (len(left), len(right)) else ""
        for kind, i1, i2, j1, j2 in matched
        if kind != "equal"
    ]


def _looks_after(a: Words, b: Words) -> bool:
    lex = lexicon()
    first, second = (next(iter(words.said), "") for words in (a, b))
    return first in lex.manages and second not in lex.general and a.all.isdisjoint(lex.papers)
