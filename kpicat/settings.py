"""What an installation may set, each from one environment variable."""

from __future__ import annotations

import os
from pathlib import Path

from kpicat.errors import InputError
from kpicat.language import _

ROOT = Path(__file__).parent.parent
"""The project's folder: app.py, pages and data are found from here."""


def database_url() -> str:
    """``KPICAT_DATABASE``: where catalogues are kept; SQLite in data/var by default."""
    return os.environ.get("KPICAT_DATABASE") or f"sqlite:///{ROOT / 'data' / 'var' / 'kpicat.db'}"


def upload_limit() -> int:
    """``KPICAT_UPLOAD_MB``: the largest file that may be brought in, in bytes.

    Raises:
        InputError: It is not a whole number of megabytes.
    """
    said = os.environ.get("KPICAT_UPLOAD_MB") or "20"
    if not said.isdecimal() or not int(said):
        raise InputError(_("KPICAT_UPLOAD_MB is “{said}”; set it to a whole number of megabytes.").format(said=said))
    return int(said) * 1024 * 1024


def origins() -> frozenset[str]:
    """``KPICAT_ORIGINS``: addresses of pages that may hear news, where a proxy changes the host's name.

    Such as ``https://kpi.xa-mau.gov.vn``, several with commas; the server's own address needs no entry.
    """
    return frozenset(filter(None, (one.strip().rstrip("/") for one in os.environ.get("KPICAT_ORIGINS", "").split(","))))
