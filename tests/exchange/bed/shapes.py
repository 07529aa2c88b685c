"""Tables as sheets, each with the truth about its columns and rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kpicat.exchange.tables.grid import Cell, Merge, Row, Sheet
from tests.exchange.bed.content import lines

_LAYOUTS = Path(__file__).with_name("layouts.toml")
UNSEEN = Path(__file__).with_name("unseen.toml")

ITEM, GROUP, PARENT, LEFT = "item", "group", "parent", "left out"
"""What a row under the header is: the last three are told with their reason."""
STYLES = {
    "N": lambda text: text.replace("Mức ", "N"),
    "nhóm": lambda text: text.replace("Mức", "Nhóm"),
    "roman": lambda text: {"Mức 1": "I", "Mức 2": "II", "Mức 3": "III", "Mức 4": "IV"}[text],
    "words": lambda text: {"Mức 1": "Dễ", "Mức 2": "Trung bình", "Mức 3": "Khó", "Mức 4": "Rất khó"}[text],
    "int": lambda text: int(text.replace(".", "")),
    "float": lambda text: float(text.replace(",", ".")),
    "padded": lambda text: f"{text} ",
    "points": lambda text: f"{text} điểm",
    "leading": lambda text: text.zfill(2),
    "upper": str.upper,
    "broken": lambda text: text.replace(" ", "\n", 2).replace("\n", " ", 1),
}


@dataclass(frozen=True)
class Layout:
    """One table of the bed.

    Attributes:
        columns: Zero-based column -> the field it holds, "" for one that is none.
        rows: Number of each row under the header -> what it is.
        values: Row number -> fields that the item there must have.
    """

    name: str
    sheet: Sheet
    columns: Mapping[int, str]
    rows: Mapping[int, str]
    values: Mapping[int, Mapping[str, object]] = field(default_factory=dict)


def table(
    name: str,
    heads: Sequence[str],
    *,
    body: str = "party",
    title: Sequence[str] = ("DANH MỤC SẢN PHẨM, CÔNG VIỆC QUY ĐỔI", "(Kèm theo Quyết định số 12-QĐ/ĐU)"),
    count: int = 10,
    over: Sequence[tuple[str, int]] = (),
    numbering: Sequence[Cell] = (),
    shift: int = 0,
) -> Layout:
    """A plain table: titles, an upper row of headings if any, headings, a numbering if any, lines.

    Args:
        heads: "heading|field" or "heading|field|style" for each column.
        over: Upper headings and the columns each spans; "" leaves the column to its lower heading,
            which is then merged up.
        numbering: A row of column numbers under the headings.
        shift: Blank columns at the left.
    """
    parts = [[*head.split("|"), "", ""][:3] for head in heads]
    blank: list[Cell] = [None] * shift
    rows = [Row(n, [text]) for n, text in enumerate(title, start=1)]
    merges = [Merge(n, 0, n, shift + len(heads) - 1) for n in range(1, len(title) + 1)]
    at = len(title) + 2
    words: list[Cell] = [head for head, _field, _style in parts]
    if over:
        upper, lower, column = _two_rows(over, words), list(words), shift
        for text, width in over:
            if text and width > 1:
                merges.append(Merge(at, column, at, column + width - 1))
            if not text:
                lower[column - shift] = None
                merges.append(Merge(at, column, at + 1, column))
            column += width
        rows += [Row(at, [*blank, *upper]), Row(at + 1, [*blank, *lower])]
        at += 2
    else:
        rows.append(Row(at, [*blank, *words]))
        at += 1
    said = {}
    if numbering:
        rows.append(Row(at, [*blank, *numbering]))
        said[at] = LEFT
        at += 1
    values = {}
    for line in lines(body, count):
        cells = [_cell(line[name], style) if name else "(1)" for _head, name, style in parts]
        rows.append(Row(at, [*blank, *cells]))
        said[at] = ITEM
        named = {name for _head, name, style in parts if not style}
        values[at] = {name: line[name] for name in ("task", "product", "responsible") if name in named}
        at += 1
    columns = {shift + c: name for c, (_head, name, _style) in enumerate(parts)}
    return Layout(name, Sheet("Danh mục", rows, merges), columns, said, values)


def drawn(
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    merges: Sequence[Sequence[int]] = (),
    says: Sequence[tuple[int, str, object]] = (),
    **more: object,
) -> Layout:
    """A table whose rows are given one by one: what it is, then its cells.

    Args:
        merges: Top, left, bottom, right of merged cells; rows and columns counted from the first line's first cell.
        says: Row, field, value: what the line there must say, also where its own cells do not.
    """
    empty = table(name, heads, count=0, **more)  # type: ignore[arg-type]
    at = empty.sheet.rows[-1].number + 1
    said = {n: str(what) for n, (what, *_cells) in enumerate(rows, start=at)}
    rows = [
        Row(n, [cell if cell != "" else None for cell in cells]) for n, (_what, *cells) in enumerate(rows, start=at)
    ]
    over = [Merge(at + top, left, at + bottom, right) for top, left, bottom, right in merges]
    values: dict[int, dict[str, object]] = {}
    for row, field_, value in says:
        values.setdefault(at + row, {})[field_] = value
    sheet = Sheet(empty.sheet.name, [*empty.sheet.rows, *rows], [*empty.sheet.merges, *over])
    return Layout(name, sheet, empty.columns, dict(empty.rows) | said, values)


def bed(path: Path = _LAYOUTS) -> list[Layout]:
    """Every layout of a file."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["layout"]
    return [(drawn if "rows" in said else table)(**said) for said in listed]


def _two_rows(over: Sequence[tuple[str, int]], words: Sequence[Cell]) -> list[Cell]:
    upper: list[Cell] = []
    for text, width in over:
        upper += [text or words[len(upper)], *[None] * (width - 1)]
    return upper


def _cell(text: str, style: str) -> Cell:
    return (STYLES[style](text) if style and text else text) or None
