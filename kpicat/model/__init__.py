"""The words of the field as types: items, catalogues, changes, comments, findings, reports. No I/O."""

from kpicat.model.catalogue import CATALOGUE, CATALOGUE_FIELDS, Catalogue, Form, Reading, Standing
from kpicat.model.changes import (
    COMMENT,
    Add,
    Batch,
    Change,
    ChangeKind,
    Conflict,
    Delete,
    Edit,
    Outcome,
    Remark,
    Restore,
    Write,
)
from kpicat.model.comments import Comment
from kpicat.model.findings import Finding, Level
from kpicat.model.items import (
    CELLS,
    FIELDS,
    PLACE,
    SOURCE_COLUMNS,
    Field,
    Item,
    Kind,
    Source,
    Value,
    items_frame,
    plain,
)
from kpicat.model.presence import Present
from kpicat.model.reports import LeftOut, ReadReport, TableFound

__all__ = [
    "CATALOGUE",
    "CATALOGUE_FIELDS",
    "CELLS",
    "COMMENT",
    "FIELDS",
    "PLACE",
    "SOURCE_COLUMNS",
    "Add",
    "Batch",
    "Catalogue",
    "Change",
    "ChangeKind",
    "Comment",
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
    "Present",
    "ReadReport",
    "Reading",
    "Remark",
    "Restore",
    "Source",
    "Standing",
    "TableFound",
    "Value",
    "Write",
    "items_frame",
    "plain",
]
