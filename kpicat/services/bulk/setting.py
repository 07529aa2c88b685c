"""One value for many rows, and rows taken out."""

from __future__ import annotations

from collections.abc import Sequence

from kpicat.errors import InputError
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import Edit, Value
from kpicat.services import commenting, editing
from kpicat.services.bulk.proposal import Proposal, as_read, proposal, within
from kpicat.services.tying import VALUED
from kpicat.services.view import View


def set_field(view: View, ids: Sequence[str], field: str, new: Value) -> Proposal:
    """Set a field of many rows; tier and points follow each other as when typed. A row that is so is left alone.

    Raises:
        InputError: More than one row would become the standard unit of one part.
    """
    meant = within(view, ids)
    if field == "standard_unit" and new is True and len({*view.guidance.parts(view.items.loc[meant])}) < len(meant):
        raise InputError(_unit_each(view))
    other = [item_id for item_id in meant if view.value(item_id, field) != new]
    writes, same = editing.set_field(view, other, field, new), len(meant) - len(other)
    if field == "standard_unit" and writes:  # two at once would make two of them
        return proposal(view, writes, same=same, whole=True, read=as_read(view, view.items.index, [field]))
    rests_on = as_read(view, other, VALUED) if field in VALUED else ()
    changed = {(write.item_id, write.field) for write in writes if isinstance(write, Edit)}
    read = [edit for edit in rests_on if (edit.item_id, edit.field) not in changed]
    return proposal(view, writes, same=same, read=read)


def _unit_each(view: View) -> str:
    if view.guidance.unit_by:
        words = _("There is one standard unit for each value of “{field}”: choose one row of each to mark.")
        return words.format(field=field_label(view.guidance.unit_by))
    return _("A catalogue has one standard unit: choose one row to mark.")


def delete(view: View, ids: Sequence[str]) -> Proposal:
    """Take rows out, unless somebody changes them meanwhile."""
    meant = within(view, ids)
    marked = bool(view.items.loc[meant, "standard_unit"].any())
    remarks = [_("The standard unit is among them; choose another afterwards.")] if marked else []
    writes = editing.delete(view, meant)
    if said := commenting.out_of_sight(view, writes):
        remarks.append(said)
    return proposal(view, writes, remarks=remarks, label="delete")
