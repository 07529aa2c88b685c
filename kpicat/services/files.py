"""A file, or a folder or .zip of many, read, converted or checked as it lies there, without a database."""

from __future__ import annotations

import functools
import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from kpicat import checks, distribution, exchange, guidance, settings
from kpicat.convert import converted
from kpicat.errors import InputError
from kpicat.exchange import Progress, Read, kinds, no_progress
from kpicat.exchange import read_many as exchange_many
from kpicat.exchange.read_many import Many, Sent
from kpicat.guidance import Guidance
from kpicat.language import _, number, why
from kpicat.model import Catalogue, Finding, Form, Item, Reading, ReadReport, items_frame
from kpicat.services.gathering import by_sheet, guess_units, with_units
from kpicat.services.tiering import suggestions_for
from kpicat.suggest import Suggestion


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


def is_many(source: Path) -> bool:
    """Whether it is a folder, or a .zip of files."""
    return source.is_dir() or (source.is_file() and kinds.of(content(source)) is kinds.Kind.ZIP)


def read_many(source: Path, edition: str, *, progress: Progress = no_progress) -> Many:
    """What each file of a folder, or of a .zip, holds.

    Raises:
        InputError: None of them can be taken; one sentence says why of the first.
    """
    files = _in_folder(source) if source.is_dir() else [Sent(source.name, lambda: content(source))]
    many = exchange_many.read_many(files, guidance.get(edition), progress=progress)
    if not many.reads:
        refused = next((file.refused for file in many.files if file.refused), None)
        raise refused or InputError(
            _("“{name}” holds no file of a unit; put the units' files into it, or name one of them.").format(
                name=source.name
            )
        )
    return many


def read(source: Path, edition: str, *, progress: Progress = no_progress) -> Read:
    """The items of a file; those of a folder's or a .zip's files together, each in its unit.

    Raises:
        InputError: It cannot be taken; one sentence says why.
    """
    if not is_many(source):
        return by_sheet(exchange.read(content(source), source.name, guidance.get(edition), progress=progress))
    many = read_many(source, edition, progress=progress)
    placed = iter(with_units(many.reads, guess_units(many.reads)))
    files = [replace(file, read=next(placed)) if file.read else file for file in many.files]
    return replace(many, files=files).together(source.name)


def _in_folder(folder: Path) -> list[Sent]:
    """The folder's files and those of the folders in it, but not where a link leads."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(folder).as_posix()
            found.append(Sent(name, functools.partial(content, path)))
    return found


def check(source: Path, edition: str, *, progress: Progress = no_progress) -> tuple[Read, list[Finding]]:
    """The items of a file and every principle they do not keep.

    Raises:
        InputError: It cannot be taken; one sentence says why.
    """
    found = read(source, edition, progress=progress)
    return found, checks.run(items_frame(found.items), guidance.get(edition))


def suggest(
    source: Path, edition: str, *, reference: Path | None = None, progress: Progress = no_progress
) -> tuple[list[Item], dict[str, Suggestion]]:
    """The items of a file and the tier proposed for each, by its id.

    Args:
        source: The catalogue; lines that have a tier are learnt from.
        edition: The scale both files are read by.
        reference: A catalogue of another body, to learn from too.
        progress: Told how far it is.

    Raises:
        InputError: One of the two cannot be taken.
    """
    other = None if reference is None else items_frame(read(reference, edition).items)
    found = read(source, edition, progress=progress)
    return found.items, suggestions_for(items_frame(found.items), guidance.get(edition), other)


def convert(
    source: Path, target: Path, edition: str, *, form: Form = Form.PARTY, progress: Progress = no_progress
) -> Conversion:
    """Write the converted catalogue of a file, on that paper where it is one; ``target`` appears only when it is whole.

    Raises:
        InputError: ``source`` cannot be taken or ``target`` cannot be written.
    """
    _insist_on_writable(source, target)
    scale = guidance.get(edition)
    found = read(source, edition, progress=lambda share, doing: progress(share / 2, doing))
    name = source.name if source.is_dir() else source.stem
    reading = Reading(Catalogue(id="", name=name, form=form, guidance=edition), _firsthand(found))
    content = exchange.write(
        reading,
        scale,
        target.suffix,
        findings=checks.run(reading.items, scale),
        progress=lambda share, doing: progress(0.5 + share / 2, doing),
    )
    put(content, target)
    return _conversion(reading, scale, found.report, target)


def _firsthand(found: Read) -> pd.DataFrame:
    """The items, each with the place it first came from."""
    return items_frame(replace(item, source=found.origin(item)) for item in found.items)


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


def content(source: Path) -> bytes:
    """A file that may be brought in.

    Raises:
        InputError: It cannot be opened, or is larger than is taken.
    """
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


def put(content: bytes, target: Path) -> None:
    """Write a file, which appears only when it is whole.

    Raises:
        InputError: It cannot be written.
    """
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
