"""The values of a workbook, read by a process of its own.

The fast reader takes memory for whatever a file says of itself: how many texts it shares, how far its cells reach,
how often one is repeated, in .xls how long its chains are. Memory that cannot be had ends the whole process, and with
it the work of everybody. So it is a process for that one file that ends. To start it takes some 20 ms, and while
a long file is read the interpreter is left to the other sessions.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kpicat.errors import InputError
from kpicat.exchange.archive import damaged, protected, too_far
from kpicat.exchange.tables.grid import Cell, is_blank
from kpicat.exchange.workbook_xml import MOST_SPANNED
from kpicat.language import _

MOST_MEMORY = 2 << 30
"""Bytes; 200 000 rows of 12 different texts take half."""
MOST_SECONDS = 60
"""Of computing; 200 000 rows take 5."""
_WAITING = 3  # times as long on a busy machine
_PROGRAM = Path(__file__).with_name("fast_reader.py")
_two_at_once = threading.BoundedSemaphore(2)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Table:
    """A worksheet's cells.

    Attributes:
        visible: The spreadsheet shows it.
        merges: First and last cell of each merged area, row and column from 0.
        rows: Those with something in them: the number beside the row, its cells from column A on.
    """

    name: str
    visible: bool
    merges: list[tuple[tuple[int, int], tuple[int, int]]]
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


def tables(content: bytes, name: str) -> list[Table]:
    """The worksheets of an .xlsx, .xlsb, .xls or .ods file, in its order.

    Raises:
        InputError: It is damaged or protected, or takes more memory or time than a catalogue needs.
    """
    found: list[Table] = []
    for word, more in _answers(content):
        match word:
            case "sheet":
                found.append(Table(*more))
            case "rows":
                found[-1].rows.extend(row for row in more if not all(map(is_blank, row[1])))
            case "end":
                return found
            case "protected":
                raise protected(name)
            case "far":
                raise too_far(name, more[0] + 1, more[1])
            case _damaged:
                _log.warning("a workbook could not be parsed: %s", str(more).partition(":")[0])  # the kind of the error
                raise damaged(name)
    _log.warning("the reader of a workbook was stopped")
    raise InputError(
        _(
            "“{name}” takes more memory than a catalogue needs, so it was not opened; delete what stands far from "
            "the table, save it as .xlsx and bring it in again."
        ).format(name=name)
    )


def _answers(content: bytes) -> Iterator[tuple[str, Any]]:
    """What the program says, see :mod:`kpicat.exchange.fast_reader`; it may be stopped in the middle."""
    command = [sys.executable, "-I", str(_PROGRAM), *map(str, (MOST_MEMORY, MOST_SECONDS, MOST_SPANNED))]
    with _two_at_once, tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        with subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
            assert program.stdout is not None
            late = threading.Timer(_WAITING * MOST_SECONDS, program.kill)
            late.start()
            try:
                with suppress(EOFError, pickle.UnpicklingError):
                    while True:
                        yield pickle.load(program.stdout)
            finally:
                late.cancel()
