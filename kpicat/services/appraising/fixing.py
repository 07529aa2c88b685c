"""Putting findings right at once: what each proposes, as one batch that is looked at before it is written.

Only what is surely right is proposed: a value the check itself would be content with, or one of two
lines that say the same in every cell. Several works in one line, and two lines that differ, are for
people: :func:`parts` begins the split, :func:`kpicat.services.bulk.merge` the merge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from kpicat.checks import composite
from kpicat.language import ngettext, number
from kpicat.model import FIELDS, Decide, Delete, Finding, Value, Write
from kpicat.services.appraising import scales
from kpicat.services.appraising.scales import AT_ODDS, other_scale
from kpicat.services.bulk import Part, Proposal, proposed_parts, within
from kpicat.services.bulk.proposal import as_read, proposal, records
from kpicat.services.editing import row_edits
from kpicat.services.rulings import Keys
from kpicat.services.view import View

Keep = Literal["tier", "points"]
"""Which of a tier and points that do not go together is what was meant."""

_TWICE = "duplicate"
_MAY_DIFFER = ("code", "note", "place", "coefficient")
"""Cells in which two lines may differ and still be one line written twice."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """What the lines hold in a view, for deciding many fixes."""

    view: View
    keep: Keep

    def of(self, finding: Finding) -> dict[str, Value] | None:
        """The cells that put a finding right; None where only people can say."""
        item_id = finding.item_id
        if item_id is None or item_id not in self.view.items.index:
            return None
        if finding.check in AT_ODDS and other_scale(self.view):
            return None
        match finding.check:
            case "points-tier-mismatch":
                return self._one_of_two(item_id)
            case "coefficient-mismatch":
                return {"coefficient": None}
            case "composite" | "duplicate":
                return None
        if not finding.suggestion or finding.field not in FIELDS:
            return None
        return {finding.field: FIELDS[finding.field].decode(finding.suggestion)}

    def _one_of_two(self, item_id: str) -> dict[str, Value] | None:
        scale, points = self.view.guidance, self.view.value(item_id, "points")
        if self.keep == "points" and isinstance(points, Decimal) and (tier := scale.tier_of(points)):
            return {"tier": tier.level, "points": points}
        stated = scale.tier(cast(int | None, self.view.value(item_id, "tier")))
        return {"points": stated.mark} if stated and stated.mark is not None else None


def fixable(view: View, findings: Iterable[Finding], *, keep: Keep = "tier") -> list[Finding]:
    """Those of some findings that :func:`fixes` would put right."""
    cells, taken_out = _Cells(view, keep), _taken_out(view, findings := list(findings))
    return [f for f in findings if cells.of(f) is not None or (f.check == _TWICE and f.item_id in taken_out)]


def fixes(view: View, findings: Iterable[Finding], *, keep: Keep = "tier") -> Proposal:
    """Put findings right where it is sure how, as one batch; where a line is taken out, all of it or nothing.

    A value that is set brings what it would bring if it were typed: points their tier, and either
    withdraws the coefficient a file had stated. Of lines that say the same in every cell but code and
    note the first stays.

    Points are left as they are where most of them are of another scale.

    Args:
        keep: Whether the tier or the points are kept where the two do not go together.
    """
    meant = list(findings)
    taken_out, cells = _taken_out(view, meant), _Cells(view, keep)
    wanted: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    left = 0
    for finding in meant:
        values = cells.of(finding)
        if values is not None and finding.item_id is not None and finding.item_id not in taken_out:
            wanted[finding.item_id] |= values
        elif values is None and finding.item_id not in taken_out:
            left += 1
    writes: list[Write] = []
    for item_id, values in wanted.items():
        writes += [edit for edit in row_edits(view, item_id, values) if edit.seen != edit.new]
    writes += [Delete(item_id, view.seq) for item_id in taken_out]
    read = [*as_read(view, {*taken_out.values()}, FIELDS), *_undecided(view, taken_out.items())]
    return proposal(view, writes, remarks=_remarks(view, meant, left), label="fix", whole=bool(taken_out), read=read)


def _undecided(view: View, pairs: Iterable[tuple[str, str]]) -> list[Write]:
    """Writes that change nothing: that nobody has said of these pairs that they are two works."""
    keys = Keys(view.items)
    found = (keys.of_pair(*pair) for pair in pairs)
    return [Decide(first, key, None, None) for (first, _second), key in found]


def _taken_out(view: View, findings: Sequence[Finding]) -> dict[str, str]:
    """Line that repeats an earlier one in every cell -> that one."""
    twice = [f for f in findings if f.check == _TWICE and f.item_id is not None]
    if not twice:
        return {}
    lines = records(view, {i for f in twice for i in (f.item_id, f.other) if i})
    fields = [name for name in FIELDS if name not in _MAY_DIFFER]
    found = {}
    for finding in twice:
        one, other = lines.get(finding.item_id or ""), lines.get(finding.other)
        if one and other and all(_agree(one[f], other[f]) for f in fields):
            found[one.id] = other.id
    return found


def _agree(one: Value, other: Value) -> bool:
    """Whether the later of two cells says nothing that the earlier does not."""
    return one in (None, "", other)


def _remarks(view: View, meant: Sequence[Finding], left: int) -> list[str]:
    if not left:
        return []
    scale = other_scale(view) if any(finding.check in AT_ODDS for finding in meant) else None
    say = ngettext(
        "{n} finding is left: only people can say how it is put right.",
        "{n} findings are left: only people can say how they are put right.",
        left,
    )
    return [*([scales.in_words(scale)] if scale else ()), say.format(n=number(left))]


def parts(view: View, item_id: str) -> list[Part]:
    """A line's works as the beginnings of lines of their own, see :func:`kpicat.services.bulk.split`.

    As the check ``composite`` tells them apart, else as the line's own list does; one part where it is one work.
    Every part has the whole quantity and points, to be shared out.
    """
    if item_id not in within(view, [item_id]):
        return []
    item = records(view, [item_id])[item_id]
    found = composite.parts({"task": item["task"], "product": item["product"]})
    if not found:
        return proposed_parts(view, item_id)
    quantity, points = item["quantity"], item["points"]
    return [
        Part(task, product, *(value if isinstance(value, Decimal) else None for value in (quantity, points)))
        for task, product in found
    ]
