"""A cell's value as the text that the tables and the log keep."""

from __future__ import annotations

from collections.abc import Mapping

from kpicat.errors import InputError
from kpicat.language import _
from kpicat.model import CATALOGUE, CATALOGUE_FIELDS, CELLS, COMMENT, DECISION, Field, Value

OWN_FIELDS: Mapping[str, Field] = {name: Field(name) for name in CATALOGUE_FIELDS}
"""What a catalogue says of itself, as fields like those of an item."""

_SAID = {COMMENT: Field(COMMENT), DECISION: Field(DECISION)}


def cell(item_id: str, name: str) -> Field:
    """The field a cell is of: of the catalogue itself or of an item."""
    return OWN_FIELDS[name] if item_id == CATALOGUE else CELLS[name]


def disputed(item_id: str, name: str) -> Field:
    """The field a conflict is about: a cell's, or the words of a comment or a decision."""
    return _SAID.get(name) or cell(item_id, name)


def text_of(known: Field, value: Value) -> str | None:
    """The canonical text of a value, as both databases can keep it.

    Raises:
        InputError: It holds a character that is none (NUL, half of a pair).
    """
    text = known.encode(value)
    if text is None:
        return None
    refuse_broken(known.name, text)
    return str(text)  # a plain str also where an enum of texts was given


def refuse_broken(name: str, text: str) -> None:
    """Let only text through that both databases can keep.

    Raises:
        InputError: It holds a character that is none.
    """
    if "\0" in text or not _is_whole(text):
        raise InputError(_("A value of “{field}” holds a broken character: type it again.").format(field=name))


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
