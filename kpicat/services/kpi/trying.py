"""What a person's work scores: rows typed or read from a file, matched to the catalogue, scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from kpicat import kpi
from kpicat.convert import total
from kpicat.kpi import Entry, Rules, Said, Score, Taken
from kpicat.language import _, number, percent
from kpicat.services.view import View


@dataclass(frozen=True)
class Tried:
    """What some rows come to.

    Attributes:
        rules: By which they were scored.
    """

    taken: Taken
    score: Score
    rules: Rules


def tried(
    view: View, entries: Sequence[Entry], *, general: Decimal, leader: bool, given: Mapping[str, Decimal]
) -> Tried:
    """Score rows with the catalogue's coefficients as they stand.

    Args:
        general: Points of the general criteria.
        leader: Whether the person leads a unit.
        given: Parts that people give -> shares, 0 to 1.
    """
    rules = kpi.get()
    known = view.kept("kpi lines", lambda: kpi.Known(view.items, view.table))
    taken = kpi.take(entries, known)
    score = kpi.score(taken.lines, rules, general=general, leader=leader, given=given)
    return Tried(taken, score, rules)


def read(content: bytes, name: str) -> dict[str, list[Entry]]:
    """The rows of each sheet of a file that has a table of work assigned and done.

    Raises:
        InputError: It cannot be read, or has no such table.
    """
    from kpicat.exchange import assignments

    return assignments.read(content, name)


def share_words(share: Fraction) -> str:
    """A part or the result as people read it: 66,7 %."""
    return percent(kpi.share_written(share))


def lines(score: Score) -> pd.DataFrame:
    """The scored lines as people read them.

    Returns:
        One row per line, texts, under the headings of :func:`kpicat.kpi.columns`.
    """
    shown = kpi.columns()
    rows = [
        [value if isinstance(value := of(each), str) else number(value) for _h, of in shown] for each in score.lines
    ]
    return pd.DataFrame(rows, columns=[heading for heading, _of in shown], dtype="str")


def origins(tried: Tried) -> pd.DataFrame:
    """Where each number comes from: which part, how much, how it is found, from what, by which rule.

    Returns:
        One row per part that counts and one for the general criteria, texts; none where there is no result.
    """
    score, rules = tried.score, tried.rules
    typed = _("typed above; kpicat keeps nobody's rating, so it cannot compute this")
    counted = _("computed: {part} of {all} standard units, from the lines below")
    rows = []
    for part in rules.parts:
        if part.key in score.parts:
            share = share_words(score.parts[part.key])
            made = typed
            if part.of != "given":
                sums = total(getattr(line, part.of) for line in score.lines)
                made = counted.format(part=number(sums), all=number(score.assigned))
            rows.append((f"{part.key} · {part.label}", share, made, part.says, part.source.place))
    if rows:
        most = _("At most {n} points.").format(n=number(rules.general))
        points = _("{points} points").format(points=number(score.general))
        source = rules.sources["general"].place
        rows.append((_("General criteria"), points, _("typed above; people mark them"), most, source))
    headings = [_("Number"), _("How much"), _("Where it comes from"), _("How it is found"), _("By")]
    return pd.DataFrame(rows, columns=headings, dtype="str")


def report(tried: Tried) -> bytes:
    """What was tried as an .xlsx; nothing in it is a formula."""
    from kpicat.exchange.workbook import score

    return score.write(tried.score, tried.rules, _left(tried.taken))


def _left(taken: Taken) -> list[Said]:
    return sorted(taken.left, key=lambda said: said.row)
