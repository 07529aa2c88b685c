"""Rows that only go on with the line above: the rest of a sentence broken over two rows, the steps of a work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from kpicat.exchange.tables import columns, lines
from kpicat.exchange.tables.columns import ORDER
from kpicat.exchange.tables.evidence import looks_like
from kpicat.exchange.tables.layout import Layout, Line
from kpicat.model import FIELDS, Item, Kind, Value
from kpicat.text.normalise import one_line

_ENDS = (".", ":", ";")
_MIDST = (",", "-", "/", "(", " và", " hoặc", " của", " về", " theo", " cho", " các")
_HEADING = frozenset({"task", "group", "department", "duty", "position", "note"})
"""What a row with such a label is a heading or a note of, if anything."""


def is_step(layout: Layout, line: Line, above: Line) -> bool:
    """A bullet and nothing but what is done, under a line that says more than a name."""
    mark = next((text for column, text in line.texts.items() if layout.column_name(column) == ORDER), "")
    if not lines.is_bullet(mark) or line.fields.keys() != {"task"} or layout.machine_made:
        return False
    return len(above.fields.keys() - {"code"}) > 1 and bool(above.order)


def is_rest(layout: Layout, line: Line, above: Line) -> bool:
    """What a program that makes tables of printed pages puts into a row of its own: the next line of a text."""
    if not _goes_on(line, above) or layout.machine_made or is_part(layout, line, above):
        return False
    return "task" in line.fields or any(
        "task" in later.fields and _goes_on(later, earlier) for earlier, later in pairwise(layout.first)
    )


def is_part(layout: Layout, line: Line, above: Line) -> bool:
    """A work under that of the line above, in small letters: with a product of its own, or in a list of works alone."""
    if "task" not in line.fields or not _goes_on(line, above):
        return False
    name = "task" if layout.sparse else "product"
    text = one_line(str(line.fields.get(name, "")))
    return looks_like(name, text) and not _breaks_off(layout, name, above, text)


def _breaks_off(layout: Layout, name: str, above: Line, text: str) -> bool:
    """The text above ends in mid-sentence, or the next word would have made it the longest of its column."""
    before = one_line(str(above.fields[name]))
    longest = max(len(one_line(str(line.fields.get(name, "")))) for line in layout.first)
    return before.endswith(_MIDST) or len(f"{before} {text.split(maxsplit=1)[0]}") > longest


def _goes_on(line: Line, above: Line) -> bool:
    """It has no number, only texts that begin in mid-sentence, and the line above has a number and the same texts."""
    if line.order or not above.order or len(line.texts) != len(line.fields) or not line.has_content:
        return False
    broken = str(above.fields.get("task", "")).rstrip().endswith(_MIDST)  # then what is beside it may begin anyhow
    for name, cell in line.fields.items():
        before = str(above.fields.get(name, "")).rstrip()
        anyhow = broken and name != "task" and "task" in line.fields
        if FIELDS[name].kind is not Kind.TEXT or not (anyhow or lines.goes_on_mid_sentence(one_line(str(cell)))):
            return False
        if not before or before.endswith(_ENDS) or lines.goes_on_mid_sentence(before):
            return False
    return True


def labelled(layout: Layout, line: Line) -> tuple[str, str]:
    """The field whose label stands in a row of its own, and its text: "Sản phẩm: Báo cáo"; "" for any other."""
    if len(line.texts) != 1 or line.order or layout.machine_made:
        return "", ""
    label, _sign, text = line.first.partition(":")
    named = [name for name, rank in columns.fields_named(label).items() if rank == columns.EXACT and name in FIELDS]
    return (named[0], text.strip()) if text.strip() and len(named) == 1 and named[0] not in _HEADING else ("", "")


def said_of(layout: Layout, line: Line, above: Line, item: Item) -> tuple[str, str]:
    """The field, and its text, that such a row says of the line above; "" where it has its own, and for any other."""
    name, text = labelled(layout, line)
    return (name, text) if name and above.order and item[name] in (None, "") else ("", "")


def with_values(item: Item, values: Mapping[str, Value]) -> Item:
    """The item with more values; a note is added to its own."""
    notes = [str(note) for note in (item["note"], values.get("note")) if note]
    return replace(item, values={**item.values, **values, **({"note": "; ".join(notes)} if notes else {})})


def with_rest(item: Item, line: Line) -> Item:
    """The item, its texts with their rest."""
    return _longer(item, {name: f" {one_line(str(cell))}" for name, cell in line.fields.items()})


def with_step(item: Item, line: Line) -> Item:
    """The item, the step among its details."""
    step = f"- {one_line(str(line.fields['task']))}"
    return _longer(item, {"detail": f"\n{step}" if item["detail"] else step})


def _longer(item: Item, more: Mapping[str, str]) -> Item:
    return replace(item, values={**item.values, **{name: f"{item[name]}{text}" for name, text in more.items()}})
