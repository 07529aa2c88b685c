"""Deciding about findings: they stand for a reason, or two lines are two works; and taking that back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from kpicat.errors import InputError
from kpicat.language import _, number
from kpicat.model import Decide, Decision, Finding, Ruling, Write
from kpicat.services.appraising.pairs import Pair, decided_pairs
from kpicat.services.rulings import Judged, Keys
from kpicat.services.view import View

MOST_CHARACTERS = 500


def judged(view: View) -> Sequence[Judged]:
    """Every finding with what people decided about it, as :attr:`View.judged`."""
    return view.judged


def open_findings(view: View) -> Sequence[Finding]:
    """The findings nobody has waived."""
    return view.open_findings


def waived(view: View) -> list[Judged]:
    """The findings that stand as they are, each with the decision that says why."""
    return [each for each in view.judged if not each.is_open]


def settled(view: View) -> list[tuple[Finding | None, Decision]]:
    """Every decision that applies, with the finding it lets stand; a pair told apart has none any more."""
    stand = [(each.finding, each.decision) for each in view.judged if each.decision is not None]
    return [*stand, *((None, decision) for decision in decided_pairs(view))]


def decided(view: View) -> list[Decision]:
    """Every decision that applies to the words as they are, each once."""
    return list(dict.fromkeys(decision for _finding, decision in settled(view)))


def waive(view: View, findings: Iterable[Finding], reason: str, *, actor: str, at: datetime) -> list[Write]:
    """Let findings stand for a reason, until the words they rest on change.

    What somebody has given as reason on this view is replaced; what somebody gives meanwhile is a conflict.

    Raises:
        InputError: There is no reason, or it is longer than :data:`MOST_CHARACTERS`.
    """
    if not (words := _tidy(reason)):
        raise InputError(_("Write the reason why this may stand, so that whoever appraises can follow it."))
    keys, before = Keys(view.items), _before(view)
    writes: dict[tuple[str, str], Write] = {}
    for finding in findings:
        item_id, key = at_key = keys.of_finding(finding)
        new = Decision(item_id, key, finding.check, Ruling.WAIVED, words, actor, at)
        writes[at_key] = Decide(item_id, key, before.get(at_key), new)
    return list(writes.values())


def decide(
    view: View, about: Finding | Pair, ruling: Ruling, reason: str = "", *, actor: str, at: datetime
) -> list[Write]:
    """Say of two lines that they are two works, or belong together: they are not held against each other any more.

    Args:
        about: The two, or a finding that holds one against the other.
        ruling: :attr:`Ruling.DIFFERENT` or :attr:`Ruling.RELATED`; for :attr:`Ruling.WAIVED` see :func:`waive`.
        reason: In words; it may be left out.

    Raises:
        InputError: One of the lines was deleted meanwhile, or the reason is too long.
        ValueError: These are no two lines, or this is no ruling about a pair (a programmer's mistake).
    """
    check = about.check or "near-duplicate"
    one, other = (about.item_id or "", about.other) if isinstance(about, Finding) else (about.one, about.other)
    if ruling is Ruling.WAIVED or not other or one == other:
        raise ValueError(f"no ruling about a pair: {about}, {ruling}")
    keys = Keys(view.items)
    if one not in keys or other not in keys:
        raise InputError(_("One of the two lines was deleted meanwhile; choose another pair."))
    (first, second), key = keys.of_pair(one, other)
    new = Decision(first, key, check, ruling, _tidy(reason), actor, at, other=second)
    return [Decide(first, key, _before(view).get((first, key)), new)]


def withdraw(decisions: Iterable[Decision]) -> list[Write]:
    """Take decisions back, unless somebody decides otherwise meanwhile."""
    return [Decide(decision.item_id, decision.key, decision, None) for decision in decisions]


def _before(view: View) -> dict[tuple[str, str], Decision]:
    return {(decision.item_id, decision.key): decision for decision in view.reading.decisions}


def _tidy(reason: str) -> str:
    words = " ".join(reason.encode(errors="ignore").decode().replace("\0", "").split())
    if len(words) > MOST_CHARACTERS:
        say = _("The reason has {n} characters; shorten it to {most}.")
        raise InputError(say.format(n=number(len(words)), most=number(MOST_CHARACTERS)))
    return words
