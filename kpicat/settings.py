"""What an installation may set, each from one environment variable."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The project's folder: app.py, pages and data are found from here."""


def database_url() -> str:
    """``KPICAT_DATABASE``: where catalogues are kept; SQLite in data/var by default."""
    return os.environ.get("KPICAT_DATABASE") or f"sqlite:///{ROOT / 'data' / 'var' / 'kpicat.db'}"


def upload_limit() -> int:
    """``KPICAT_UPLOAD_MB``: the largest file that may be brought in, in bytes."""
    return int(os.environ.get("KPICAT_UPLOAD_MB") or 20) * 1024 * 1024
