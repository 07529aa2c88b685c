"""The fast reader of workbooks as a program: run by :mod:`kpicat.exchange.apart`, imports nothing of kpicat.

``python -I fast_reader.py BYTES SECONDS CELLS`` reads a workbook from its standard input, taking no more memory and
time than that and no more cells, blank ones between others counted. It answers in pickles, each a word and more:
``sheet`` with a name, whether it is shown and its merged cells, then its ``rows`` that hold something, some at a time,
each with its number from 1 and its cells from column A on; ``end``, when that was all; else why not: ``protected``,
``far`` with the last row and column, ``damaged`` with the reason. Without such an end it was stopped.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import sys
from collections.abc import Iterator

import python_calamine as calamine

_AT_ONCE = 1000  # rows


def main() -> None:
    """Read, and say what came of it."""
    memory, seconds, most_cells = map(int, sys.argv[1:])
    limit(memory, seconds)
    try:
        for answer in answers(sys.stdin.buffer.read(), most_cells):
            say(*answer)
    except calamine.PasswordError:
        say("protected", None)
    except (MemoryError, OSError):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        say("damaged", f"{type(error).__name__}: {error}")


def limit(memory: int, seconds: int) -> None:
    """Take no more than that, where the system can be told so: Linux; Windows cannot, macOS does not keep to it."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say(word: str, more: object) -> None:
    """One answer."""
    pickle.dump((word, more), sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


def answers(content: bytes, most_cells: int) -> Iterator[tuple[str, object]]:
    """What there is to say of a workbook."""
    spanned = 0
    with calamine.load_workbook(io.BytesIO(content)) as workbook:
        for place, about in enumerate(workbook.sheets_metadata):
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            values = workbook.get_sheet_by_index(place)
            spanned += values.width * values.height
            if spanned > most_cells:
                yield "far", values.end
                return
            shown = about.visible == calamine.SheetVisibleEnum.Visible
            yield "sheet", (about.name, shown, values.merged_cell_ranges or [])
            found = rows(values)
            for first in range(0, len(found), _AT_ONCE):
                yield "rows", found[first : first + _AT_ONCE]
    yield "end", None


def rows(values: calamine.CalamineSheet) -> list[tuple[int, list[object]]]:
    """The rows of a sheet, without the blank cells at their ends."""
    top, left = values.start or (0, 0)
    found: list[tuple[int, list[object]]] = []
    for number, cells in enumerate(values.to_python(skip_empty_area=True), start=top + 1):
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            found.append((number, [*[None] * left, *cells]))
    return found


if __name__ == "__main__":
    main()
