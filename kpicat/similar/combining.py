"""What the rules leave open, weighed: how much two lines share, and how and in what each differs.

The marks below are counted from the words; what each of them weighs was learnt from pairs that people judged
(``data/lexicon/similar_weights.toml``, written by ``tools/weigh_pairs.py``) and from lines of catalogues, of which
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
from kpicat.similar.lexicon import lexicon
from kpicat.similar.side import Side
from kpicat.similar.weighing import share_a_thing
from kpicat.similar.words import Words, read

PATH = ROOT / "data" / "lexicon" / "similar_weights.toml"
_MOST = 4.0
"""Shared words beyond which more tell nothing."""
_LONG = 3
"""Syllables of one phrase that count."""


def marks(pair: Comparison, said: str) -> Mapping[str, float]:
    """What can be counted of two lines.

    Args:
        said: The verdict of the rules.
    """
    a, b, told, (left, right) = pair.a, pair.b, pair.told.kind, pair.beyond
    lex = lexicon()
    mine, theirs = _weight(a, left, b), _weight(b, right, a)
    shared = pair.shared | (pair.known & (a.words.core | b.words.core))
    both = max(len({bare for key in shared for bare in side.words.inside.get(key, ())}) for side in (a, b)) / 2
    shares = [both / (both + each + 0.01) for each in (mine, theirs)]
    one, other = _act(a.words), _act(b.words)
    is_kin = other in lex.kin.get(one, ())
    products = [read(side.work.product) for side in (a, b)]
    papers = [product.all & lex.papers for product in products]
    syllables = [side.words.syllables | product.syllables for side, product in zip((a, b), products, strict=True)]
    common = len(syllables[0] & syllables[1])
    places = _places_apart(a.words, b.words)
    counted = {
        "same by the rules": said == "same",
        "related by the rules": said == "related",
        "told apart": bool(told),
        "another object": told in ("object", "body"),
        "another act": told == "act",
        "another step": told == "step",
        "least beyond": min(mine, theirs),
        "most beyond": max(mine, theirs),
        "nothing beyond": not (mine or theirs),
        "only one goes beyond": (not mine) != (not theirs),
        "shared": min(both, _MOST),
        "shared of the one": min(shares),
        "shared of the other": max(shares),
        "in passing": min(2, len(left & a.words.tails) + len(right & b.words.tails)),
        "kindred acts": one != other and is_kin,
        "one act": bool(one) and one == other,
        "two acts": bool(one and other) and one != other and not is_kin,
        "acts beyond": len((left | right) & lex.acts),
        "looks after": _looks_after(a.words, b.words) or _looks_after(b.words, a.words),
        "beside others": bool(left & a.words.aside or right & b.words.aside),
        "one product": share_a_thing(a.work.product, b.work.product),
        "two papers": all(papers) and not papers[0] & papers[1],
        "each product has its own": bool(products[0].all - products[1].all and products[1].all - products[0].all),
        "places apart": len(places),
        "only goes on": places == ["at the end"],
        "syllables in common": common / max(1, len(syllables[0] | syllables[1])),
        "syllables of the shorter": common / max(1, min(map(len, syllables))),
        "one first object": (first := _first_object(a.words)) != "" and first == _first_object(b.words),
    }
    return {name: float(value) for name, value in counted.items()}


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


def _weight(side: Side, keys: Set[str], other: Side) -> float:
    """How much these keys say that the other line says nowhere, by their syllables."""
    said = other.words.syllables | read(other.work.product).syllables
    new = [sum(syllable not in said for syllable in side.words.inside.get(key, ())) for key in keys]
    return sum(min(each, _LONG) / 2 + 0.25 for each in new)


def _act(words: Words) -> str:
    lex = lexicon()
    return next((key for key in words.said if key in lex.acts or key in lex.general or key in lex.steps), "")


def _first_object(words: Words) -> str:
    lex = lexicon()
    no_objects = (lex.acts, lex.papers, lex.general)
    return next((key for key in words.said if key in words.core and not any(key in each for each in no_objects)), "")


def _places_apart(a: Words, b: Words) -> list[str]:
    """Where, read side by side, the two lines do not say the same: "at the end" where one only goes on, else ""."""
    left, right = list(a.said), list(b.said)
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
