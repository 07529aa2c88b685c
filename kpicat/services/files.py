"""A file read, converted or checked as it lies there, without a database."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kpicat import checks, distribution, exchange, guidance, settings
from kpicat.convert import converted
from kpicat.errors import InputError
from kpicat.exchange import Progress, Read, no_progress
from kpicat.guidance import Guidance
from kpicat.language import _, number, why
from kpicat.model import Catalogue, Finding, Reading, ReadReport, items_frame


@dataclass(frozen=True)
class Conversion:
    """A file's catalogue, converted.

    Attributes:
        figures: The catalogue in a few numbers.
        tiers: As :func:`kpicat.distribution.by_tier` gives.
        standard_units: The items marked as the standard unit, as ``code task``.
        report: What became of every row of the file.
        written: The file that was written.
    """

    figures: distribution.Figures
    tiers: list[tuple[str, int]]
    standard_units: list[str]
    report: ReadReport
    written: Path


def read(source: Path, edition: str, *, progress: Progress = no_progress) -> Read:
    """The items of a file.

    Raises:
        InputError: It cannot be taken; one sentence says why.
    """
    return exchange.read(_content(source), source.name, guidance.get(edition), progress=progress)


def check(source: Path, edition: str, *, progress: Progress = no_progress) -> tuple[Read, list[Finding]]:
    """The items of a file and every principle they do not keep.

    Raises:
        InputError: It cannot be taken; one sentence says why.
    """
    found = read(source, edition, progress=progress)
    return found, checks.run(items_frame(found.items), guidance.get(edition))


def convert(source: Path, target: Path, edition: str, *, progress: Progress = no_progress) -> Conversion:
    """Write the converted catalogue of a file; ``target`` appears only when it is whole.

    Raises:
        InputError: ``source`` cannot be taken or ``target`` cannot be written.
    """
    _insist_on_writable(source, target)
    scale = guidance.get(edition)
    found = read(source, edition, progress=lambda share, doing: progress(share / 2, doing))
    reading = Reading(Catalogue(id="", name=source.stem, guidance=edition), items_frame(found.items))
    content = exchange.write(
        reading,
        scale,
        target.suffix,
        findings=checks.run(reading.items, scale),
        progress=lambda share, doing: progress(0.5 + share / 2, doing),
    )
    _put(content, target)
    return _conversion(reading, scale, found.report, target)


def _conversion(reading: Reading, scale: Guidance, report: ReadReport, target: Path) -> Conversion:
    table = converted(reading.items, scale)
    figures = distribution.figures(reading.items, table, scale)
    rows = distribution.by_tier(table, scale)
    chosen = reading.items.loc[list(figures.standard_units)]
    return Conversion(
        figures=figures,
        tiers=[(str(label), int(count)) for label, count in zip(rows["label"], rows["count"], strict=True)],
        standard_units=[f"{code} {task}".strip() for code, task in zip(chosen["code"], chosen["task"], strict=True)],
        report=report,
        written=target,
    )


def _content(source: Path) -> bytes:
    try:
        size = source.stat().st_size
        if size > settings.upload_limit():
            raise InputError(
                _("“{name}” is larger than {limit} MB; take out pictures and sheets that are not needed.").format(
                    name=source.name, limit=number(settings.upload_limit() // 2**20)
                )
            )
        return source.read_bytes()
    except FileNotFoundError:
        raise InputError(_("There is no file “{name}”; check its name and folder.").format(name=source)) from None
    except OSError as error:
        raise InputError(
            _("“{name}” cannot be opened ({why}); check that it is a file you may read.").format(
                name=source, why=why(error)
            )
        ) from error


def _insist_on_writable(source: Path, target: Path) -> None:
    if target.suffix.lower() not in exchange.WRITERS:
        raise InputError(
            _("“{name}”: files ending in “{suffix}” are not written yet; choose one of: {known}.").format(
                name=target.name, suffix=target.suffix, known=", ".join(exchange.WRITERS)
            )
        )
    if target.exists() and source.exists() and target.samefile(source):
        raise InputError(_("“{name}” would be written over itself; give -o another name.").format(name=target.name))


def _put(content: bytes, target: Path) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=".kpicat-", dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            part.chmod(0o666 & ~_umask())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            _("“{name}” cannot be written ({why}); close it elsewhere or choose another folder.").format(
                name=target, why=why(error)
            )
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
