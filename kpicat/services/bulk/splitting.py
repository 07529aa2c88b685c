"""One line into several: its words taken apart, its quantity or points shared out with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicat.convert import EXACT
from kpicat.errors import InputError
from kpicat.language import _
from kpicat.model import CELLS, Item, Value
from kpicat.services.bulk.copying import added, copied, fresh_codes
from kpicat.services.bulk.proposal import Proposal, as_read, proposal, records
from kpicat.services.editing import new_id, row_edits
from kpicat.services.view import View
from kpicat.text.normalise import tidy

MOST_PARTS = 20
_MARK = re.compile(r"(?:^|(?<=[\s;:,.(]))\(?([a-zđ]|\d{1,2})[).](?=\s*[^\W\d_])", re.IGNORECASE)
_DASH = re.compile(r"^\s*[-–—+*•]\s+", re.MULTILINE)
_NUMBERINGS = ("abcdefghijklmnopqrstuvwxyz", "abcdđeghiklmnopqrstuvxy", [str(n) for n in range(1, 100)])


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lines that come of a split."""

    task: str
    product: str
    quantity: Decimal | None
    points: Decimal | None


def proposed_parts(view: View, item_id: str) -> list[Part]:
    """The parts a line's own words name: a), b) · 1. 2. · lines with a dash · what stands between ";".

    Task and product are paired where both name as many; every part has the whole
    quantity and points, to be shared out. One part where the words name no more.
    """
    item = records(view, [item_id])[item_id]
    task, product = str(item["task"]), str(item["product"])
    tasks, products = _parts(task), _parts(product)
    if len(tasks) == 1:
        tasks = tasks * len(products)
    elif len(tasks) != len(products):
        products = [product] * len(tasks)
    quantity, points = _number(item["quantity"]), _number(item["points"])
    return [Part(a, b, quantity, points) for a, b in zip(tasks, products, strict=True)][:MOST_PARTS]


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _parts(text: str) -> list[str]:
    marked = _marked(text)
    if marked:
        lead, pieces = text[: marked[0].start()], _between(text, marked)
    elif len(dashes := list(_DASH.finditer(text))) > 1:
        lead, pieces = text[: dashes[0].start()], _between(text, dashes)
    else:
        lead, pieces = "", text.split(";") if ";" in text else text.split("\n")
    cleaned = [piece for raw in pieces if (piece := tidy(raw).strip(" ;,").rstrip("."))]
    if len(cleaned) < 2:
        return [text]
    lead = tidy(lead).strip(" ;,:")
    return [f"{lead}: {piece}" if lead else piece for piece in cleaned]


def _marked(text: str) -> list[re.Match[str]]:
    """The marks of a list in order: a, b, c (with or without đ) or 1, 2, 3; none unless there are two at least."""
    marks = list(_MARK.finditer(text))
    runs = []
    for names in _NUMBERINGS:
        run: list[re.Match[str]] = []
        for mark in marks:
            if len(run) < len(names) and mark[1].lower().lstrip("0") == names[len(run)]:
                run.append(mark)
        runs.append(run)
    longest = max(runs, key=len)
    return longest if len(longest) > 1 else []


def _between(text: str, marks: Sequence[re.Match[str]]) -> list[str]:
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def share(whole: Decimal, n: int) -> list[Decimal]:
    """``whole`` in ``n`` parts that add up to it exactly, as equal as its decimals allow.

    What is left over goes to the first ones: 10 in 3 is 4, 3, 3. Where a part would be
    nothing, finer decimals are used: 1 in 3 is 0,4, 0,3, 0,3.
    """
    exponent = whole.as_tuple().exponent
    assert isinstance(exponent, int)
    step = Decimal(1).scaleb(min(exponent, 0))
    while whole and abs(whole) < step * n:
        step = step.scaleb(-1)
    each, over = divmod(int(EXACT.divide(abs(whole), step)), n)
    parts = [EXACT.multiply(Decimal(each + (k < over)), step) for k in range(n)]
    return parts if whole >= 0 else [-part for part in parts]


def split(view: View, item_id: str, parts: Sequence[Part], *, number_codes: bool = True) -> Proposal:
    """Make one line into several.

    The first part is the line itself, with its id, place, code and mark of the
    standard unit; the others stand after it. Points that were shared out bring the
    tier they fall in.

    Args:
        number_codes: Give the others the codes "VP.01-2", "VP.01-3" instead of none.

    Raises:
        InputError: There are fewer than two parts, or one without words.
    """
    if len(parts) < 2:
        raise InputError(_("A line is split into two parts at least."))
    if any(not part.task.strip() for part in parts):
        raise InputError(_("Each part needs a task; write one, or make fewer parts."))
    found = records(view, [item_id])
    if not found:
        raise InputError(_("The line was deleted meanwhile; choose another."))
    original, codes = found[item_id], fresh_codes(view)
    changed = {name: value for name, value in _cells(parts[0]).items() if value != original[name]}
    new = []
    for part in parts[1:]:
        values: dict[str, Value] = copied(original) | _cells(part)
        if part.points != original["points"] and part.points and (tier := view.guidance.tier_of(part.points)):
            values["tier"] = tier.level
        if number_codes and original["code"]:
            values["code"] = codes(str(original["code"]))
        new.append(Item(new_id(), {name: value for name, value in values.items() if value not in (None, "")}))
    writes = [*row_edits(view, item_id, changed), *added(view, {item_id: new})]
    return proposal(view, writes, label="split", whole=True, read=as_read(view, [item_id], CELLS))


def _cells(part: Part) -> dict[str, Value]:
    return {"task": tidy(part.task), "product": tidy(part.product), "quantity": part.quantity, "points": part.points}
