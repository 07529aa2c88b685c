"""Take a catalogue out as a file."""

from __future__ import annotations

import re
import textwrap

from kpicat import exchange
from kpicat.services.view import View
from kpicat.text.normalise import fold


def take_out(view: View, suffix: str) -> bytes:
    """The catalogue as a file of that ending, with its findings where the format has room."""
    return exchange.write(view.reading, view.guidance, suffix, findings=view.findings if suffix == ".xlsx" else ())


def file_name(view: View, suffix: str) -> str:
    """A name every file system takes: danh-muc-xa-an-binh-2026.xlsx; a long one loses whole words, not its period."""
    named = textwrap.shorten(_plain(view.catalogue.name), 70, placeholder="")
    words = f"{named} {_plain(view.catalogue.period)}".split()
    return ("-".join(words) or "kpicat") + suffix


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
