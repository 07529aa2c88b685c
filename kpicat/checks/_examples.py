"""A check's own cases in words, for those who ask what it means."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from kpicat.labels import field_label
from kpicat.language import _, number

if TYPE_CHECKING:
    from kpicat.checks import Case


def in_words(case: Case) -> str:
    """A case on one line: what its line says, or each line of its small catalogue."""
    if isinstance(case, str):
        return _line({"task": case})
    if isinstance(case, Mapping):
        return _line(case)
    if not case:
        return _("a catalogue without lines")
    said = [(text, len(list(alike))) for text, alike in groupby(map(_line, case))]
    return " | ".join(_("{n} lines with {text}").format(n=n, text=text) if n > 1 else text for text, n in said)


def _line(values: Mapping[str, object]) -> str:
    return "; ".join(f"{field_label(name)}: {_value(value)}" for name, value in values.items()) or _("a complete line")


def _value(value: object) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case int() | Decimal():
            return number(value)
        case str() if value.strip():
            return f"“{' '.join(value.split())}”"
    return _("(empty)")
