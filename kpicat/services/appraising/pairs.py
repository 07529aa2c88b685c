"""Lines that look like one work, two by two: what repeats, what belongs together, what people decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpicat import checks, similar
from kpicat.language import _, language
from kpicat.model import Decision, Ruling
from kpicat.services.rulings import Keys, applies
from kpicat.services.view import View
from kpicat.similar import Verdict, Work

_HELD_AGAINST = ("duplicate", "near-duplicate")
_TEXTS = ("task", "product", "detail", "department")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines that look like one work.

    Attributes:
        one, other: Their ids, the one that stands first in the catalogue first.
        check: Id of the check that holds the second against the first; "" where they only are related.
        verdict: What the words say: the same work, or one of which the other is a part.
        reasons: In the reader's language, for the verdict.
        decision: What people decided, where that applies to the words as they are.
    """

    one: str
    other: str
    check: str
    verdict: Verdict
    reasons: tuple[str, ...]
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided about them."""
        return self.decision is None


def pairs(view: View) -> Sequence[Pair]:
    """The lines that repeat earlier ones, in catalogue order, each with the first such; decided ones last."""
    return view.kept(("pairs", language()), lambda: [*_held_against(view), *_decided(view)])


def related(view: View) -> Sequence[Pair]:
    """Lines of which one says what the other says and more, and nobody decided about: to be looked at, not to be fixed.

    All lines are compared: of 1 000 in about a fifth of a second, kept with the view.
    """
    return view.kept(("related", language()), lambda: list(_related(view)))


def _held_against(view: View) -> Iterator[Pair]:
    works = _works(view)
    for each in view.judged:
        finding = each.finding
        if finding.check not in _HELD_AGAINST or finding.item_id is None:
            continue
        reasons: tuple[str, ...] = (_("they agree in task, detail, product, position and department"),)
        if finding.check != "duplicate":
            reasons = similar.judge(works[finding.other], works[finding.item_id]).reasons
        yield Pair(finding.other, finding.item_id, finding.check, Verdict.SAME, reasons, each.decision)


def _decided(view: View) -> Iterator[Pair]:
    works, place = _works(view), {str(item_id): n for n, item_id in enumerate(view.items.index)}
    for decision in decided_pairs(view):
        one, other = sorted((decision.item_id, decision.other), key=place.__getitem__)
        judgement = similar.judge(works[one], works[other])
        yield Pair(one, other, decision.check, judgement.verdict, judgement.reasons, decision)


def _related(view: View) -> Iterator[Pair]:
    works = {item_id: work for item_id, work in _works(view).items() if work.task.strip() or work.detail.strip()}
    for found in similar.pairs(works):
        settled = (min(found.a, found.b), max(found.a, found.b)) in view.told_apart
        if found.judgement.verdict is Verdict.RELATED and not settled:
            yield Pair(found.a, found.b, "", found.judgement.verdict, found.judgement.reasons)


def decided_pairs(view: View) -> list[Decision]:
    """The decisions that two lines are two works, as far as their words are still those."""
    keys = Keys(view.items)
    about = [decision for decision in view.reading.decisions if decision.verdict is not Ruling.WAIVED]
    return [decision for decision in about if applies(decision, keys)]


def _works(view: View) -> Mapping[str, Work]:
    def made() -> dict[str, Work]:
        lines = checks.filled(view.items)
        texts = zip(*(lines[name].tolist() for name in _TEXTS), strict=True)
        return {str(i): Work(*each) for i, each in zip(lines.index, texts, strict=True)}

    return view.kept("works", made)
