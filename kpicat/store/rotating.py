"""A folder of backups: what each is called, whether it is still what was written, and which of them are kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from kpicat.errors import InputError
from kpicat.language import _, why

_NAME = re.compile(r"kpicat-(\d{8}T\d{6}Z)(-\d+)?\.db(\.sealed)?", re.ASCII)
_MOMENT = "%Y%m%dT%H%M%SZ"
_CHUNK = 1 << 20


class Keep(NamedTuple):
    """Of how many days, weeks and months the last backup is kept; days on which none was made do not count."""

    days: int
    weeks: int = 0
    months: int = 0


def named(folder: Path, at: datetime, *, sealed: bool, before: str = "") -> Path:
    """The file for a backup made at a moment, which its name says in UTC.

    Args:
        before: What it was made before, such as ``upgrade``; it is not rotated, as it may be the only way back.
    """
    kind = f"before-{before}-" if before else ""
    return folder / f"kpicat-{kind}{at.astimezone(UTC):{_MOMENT}}.db{'.sealed' if sealed else ''}"


def unused(file: Path) -> Path:
    """The file, or the first of those numbered after it that is not there: two may be made within one second."""
    stem, dot, ending = file.name.partition(".")
    numbered = (file.with_name(f"{stem}-{n}{dot}{ending}") for n in count(2))
    return file if not file.exists() else next(each for each in numbered if not each.exists())


def backups(folder: Path) -> Mapping[Path, datetime]:
    """The backups of every day, as they are called, and when each was made."""
    found = ((file, _moment(file.name)) for file in folder.iterdir())
    return {file: at for file, at in found if at is not None}


def _moment(name: str) -> datetime | None:
    """The moment that a name says; None of a name that is no backup's."""
    said = _NAME.fullmatch(name)
    try:
        return datetime.strptime(said[1], _MOMENT).replace(tzinfo=UTC) if said else None
    except ValueError:  # digits that are no moment
        return None


def rotate(folder: Path, keep: Keep, newest: Path) -> list[Path]:
    """Delete the backups that are not to be kept; call it only once ``newest`` has been proved.

    Files that are called otherwise stay.

    Args:
        newest: Stays in any case, also where a clock was set back and its name is not the last.

    Returns:
        What was deleted, the oldest first.
    """
    made = backups(folder)
    kept = kept_of(made.values(), keep)
    gone = sorted((file for file in made if made[file] not in kept and file != newest), key=lambda file: made[file])
    for file in gone:
        try:
            file.unlink(missing_ok=True)  # another backup may be at it, too
            _beside(file).unlink(missing_ok=True)
        except OSError as error:
            words = _("The old backup “{name}” cannot be deleted: {why}.")
            raise InputError(words.format(name=file, why=why(error))) from error
    return gone


def kept_of(moments: Collection[datetime], keep: Keep) -> set[datetime]:
    """Of these moments those that are kept."""
    kept: set[datetime] = set()
    periods: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (keep.days, lambda at: at.date()),
        (keep.weeks, lambda at: at.isocalendar()[:2]),
        (keep.months, lambda at: (at.year, at.month)),
    ]
    for many, period in periods:
        last = {period(at): at for at in sorted(moments)}
        kept |= set(sorted(last.values(), reverse=True)[:many])
    return kept


# -- what was written ----------------------------------------------------------


def put_down(file: Path) -> None:
    """Write the SHA-256 of a backup beside it, as ``sha256sum --check`` reads it.

    Raises:
        InputError: That cannot be written.
    """
    try:
        _beside(file).unlink(missing_ok=True)  # that of a backup this one has replaced
        _beside(file).write_text(f"{_hash(file)}  {file.name}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        words = _("The backup “{name}” cannot be written ({why}); choose another folder or name.")
        raise InputError(words.format(name=_beside(file), why=why(error))) from error


def insist_on_hash(file: Path) -> None:
    """See that a backup is what was written, where that was put down beside it.

    Raises:
        InputError: It is not.
    """
    beside = _beside(file)
    try:
        told = beside.read_text(encoding="utf-8", errors="replace").split() if beside.is_file() else []
        is_so = not told or told[0] == _hash(file)
    except OSError as error:
        raise InputError(_("“{name}” cannot be read: {why}.").format(name=file.name, why=why(error))) from error
    if not is_so:
        words = _("“{name}” is not what was written, as its SHA-256 in “{beside}” shows; choose another backup.")
        raise InputError(words.format(name=file.name, beside=beside.name))


def _beside(file: Path) -> Path:
    return file.with_name(file.name + ".sha256")


def _hash(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
