"""Look at a dossier that somebody got: is it what was made, and is it what was approved here?"""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from kpicat.exchange.archive import Archive
from kpicat.exchange.dossier import Verified, verified
from kpicat.exchange.dossier.verifying import Files
from kpicat.exchange.read_many import is_junk
from kpicat.model.approvals import Version
from kpicat.services import approving, files

if TYPE_CHECKING:
    from kpicat.store import Store

_ZIP = b"PK"


def look(source: Path) -> Verified:
    """Whether a dossier is what was made: a .zip, the folder it was unpacked to, or its content alone.

    Raises:
        InputError: It cannot be opened, or is none of these.
    """
    return verified(_unpacked(source) if source.is_dir() else _packed(source), source.name)


def approved_as(store: Store, found: Verified) -> Version | None:
    """The version of this database that is this very content; None where none is."""
    versions = approving.versions(store, found.catalogue_id)
    return next((version for version in versions if version.hash == found.hash), None)


def _unpacked(folder: Path) -> Files:
    return {path.name: partial(files.content, path) for path in folder.iterdir() if path.is_file() and _is_part(path)}


def _packed(source: Path) -> Files:
    content = files.content(source)
    if not content.startswith(_ZIP):
        return {source.name: lambda: content}
    archive = Archive(content, source.name)
    paths = [PurePosixPath(name) for name in archive.parts if not name.endswith("/") and _is_part(PurePosixPath(name))]
    within = len({path.parent for path in paths}) == 1  # the one folder that was packed anew, if any
    return {path.name if within else str(path): partial(archive.read, str(path)) for path in paths}


def _is_part(path: PurePath) -> bool:
    return not is_junk(str(path))
