"""The words of the field as types: items, catalogues, edits, changes, findings. No I/O.

An item's values are text except four numbers and a flag; :data:`FIELDS` says
which. The same canonical text form (:meth:`Field.encode`) is what the store
compares, the log keeps and the JSON carries, so two people who type ``1,50``
and ``1,5`` agree.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import pandas as pd

Value = str | int | Decimal | bool | None


class Kind(enum.Enum):
    """What a field holds."""

    TEXT = "text"  # "" when empty
    LEVEL = "level"  # int 1..5, None when empty
    NUMBER = "number"  # Decimal, None when empty
    FLAG = "flag"  # bool


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a catalogue: its identifier and what it holds."""

    name: str
    kind: Kind = Kind.TEXT

    @property
    def empty(self) -> Value:
        """The value of a cell nobody has filled."""
        if self.kind is Kind.TEXT:
            return ""
        return False if self.kind is Kind.FLAG else None

    def encode(self, value: Value) -> str | None:
        """The canonical text of ``value``; None for an empty cell.

        Raises:
            TypeError: ``value`` is not of this field's kind (a programmer's mistake;
                text typed by people goes through :mod:`kpicat.text.numbers` first).
        """
        if value is None or value == "" or value is False:
            return None
        if self.kind is Kind.TEXT and isinstance(value, str):
            return value
        if self.kind is Kind.FLAG and isinstance(value, bool):
            return "1"
        if self.kind is Kind.LEVEL and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if self.kind is Kind.NUMBER and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite():
                return plain(number)
        raise TypeError(f"{self.name} cannot hold {value!r}")

    def decode(self, text: str | None) -> Value:
        """The value whose canonical text is ``text``."""
        if text is None:
            return self.empty
        match self.kind:
            case Kind.TEXT:
                return text
            case Kind.LEVEL:
                return int(text)
            case Kind.NUMBER:
                return Decimal(text)
            case Kind.FLAG:
                return True


def plain(number: Decimal) -> str:
    """``number`` without exponent or trailing zeros: 1.50 -> "1.5", 1E+2 -> "100"."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


FIELDS: dict[str, Field] = {
    f.name: f
    for f in (
        Field("code"),
        Field("group"),
        Field("department"),
        Field("duty"),
        Field("task"),
        Field("detail"),
        Field("product"),
        Field("measure"),
        Field("quantity", Kind.NUMBER),  # a year
        Field("frequency"),
        Field("deadline"),
        Field("quality"),
        Field("position"),
        Field("responsible"),
        Field("tier", Kind.LEVEL),  # 1 is the lightest
        Field("points", Kind.NUMBER),  # on the edition's scale; halves occur in real scales
        Field("coefficient", Kind.NUMBER),  # as a file stated it; ours is derived, see convert.py
        Field("rationale"),
        Field("standard_unit", Kind.FLAG),  # the yardstick of the catalogue
        Field("note"),
    )
}
"""Every field of an item, in the order of a catalogue's columns."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item came from; row is the sheet's own row number (1 is the first)."""

    file: str = ""
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a catalogue. ``values`` holds the fields that are not empty."""

    id: str
    values: Mapping[str, Value]
    source: Source = Source()

    def __getitem__(self, name: str) -> Value:
        return self.values.get(name, FIELDS[name].empty)


SOURCE_COLUMNS = ("source_file", "source_sheet", "source_row")


def items_frame(items: Iterable[Item]) -> pd.DataFrame:
    """Items as a table.

    Returns:
        One row per item in the given order, indexed by item id (index name
        ``item``), with a column per field of :data:`FIELDS` and
        :data:`SOURCE_COLUMNS`. Text columns are ``str`` with "" for empty, ``tier``
        and ``source_row`` are ``Int64``, numbers are objects (Decimal or None),
        flags are ``bool``.
    """
    rows = list(items)
    columns: dict[str, pd.Series] = {}
    index = pd.Index([row.id for row in rows], name="item", dtype="str")
    for f in FIELDS.values():
        values = [row.values.get(f.name, f.empty) for row in rows]
        columns[f.name] = pd.Series(values, index=index, dtype=_DTYPES[f.kind])
    columns["source_file"] = pd.Series([r.source.file for r in rows], index=index, dtype="str")
    columns["source_sheet"] = pd.Series([r.source.sheet for r in rows], index=index, dtype="str")
    columns["source_row"] = pd.Series([r.source.row for r in rows], index=index, dtype="Int64")
    return pd.DataFrame(columns, index=index)


_DTYPES = {Kind.TEXT: "str", Kind.LEVEL: "Int64", Kind.NUMBER: "object", Kind.FLAG: "bool"}


# -- a catalogue -------------------------------------------------------------


class Form(enum.StrEnum):
    """Whose paper the catalogue leaves on."""

    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a catalogue says of itself; its items are read separately."""

    id: str
    name: str
    body: str = ""  # the Party committee, commune or agency
    period: str = ""  # "2026"
    form: Form = Form.PARTY
    guidance: str = "phu_luc_3"  # the edition's id
    marks: str = ""  # the catalogue's own adjusted marks as JSON, see guidance.adjusted
    status: str = "draft"
    head: int = 0  # seq of the last change


CATALOGUE_FIELDS = ("name", "body", "period", "form", "guidance", "marks", "status")
CATALOGUE = ""
"""The item id under which the log keeps changes of the catalogue's own fields."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A catalogue and its items frozen at one moment of the log.

    Attributes:
        catalogue: With ``head`` equal to the seq of this reading.
        items: As :func:`items_frame` gives; shared between readers, so read-only.
    """

    catalogue: Catalogue
    items: pd.DataFrame


# -- writing -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """Set one cell if it still holds what the editor saw (compare and set).

    ``item_id`` may be :data:`CATALOGUE` with a field of :data:`CATALOGUE_FIELDS`.
    """

    item_id: str
    field: str
    seen: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Add:
    """A new item at the end, under an id its author chose (so a repeat does nothing)."""

    item: Item


@dataclass(frozen=True, slots=True)
class Delete:
    """Take an item out, unless somebody else changed it after ``seen_seq``."""

    item_id: str
    seen_seq: int


@dataclass(frozen=True, slots=True)
class Restore:
    """Put a deleted item back where it was."""

    item_id: str


Write = Edit | Add | Delete | Restore


@dataclass(frozen=True, slots=True)
class Conflict:
    """A write that would have overwritten somebody: nothing was changed, both are shown.

    Attributes:
        field: The cell's field; "" when the whole row is in question.
        mine: What this writer wanted.
        theirs: What stands there now; with ``gone``, what stood there when the row was deleted.
        by: Who put it there.
        at: When.
        gone: The row was deleted meanwhile.
    """

    item_id: str
    field: str
    mine: Value
    theirs: Value
    by: str
    at: datetime
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list of writes.

    Attributes:
        seq: Head of the log after it.
        batch: Id of the batch written; None when nothing had to be.
        applied: The writes that changed something, in order.
        conflicts: The writes that did not, because somebody had been there.
        at: The moment written to the log.
    """

    seq: int
    batch: str | None
    applied: Sequence[Write]
    conflicts: Sequence[Conflict]
    at: datetime


class ChangeKind(enum.StrEnum):
    """What a line of the log says happened."""

    ADD = "add"  # new: the item's values as a JSON object of canonical texts
    EDIT = "edit"
    DELETE = "delete"  # old: its values then, likewise
    RESTORE = "restore"  # new: its values, likewise


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the append-only log. ``old`` and ``new`` are canonical texts."""

    seq: int
    batch: str
    at: datetime
    actor: str
    kind: ChangeKind
    item_id: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes made by one gesture of one person; the unit of undo.

    Attributes:
        label: The gesture as a key: edit, add, delete, bulk, import, undo, settings, adopt.
        size: Number of changes.
        undoes: The batch this one took back, if it is an undo.
        undone_by: The batch that took this one back, if any.
    """

    id: str
    at: datetime
    actor: str
    label: str
    first_seq: int
    last_seq: int
    size: int
    undoes: str | None = None
    undone_by: str | None = None


# -- judging -----------------------------------------------------------------


class Level(enum.StrEnum):
    """How much a finding weighs: an error stands in the way of approval."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """A principle that an item, or the catalogue as a whole, does not keep.

    Attributes:
        check: Id of the check, also its file's name with hyphens.
        item_id: The item; None for the catalogue as a whole.
        field: The cell in question; "" for the line or catalogue as a whole.
        message: One sentence in the reader's language.
        source: The place in the guidance.
        suggestion: A value that would put it right; "" where only people can say.
    """

    check: str
    level: Level
    item_id: str | None
    field: str
    message: str
    source: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row (or, with row None, a whole sheet) that did not become an item."""

    sheet: str
    row: int | None
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TableFound:
    """One table recognised in a file.

    Attributes:
        header_row: Row number of the (last) header row.
        columns: Zero-based column -> field id, or "" for a column that is not taken.
        headers: Zero-based column -> the header's own words.
        samples: Zero-based column -> the first few cell texts, for the mapping dialog.
        rows: Rows that became items.
    """

    sheet: str
    header_row: int
    columns: Mapping[int, str]
    headers: Mapping[int, str]
    samples: Mapping[int, Sequence[str]]
    rows: int


@dataclass(frozen=True)
class ReadReport:
    """What was found, mapped and left out of a file, and what needs a look."""

    file: str
    tables: list[TableFound] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[LeftOut] = field(default_factory=list)  # taken, but look: "row 12: 'abc' is no number"
