"""Files in, items out; a reading in, file out. Formats are loaded when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from kpicat.errors import InputError
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Finding, Item, Reading, ReadReport

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and what is being done, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the user says of one sheet: its header row, its columns, or to leave it out.

    Attributes:
        header_row: Row number of the (last) header row; None leaves the sheet out.
        columns: Zero-based column -> field id, "" for a column not to take; None lets
            kpicat propose them.
    """

    header_row: int | None
    columns: Mapping[int, str] | None = None


@dataclass(frozen=True)
class Read:
    """Items of a file, in its order, and the report of what became of every row."""

    items: list[Item]
    report: ReadReport


def no_progress(share: float, doing: str) -> None:
    """Tell nobody."""


READERS = (".xlsx", ".xlsm", ".csv", ".tsv")
WRITERS = (".xlsx", ".csv", ".json")


def read(
    content: bytes,
    name: str,
    guidance: Guidance,
    *,
    pointed: Mapping[str, Pointed] | None = None,
    progress: Progress = no_progress,
) -> Read:
    """Read a file's tables into items.

    Args:
        content: The file, hostile until read.
        name: Its name; the ending says the format, the content decides.
        guidance: Whose tier words and frames the file may use.
        pointed: Sheet name -> what the user said of it.

    Raises:
        NeedsPointing: No sheet has a header row that is recognised.
        InputError: The file cannot be taken; one sentence says why and what to do.
    """
    match PurePath(name).suffix.lower():
        case ".xlsx" | ".xlsm":
            from kpicat.exchange import read_xlsx

            return read_xlsx.read(content, name, guidance, pointed=pointed or {}, progress=progress)
        case ".csv" | ".tsv" | ".txt":
            from kpicat.exchange import read_csv

            return read_csv.read(content, name, guidance, pointed=pointed or {}, progress=progress)
        case suffix:
            raise InputError(
                _("“{name}”: files ending in “{suffix}” cannot be read yet; save it as .xlsx or .csv.").format(
                    name=name, suffix=suffix
                )
            )


def write(
    reading: Reading,
    guidance: Guidance,
    suffix: str,
    *,
    findings: Sequence[Finding] = (),
    progress: Progress = no_progress,
) -> bytes:
    """A catalogue as a file.

    Args:
        reading: What to write.
        guidance: The catalogue's edition with its adjusted marks.
        suffix: One of :data:`WRITERS`.
        findings: Written on a sheet of their own where the format has sheets.

    Raises:
        InputError: The ending is not one kpicat writes.
    """
    match suffix.lower():
        case ".xlsx":
            from kpicat.exchange import write_xlsx

            return write_xlsx.write(reading, guidance, findings=findings, progress=progress)
        case ".csv":
            from kpicat.exchange import write_text

            return write_text.csv(reading, guidance)
        case ".json":
            from kpicat.exchange import write_text

            return write_text.json(reading, guidance)
        case _other:
            raise InputError(
                _("kpicat does not write “{suffix}”; choose one of: {known}.").format(
                    suffix=suffix, known=", ".join(WRITERS)
                )
            )
