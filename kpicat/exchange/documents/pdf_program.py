"""Reads a PDF's tables and prints them, a line of JSON for each page; a program of its own, without kpicat.

Run as ``python -I pdf_program.py FILE MOST_PAGES``. The first line says how many
pages there are, or why the file cannot be read.
"""

import json
import logging
import sys
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

Word = dict[str, Any]
Box = tuple[float, float, float, float]
_NEAR = 2.0  # points between edges that are one
_SAME_LINE = 3.0  # points between the feet of words on one line
_PADDING = 4.0  # points of a cell that its words leave free on either side, at the least
_TWIPS = 20  # a point
_GAP = 0.2  # of the letters' size, from which on a gap parts two words


def main(path: str, most_pages: int) -> None:
    """Print what the file holds."""
    try:
        with pdfplumber.open(path) as pdf:
            say({"pages": len(pdf.pages)})
            for number, page in enumerate(pdf.pages[:most_pages], start=1):
                say({"page": number, **of_page(page)})
                page.close()
    except PdfminerException as error:
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in (error.__context__, *error.args))
        say({"why": "password" if locked else "damaged"})


def say(words: dict[str, Any]) -> None:
    """One line of the answer."""
    print(json.dumps(words), flush=True)


def of_page(page: pdfplumber.page.Page) -> dict[str, Any]:
    """Its tables and the lines between them from the top, and how many letters and pictures it has."""
    words = page.extract_words(x_tolerance_ratio=_GAP, y_tolerance=_SAME_LINE)
    found = sorted((t for t in page.find_tables() if len(t.cells) > 1), key=lambda t: area(t.bbox))
    parts: list[tuple[float, dict[str, Any]]] = []
    for table in found:
        inside = [word for word in words if holds(table.bbox, word)]
        words = [word for word in words if not holds(table.bbox, word)]
        parts.append((table.bbox[1], {**Grid(table.cells).filled(inside), "ends": round(table.bbox[3])}))
    parts += [(line[0]["top"], {"text": text_of(line)}) for line in lines_of(words)]
    return {
        "parts": [part for _top, part in sorted(parts, key=lambda placed: placed[0])],
        "letters": len(page.chars),
        "pictures": len(page.images),
    }


class Grid:
    """Cells of one table in rows and columns."""

    def __init__(self, cells: list[Box]) -> None:
        self.x = edges(value for cell in cells for value in (cell[0], cell[2]))
        self.y = edges(value for cell in cells for value in (cell[1], cell[3]))
        self.cells: dict[tuple[int, int], tuple[Box, tuple[int, int, int, int]]] = {}
        for cell in cells:
            left, right = place(self.x, cell[0]), place(self.x, cell[2])
            top, bottom = place(self.y, cell[1]), place(self.y, cell[3])
            for row in range(top, max(bottom, top + 1)):
                for column in range(left, max(right, left + 1)):
                    self.cells[row, column] = cell, (top, left, max(bottom - 1, top), max(right - 1, left))

    def filled(self, words: list[Word]) -> dict[str, Any]:
        """Rows of texts, merged cells as first row, first column, last row, last column."""
        held: dict[tuple[int, int, int, int], list[Word]] = {}
        for word in words:
            row = bisect_right(self.y, (word["top"] + word["bottom"]) / 2) - 1
            column = bisect_right(self.x, (word["x0"] + word["x1"]) / 2) - 1
            where = max(row, 0), max(column, 0)
            at = self.cells.get(where)
            held.setdefault(at[1] if at else where * 2, []).append(word)  # where lines are missing, the place itself
        rows: list[list[str | None]] = [[None] * (len(self.x) - 1) for _row in range(len(self.y) - 1)]
        for (top, left, _bottom, right), own in held.items():
            width = self.x[min(right + 1, len(self.x) - 1)] - self.x[left]
            rows[min(top, len(rows) - 1)][min(left, len(self.x) - 2)] = in_cell(own, width)
        spans = {span for _box, span in self.cells.values()}
        return {
            "rows": rows,
            "merges": sorted(span for span in spans if span[:2] != span[2:]),
            "edges": [round((x - self.x[0]) * _TWIPS) for x in self.x],
        }


def in_cell(words: list[Word], width: float) -> str:
    """The words of a cell; a line that ended only because the next word had no room goes on."""
    lines = list(lines_of(words))
    text = text_of(lines[0])
    for line, following in pairwise(lines):
        letter = (line[-1]["x1"] - line[-1]["x0"]) / max(1, len(line[-1]["text"]))
        left = width - 2 * _PADDING - (line[-1]["x1"] - line[0]["x0"])
        if len(line) == 1 and left < letter and not line[0]["text"].isalpha():
            between = ""  # a code that is too long for its cell
        else:
            between = " " if letter / 2 + following[0]["x1"] - following[0]["x0"] > left else "\n"
        text += between + text_of(following)
    return text


def lines_of(words: list[Word]) -> Iterator[list[Word]]:
    """Words that stand on one line, from left to right, the lines from the top."""
    line: list[Word] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        if line and word["bottom"] - line[0]["bottom"] > _SAME_LINE:
            yield sorted(line, key=lambda w: w["x0"])
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda w: w["x0"])


def text_of(line: list[Word]) -> str:
    """A line's words with spaces between them."""
    return " ".join(word["text"] for word in line)


def edges(values: Iterable[float]) -> list[float]:
    """Sorted, those that are nearly the same once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def place(known: list[float], value: float) -> int:
    """Which of the edges the value is."""
    return max(0, bisect_right(known, value + _NEAR) - 1)


def holds(box: Box, word: Word) -> bool:
    """The middle of the word is in the box."""
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def area(box: Box) -> float:
    """In square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    main(sys.argv[1], int(sys.argv[2]))
