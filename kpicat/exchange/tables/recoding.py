"""A sheet's legacy text put into Unicode, and said; each cell by its own words, unclear ones as their column is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kpicat.exchange.tables.grid import Cell, Row, Sheet, column_letters
from kpicat.language import _, ngettext, number
from kpicat.model import LeftOut
from kpicat.text import viqr
from kpicat.text.legacy import Legacy, Verdict, decoded, judge
from kpicat.text.normalise import is_turned, one_line

_FEWEST = 2  # cells in VIQR that make a sheet sure


class _Evidence:
    """What is sure of a sheet's cells: column -> how many are legacy, and the columns where some is not."""

    def __init__(self, sheet: Sheet) -> None:
        self.columns: dict[int, Counter[Legacy]] = defaultdict(Counter)
        self.modern: set[int] = set()
        for column, text in _marked_cells(sheet):
            verdict = judge(text)
            if verdict.sure and verdict.possible:
                self.columns[column][verdict.possible[0]] += 1
            elif verdict.sure:
                self.modern.add(column)
        self.whole: Counter[Legacy] = sum(self.columns.values(), Counter())

    def of(self, column: int, verdict: Verdict) -> Legacy | None:
        """What a cell of the column is; None to leave it as it stands."""
        if verdict.sure:
            return verdict.possible[0] if verdict.possible else None
        around = self.columns.get(column)
        if column in self.modern or (verdict.stands and not around and self.modern):
            return None
        ((most, _cells),) = (around or self.whole).most_common(1)
        return most if most in verdict.possible else None


def recoded(sheet: Sheet) -> tuple[Sheet, list[LeftOut]]:
    """The sheet with its legacy text in Unicode, and a remark for each old way it was kept in.

    Hidden signs that turn the order of letters are no text and go where cells are tidied; here it is said.
    """
    turned = Counter(column for column, cell in _marked_cells(sheet) if is_turned(cell))
    sheet, remarks = _from_bytes(sheet)
    sheet, more = _from_signs(sheet)
    return sheet, [*_straightened(sheet, turned), *remarks, *more]


def _from_bytes(sheet: Sheet) -> tuple[Sheet, list[LeftOut]]:
    """TCVN3 and VNI, told cell by cell."""
    evidence = _Evidence(sheet)
    if not evidence.whole:
        return sheet, []
    changed: dict[Legacy, Counter[int]] = defaultdict(Counter)

    def read(column: int, cell: Cell) -> Cell:
        if not isinstance(cell, str) or cell.isascii():
            return cell
        legacy = evidence.of(column, judge(cell))
        if legacy is None:
            return cell
        text = decoded(cell, legacy)
        if text != cell:
            changed[legacy][column] += 1
        return text

    return _each(sheet, read), [_remark(sheet, legacy.value, cells) for legacy, cells in changed.items()]


def _from_signs(sheet: Sheet) -> tuple[Sheet, list[LeftOut]]:
    """VIQR, which no cell shows by itself as surely: two cells that are sure tell of the others."""
    cells = [cell for row in sheet.rows for cell in row.cells if isinstance(cell, str)]
    possible = [cell for cell in cells if viqr.judge(cell).possible]
    if not possible:
        return sheet, []
    if sum(viqr.judge(cell).sure for cell in possible) < _FEWEST:
        return sheet, [_left_as_it_is(sheet, possible)]
    usual = {word for cell in possible for word in viqr.syllables(cell)}
    changed, doubtful = Counter[int](), list[str]()

    def read(column: int, cell: Cell) -> Cell:
        if not isinstance(cell, str) or not viqr.judge(cell).possible:
            return cell
        changed[column] += 1
        if viqr.doubtful(cell):
            doubtful.append(viqr.decoded(cell, usual))
        return viqr.decoded(cell, usual)

    sheet = _each(sheet, read)
    return sheet, [_remark(sheet, viqr.NAME, changed), *_doubts(sheet, doubtful)]


def _each(sheet: Sheet, read: Callable[[int, Cell], Cell]) -> Sheet:
    rows = [Row(row.number, [read(column, cell) for column, cell in enumerate(row.cells)]) for row in sheet.rows]
    return replace(sheet, rows=rows)


def _marked_cells(sheet: Sheet) -> Iterator[tuple[int, str]]:
    for row in sheet.rows:
        for column, cell in enumerate(row.cells):
            if isinstance(cell, str) and not cell.isascii():
                yield column, cell


def _remark(sheet: Sheet, encoding: str, cells: Counter[int]) -> LeftOut:
    sentence = ngettext(
        "{count} cell in the old {encoding} letters was put into Unicode (columns {columns}); look it over.",
        "{count} cells in the old {encoding} letters were put into Unicode (columns {columns}); look some over.",
        cells.total(),
    ).format(count=number(cells.total()), encoding=encoding, columns=", ".join(map(column_letters, sorted(cells))))
    return LeftOut(sheet.name, None, sentence)


def _straightened(sheet: Sheet, cells: Counter[int]) -> Iterator[LeftOut]:
    if cells:
        sentence = ngettext(
            "{count} cell held hidden signs that turn the order of letters (columns {columns}); they were taken out, "
            "look whether it says what is meant.",
            "{count} cells held hidden signs that turn the order of letters (columns {columns}); they were taken out, "
            "look whether they say what is meant.",
            cells.total(),
        ).format(count=number(cells.total()), columns=", ".join(map(column_letters, sorted(cells))))
        yield LeftOut(sheet.name, None, sentence)


def _doubts(sheet: Sheet, texts: Sequence[str]) -> Iterator[LeftOut]:
    if texts:
        sentence = ngettext(
            "In {count} cell a sign may be a tone or end a sentence (“{text}”); look whether it was read rightly.",
            "In {count} cells a sign may be a tone or end a sentence (“{text}” …); look whether it was read rightly.",
            len(texts),
        ).format(count=number(len(texts)), text=one_line(texts[0]))
        yield LeftOut(sheet.name, None, sentence, one_line(texts[0]))


def _left_as_it_is(sheet: Sheet, texts: Sequence[str]) -> LeftOut:
    sentence = _(
        "“{text}” may be Vietnamese typed with signs (VIQR), but too little of the table is to be sure; it was left "
        "as it stands, type it anew if it is."
    )
    return LeftOut(sheet.name, None, sentence.format(text=one_line(texts[0])), one_line(texts[0]))
