"""What tells two works apart for certain: another time, paper, step, act, object, body, number or name."""

from __future__ import annotations

from collections.abc import Set
from itertools import islice
from typing import NamedTuple

from kpicat.language import _
from kpicat.similar.lexicon import lexicon
from kpicat.similar.side import Side
from kpicat.similar.weighing import hold_each_other

N_ = str  # marks words for the translators
_APART = {
    "period": N_("another time or period: “{a}”, not “{b}”"),
    "paper": N_("another paper: “{a}”, not “{b}”"),
    "step": N_("another step of the work: “{a}”, not “{b}”"),
    "act": N_("another act: “{a}”, not “{b}”"),
    "object": N_("another object: “{a}”, not “{b}”"),
    "body": N_("another body: “{a}”, not “{b}”"),
    "number": N_("another number: “{a}”, not “{b}”"),
    "name": N_("another name: “{a}”, not “{b}”"),
}
_OBJECTS = ("object", "body")
OPEN = ("act", "step", *_OBJECTS)
"""Kinds of which two lines may say each another member and still have to do with each other."""


class Told(NamedTuple):
    """What tells two works apart: its kind, "alone" where only one line says it, and the sentence."""

    kind: str = ""
    reason: str = ""


def apart(a: Side, b: Side) -> Told:
    """Why they are two works for certain; empty where nothing says so."""
    for kind, sign in (("number", "#"), ("period", "'")):
        left, right = ({key for key in side.only if key[0] == sign} for side in (a, b))
        if left and right:
            return Told(kind, _(_APART[kind]).format(a=a.quoted(left), b=b.quoted(right)))
    for key in a.words.names.keys() & b.words.names.keys() & a.words.core & b.words.core:
        if a.words.names[key] != b.words.names[key]:
            return Told("name", _(_APART["name"]).format(a=a.words.names[key], b=b.words.names[key]))
    touched = {n for key in a.only | b.only for n in lexicon().sets_of.get(key, ())}
    return next((told for n in sorted(touched) if (told := _by_set(n, a, b)).kind), Told())


def _by_set(number: int, a: Side, b: Side) -> Told:
    each = lexicon().apart[number]
    left, right = a.only & each.keys, b.only & each.keys
    if left and right and not (each.kind in _OBJECTS and hold_each_other(a.words, left, b.words, right)):
        return Told(each.kind, _(_APART[each.kind]).format(a=_words(a, left), b=_words(b, right)))
    for side, mine, other in ((a, left, b), (b, right, a)):
        telling = mine & each.alone
        if each.kind == "step":  # only as the head: in "dự thảo … trình kỳ họp" it says what for
            telling &= set(islice(side.words.said, 1))
        manages = other.only & lexicon().general - {"to chuc"}
        if telling and not other.words.all & each.keys and not manages:
            return Told("alone", _("only one of the two is “{words}”").format(words=_words(side, telling)))
    return Told()


def _words(side: Side, keys: Set[str]) -> str:
    """The words for the keys; a step nobody wrote has those of the lexicon."""
    return side.quoted(keys) or _("drafting")
