"""Files as LibreOffice leaves them, as many as are wanted with one start of it: starting is what costs."""

from __future__ import annotations

import atexit
import functools
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from kpicat.exchange.documents import libreoffice

File = tuple[bytes, str]
"""What is in it, and its ending, ".odt"."""


@functools.cache
def _options() -> list[str]:
    """The product's own, with a profile kept for the next start, which costs half as much again to make."""
    folder = tempfile.mkdtemp(prefix="kpicat-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return libreoffice._options(Path(folder))


def converted(files: Sequence[File], to: str) -> list[bytes | None]:
    """Each as a file of another kind, as :func:`kpicat.exchange.documents.libreoffice.converted` makes it of one."""
    program = libreoffice.program()
    if program is None:
        pytest.skip("LIBREOFFICE IS MISSING: nothing that it reads or writes was tested")
    with tempfile.TemporaryDirectory(prefix="kpicat-") as made:
        folder = Path(made)
        sources = [folder / f"{n}{suffix}" for n, (_content, suffix) in enumerate(files)]
        for source, (content, _suffix) in zip(sources, files, strict=True):
            source.write_bytes(content)
        order = [program, *_options(), "--convert-to", to, "--outdir", folder / "out", *sources]
        subprocess.run(order, capture_output=True, timeout=240, check=False)  # also where it cannot read one of them
        targets = [folder / "out" / f"{source.stem}.{to}" for source in sources]
        return [target.read_bytes() if target.is_file() else None for target in targets]
