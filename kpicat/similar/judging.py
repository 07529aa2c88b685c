"""Whether two lines are one work: ``same``, ``related`` or ``different``, with the reason in words."""

from __future__ import annotations

import enum
from collections.abc import Set
from dataclasses import dataclass

from kpicat.language import _
from kpicat.similar.combining import learnt, likely, marks, share_little
from kpicat.similar.comparison import Comparison
from kpicat.similar.lexicon import lexicon
from kpicat.similar.side import Side, Work, short
from kpicat.similar.telling_apart import OPEN
from kpicat.similar.weighing import is_only_fuller, listed
from kpicat.similar.words import read
from kpicat.text.normalise import fold

_SHARED_DETAIL = 0.5
"""Share of the shorter detail's words that the other must say for the two to describe one work."""

_ENOUGH = 2
"""Words that two lines share, for the one to hold the other, where none of them is an object."""


class Verdict(enum.StrEnum):
    """What two lines are to each other."""

    SAME = "same"  # one of the two must go
    RELATED = "related"  # the one holds the other: a person must look
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict.

    Attributes:
        score: Share of the words that both lines say, 0 to 1; it orders pairs and decides nothing.
        reasons: In the reader's language.
    """

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


def judge(one: Work, other: Work) -> Judgement:
    """What two lines are to each other, whichever is named first."""
    pair = Comparison.of(one, other)
    a, b = pair.a, pair.b
    verdict, reason = by_rules(pair)
    if is_unsure(pair, verdict):
        verdict, reason = _weighed(pair, verdict, reason)
    said = len(a.words.all) + len(b.words.all)
    score = 1 - (len(a.only) + len(b.only)) / said if said else 0.0
    return Judgement(verdict, round(score, 3), (reason,))


def by_rules(pair: Comparison) -> tuple[Verdict, str]:
    """What the rules say, and why."""
    a, b, told = pair.a, pair.b, pair.told
    if not (a.words.all and b.words.all):
        return Verdict.DIFFERENT, _("one of the two names no work")
    if told.kind in ("", *OPEN) and (reason := _is_the_field_of(a, b) or _is_the_field_of(b, a)):
        return Verdict.RELATED, reason
    if told.kind:
        return Verdict.DIFFERENT, told.reason
    if not (a.core or b.core):
        return _agreeing(a, b)
    shared, same_product, (left, right) = pair.shared, pair.same_product, pair.beyond
    if shared and not (left or right):
        return _agreeing(a, b)
    if ((same_product and len(shared) >= _ENOUGH) or len(shared) > _ENOUGH) and (
        (not right and is_only_fuller(a.words, left)) or (not left and is_only_fuller(b.words, right))
    ):
        return _agreeing(a, b)
    if reason := _holds(a, b, left, right) or _holds(b, a, right, left):
        return Verdict.RELATED, reason
    if not same_product and (reason := _looks_after(a, b) or _looks_after(b, a)):
        return Verdict.RELATED, reason
    if reason := _lists(a, b, right) or _lists(b, a, left):
        return Verdict.RELATED, reason
    if a.core and b.core:
        said = _("the one is about “{a}”, the other about “{b}”")
        return Verdict.DIFFERENT, said.format(a=a.quoted(a.core), b=b.quoted(b.core))
    return Verdict.DIFFERENT, _("only one of the two is about “{words}”").format(words=_extra(a, b, core=True))


def is_unsure(pair: Comparison, said: Verdict) -> bool:
    """Whether more than the rules may be asked: not where they are certain, nor where nothing is shared.

    Args:
        said: The verdict of the rules.
    """
    a, b, told = pair.a, pair.b, pair.told
    only_light = said is Verdict.SAME and not (a.core or b.core)
    if only_light or (told.kind and told.kind not in OPEN):
        return False
    if not (pair.shared or pair.known) or not (a.only or b.only) or _is_each_ones_own(a, b):
        return False
    return not (a.work.detail.strip() and b.work.detail.strip() and fold(a.work.task) == fold(b.work.task))


def _names_a_part(a: Side, b: Side) -> bool:
    """Whether the one says a whole, the other a part of it that the lexicon knows."""
    parts = lexicon().parts
    return any(not two.only.isdisjoint(parts.get(key, ())) for one, two in ((a, b), (b, a)) for key in one.only)


def _weighed(pair: Comparison, said: Verdict, reason: str) -> tuple[Verdict, str]:
    """The verdict when all is weighed; that of the rules, with its reason, where the two agree."""
    a, b = pair.a, pair.b
    if said is Verdict.DIFFERENT and (pair.told.kind or share_little(pair)):
        return said, reason
    is_listed = not pair.told.kind and _one_of_many(pair)
    may_be_one = not pair.told.kind and _have_one_detail(a.work, b.work) and not is_listed
    if said is Verdict.DIFFERENT and not may_be_one:
        return said, reason
    shares = likely(marks(pair, said))
    enough = may_be_one and shares["same"] >= learnt()["same from"]
    # Of all the lines of a catalogue nearly none has to do with another: what the rules tell apart is no part of it.
    fit = {Verdict.SAME: enough, Verdict.RELATED: said is not Verdict.DIFFERENT, Verdict.DIFFERENT: True}
    verdict = max((each for each in Verdict if fit[each]), key=lambda each: shares[each])
    if verdict is said or (said is Verdict.RELATED and (is_listed or _names_a_part(a, b))):
        return said, reason
    extra = _extra(a, b)
    if verdict is Verdict.SAME:
        return verdict, _("the same work in other words: “{words}”").format(words=extra)
    if verdict is Verdict.RELATED:
        return verdict, _("they have much in common; look whether “{words}” makes another work").format(words=extra)
    return verdict, _("they share words, but “{words}” makes another work").format(words=extra)


def _one_of_many(pair: Comparison) -> bool:
    """Whether the one lists what the other is about among other things."""
    a, b, (left, right) = pair.a, pair.b, pair.beyond
    return bool(_lists(a, b, right) or _lists(b, a, left))


def _agreeing(a: Side, b: Side) -> tuple[Verdict, str]:
    """Of two lines whose names agree."""
    details = a.work.detail.strip() and b.work.detail.strip()
    if details and a.work.task.strip() and fold(a.work.task) == fold(b.work.task):  # parts of one work, perhaps
        parts = judge(Work(a.work.detail, a.work.product), Work(b.work.detail, b.work.product))
        return parts.verdict, parts.reasons[0]
    papers = lexicon().papers
    left, right = (read(side.work.product).all & papers for side in (a, b))
    if left and right and not left & right and not (a.words.all | b.words.all) & papers:
        said = _("the names agree, but the products are “{a}” and “{b}”")
        return Verdict.RELATED, said.format(a=short(a.work.product), b=short(b.work.product))
    if _is_each_ones_own(a, b):
        said = _("each unit has its own: “{a}” and “{b}”")
        return Verdict.DIFFERENT, said.format(a=short(a.work.field), b=short(b.work.field))
    if a.work.task.strip() and b.work.task.strip() and not _have_one_detail(a.work, b.work):
        return Verdict.RELATED, _("the names agree, but the details do not")
    if extra := _extra(a, b):
        return Verdict.SAME, _("they differ only in “{words}”, which makes no other work").format(words=extra)
    return Verdict.SAME, _("the same words but for abbreviations, spelling, order and small words")


def _is_each_ones_own(a: Side, b: Side) -> bool:
    """Whether the names say a paper and a period but of what, and the units differ."""
    known = lexicon()
    periods = {key for each in known.apart if each.kind == "period" for key in each.keys}
    fields = read(a.work.field).core, read(b.work.field).core
    return not a.words.core - known.papers - periods and all(fields) and not fields[0] & fields[1]


def _looks_after(a: Side, b: Side) -> str:
    """Why ``a``, an act that holds others, may hold ``b`` of the same field; "" where it is no such act."""
    known = lexicon()
    if next(iter(a.words.said)) not in known.manages or not a.words.all.isdisjoint(known.papers):
        return ""
    if next(iter(b.words.said)) in known.general:
        return ""
    if not read(a.work.field).all & read(b.work.field).all:
        return ""
    return _("of the same field, “{whole}” may include “{part}”").format(
        whole=short(a.work.task or a.work.detail), part=short(b.work.task or b.work.detail)
    )


def _lists(a: Side, b: Side, theirs: Set[str]) -> str:
    """Why ``b`` is one of several things that ``a`` lists; "" where it is none of them.

    Args:
        theirs: What only ``b`` says that may make another work.
    """
    known = lexicon()
    things = listed(a.work.name)
    if len(things) < _ENOUGH or a.words.tokens[0][0] != b.words.tokens[0][0]:
        return ""
    named = [thing for thing in things if thing <= b.words.syllables]
    if not named or all(thing & b.words.syllables for thing in things):
        return ""
    if theirs & (known.acts | known.alone | known.papers) or len(theirs - b.words.tails) > _ENOUGH:
        return ""
    return _("“{whole}” lists “{part}” among others").format(whole=short(a.work.name), part=short(b.work.name))


def _is_the_field_of(a: Side, b: Side) -> str:
    """Why ``a``, which looks after a whole field, holds ``b``, which is said to be of it; "" where it does not."""
    known = lexicon()
    if next(iter(a.words.said)) not in known.manages or not a.words.all.isdisjoint(known.papers):
        return ""
    if not b.work.field.strip() or next(iter(b.words.said)) in known.general:
        return ""
    field = read(b.work.field).syllables
    if not any(len(thing) >= _ENOUGH and thing <= field for thing in listed(a.work.name)):
        return ""
    return _("of the same field, “{whole}” may include “{part}”").format(
        whole=short(a.work.name), part=short(b.work.name)
    )


def _have_one_detail(a: Work, b: Work) -> bool:
    """Whether their details say the same, as far as both have one."""
    if not (a.detail.strip() and b.detail.strip()):
        return True
    left, right = read(a.detail).all, read(b.detail).all
    return len(left & right) >= _SHARED_DETAIL * min(len(left), len(right))


def _extra(a: Side, b: Side, *, core: bool = False) -> str:
    """What either says beyond the other, each one's words in quotation marks of their own but for the outermost."""
    return "”, “".join(filter(None, (side.quoted(side.core if core else side.only) for side in (a, b))))


def _holds(a: Side, b: Side, mine: Set[str], theirs: Set[str]) -> str:
    """Why ``a`` holds ``b``; "" where it does not.

    Args:
        mine, theirs: What each says alone that may make another work.
    """
    known = lexicon()
    shared = a.words.all & b.words.all
    own = a.core - known.general
    for whole in own & known.parts.keys():
        if own == {whole} and (parts := known.parts[whole] & b.only):
            return _("“{whole}” includes “{part}”").format(whole=a.quoted([whole]), part=b.quoted(parts))
    both = shared - known.light
    if not both or (len(shared) < _ENOUGH and not both - known.papers - known.acts):
        return ""  # an act or a paper alone is no common work
    if not theirs:
        return _("they agree, and only one also says “{words}”").format(words=a.quoted(mine))
    listed = {key for key in own if any(known.apart[n].keys & shared for n in known.sets_of.get(key, ()))}
    vague = a.words.all & known.manages and not a.words.all & known.papers
    looks_after = next(iter(a.words.said)) in known.manages and not b.words.all & known.general
    if vague and (own <= listed or (looks_after and len(own) <= _ENOUGH and both - known.acts - known.papers)):
        said = _("“{whole}” in general includes “{part}”")
        return said.format(whole=short(a.work.task or a.work.detail), part=b.quoted(b.core))
    return ""
