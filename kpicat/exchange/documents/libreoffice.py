"""Older kinds of documents through LibreOffice, where it is installed: one at a time, alone, cut off from the network.

Each conversion has a folder and a profile of its own, which are gone afterwards
whatever happens, and runs as a group of processes that is ended as one.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kpicat.exchange.documents import programs
from kpicat.exchange.documents.programs import Bounds

LONGEST = 120
"""Seconds that one conversion may take; 3 000 rows take 6, and starting takes 2 to 5."""
_LARGEST = 200 << 20  # bytes that it may write
_BOUNDS = Bounds(memory=6 << 30, seconds=2 * LONGEST, written=_LARGEST)  # by itself it maps about 2 GB
_STEP = 0.25  # seconds between two looks
_ONE = threading.Lock()
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
# No macro runs, nothing is fetched (also not a picture a document links to), nothing is asked.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Setup/Office", "OfficeRestartInProgress", "false"),
)


class TooLong(Exception):
    """The conversion took more than :data:`LONGEST` seconds and was ended."""


def program() -> str | None:
    """LibreOffice's program; None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def converted(content: bytes, suffix: str, waiting: Callable[[], None], *, to: str = "docx") -> bytes | None:
    """A document as a file of another kind; None where LibreOffice makes nothing of it.

    Args:
        content: The document.
        suffix: Its true ending, ".doc".
        waiting: Called now and then; what it throws ends the conversion.
        to: The kind wanted, LibreOffice's word for it.

    Raises:
        TooLong: It was ended after :data:`LONGEST` seconds.
        FileNotFoundError: LibreOffice is not installed.
    """
    office = program()
    if office is None:
        raise FileNotFoundError("soffice")
    while not _ONE.acquire(timeout=_STEP):
        waiting()
    try:
        with tempfile.TemporaryDirectory(prefix="kpicat-", ignore_cleanup_errors=True) as made:
            folder = Path(made)
            source = folder / f"document{suffix}"
            source.write_bytes(content)
            _run([office, *_options(folder), "--convert-to", to, "--outdir", str(folder / "out"), str(source)], waiting)
            target = folder / "out" / f"document.{to}"
            return target.read_bytes() if target.is_file() and target.stat().st_size <= _LARGEST else None
    finally:
        _ONE.release()


def _options(folder: Path) -> list[str]:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    return [f"-env:UserInstallation={profile.as_uri()}", *quiet]


def _run(command: list[str], waiting: Callable[[], None]) -> None:
    with programs.running(command, _BOUNDS) as process:
        for _step in range(int(LONGEST / _STEP)):
            with suppress(subprocess.TimeoutExpired):
                process.wait(_STEP)
                return
            waiting()
        raise TooLong
