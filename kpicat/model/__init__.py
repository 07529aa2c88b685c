"""The words of the field as types: items, catalogues, changes, findings, reports. No I/O."""

from kpicat.model.catalogue import CATALOGUE, CATALOGUE_FIELDS, Catalogue, Form, Reading
from kpicat.model.changes import (
    Add,
    Batch,
    Change,
    ChangeKind,
    Conflict,
    Delete,
    Edit,
    Outcome,
    Restore,
    Write,
)
from kpicat.model.findings import Finding, Level
from kpicat.model.items import (
    FIELDS,
    SOURCE_COLUMNS,
    Field,
    Item,
    Kind,
    Source,
    Value,
    items_frame,
    plain,
)
from kpicat.model.reports import LeftOut, ReadReport, TableFound

__all__ = [
    "CATALOGUE",
    "CATALOGUE_FIELDS",
    "FIELDS",
    "SOURCE_COLUMNS",
    "Add",
    "Batch",
    "Catalogue",
    "Change",
    "ChangeKind",
    "Conflict",
    "Delete",
    "Edit",
    "Field",
    "Finding",
    "Form",
    "Item",
    "Kind",
    "LeftOut",
    "Level",
    "Outcome",
    "ReadReport",
    "Reading",
    "Restore",
    "Source",
    "TableFound",
    "Value",
    "Write",
    "items_frame",
    "plain",
]
