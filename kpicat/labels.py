"""What people call each column, in the reader's language.

The same words head the grid, the charts and the files kpicat writes, and the
reader of files knows them, so a file that left comes back.
"""

from __future__ import annotations

import re

from kpicat.language import _

N_ = str  # marks words for the translators; they are looked up when somebody reads

_LABELS = {
    "code": N_("Code"),
    "group": N_("Group/Field of work"),
    "department": N_("Department/Section"),
    "duty": N_("Assigned function or duty"),
    "task": N_("Task/Work"),
    "detail": N_("Work in detail"),
    "product": N_("Product (output)"),
    "measure": N_("Unit of measure"),
    "quantity": N_("Quantity"),
    "frequency": N_("Frequency"),
    "deadline": N_("Time of completion"),
    "quality": N_("Quality required"),
    "position": N_("Title/Position"),
    "responsible": N_("Person responsible"),
    "tier": N_("Tier"),
    "points": N_("Points"),
    "coefficient": N_("Coefficient"),
    "rationale": N_("Grounds for the tier"),
    "standard_unit": N_("Standard unit"),
    "note": N_("Note"),
    # computed, or about the item's origin
    "converted_quantity": N_("Converted quantity"),
    "converted_points": N_("Converted points"),
    "source_file": N_("Source file"),
    "source_sheet": N_("Source sheet"),
    "source_row": N_("Source row"),
}


def field_label(name: str) -> str:
    """The column's heading in the reader's language.

    Args:
        name: A field of :data:`kpicat.model.FIELDS`, a column of
            :func:`kpicat.convert.converted`, or one of
            :data:`kpicat.model.SOURCE_COLUMNS`.

    Raises:
        KeyError: kpicat has no such column (a programmer's mistake).
    """
    return _(_LABELS[name])


def tier_name(level: object, label: str, sign: str = ". ") -> str:
    """A tier with its number; the label alone where it says the number itself ("Nhóm N3")."""
    if not isinstance(level, int) or re.search(rf"(?<!\d){level}(?!\d)", label):
        return label
    return f"{level}{sign}{label}"
