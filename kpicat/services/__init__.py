"""Use cases, named after what a person does: read, call one pure function, write."""

from kpicat.services.catalogues import (
    Entry,
    Step,
    change_settings,
    entries,
    named,
    on_and_off,
    own_marks,
    shelf,
    start,
    steps,
)
from kpicat.services.editing import (
    cell_edits,
    delete,
    keep_mine,
    new_id,
    restore,
    row_edits,
    row_writes,
    save,
    set_field,
    typed,
)
from kpicat.services.history import (
    batches,
    changes_of_batch,
    changes_of_item,
    gesture_name,
    in_words,
    items_with_history,
)
from kpicat.services.importing import Mode, Plan, plan
from kpicat.services.samples import samples, start_from_sample
from kpicat.services.searching import NO_TIER, Wanted, choices, find
from kpicat.services.taking_out import blank_form, blank_name, file_name, summary, summary_name, take_out, units
from kpicat.services.tying import save_tied
from kpicat.services.undoing import Steps, steps_back, undo, undoable
from kpicat.services.view import View

__all__ = [
    "NO_TIER",
    "Entry",
    "Mode",
    "Plan",
    "Step",
    "Steps",
    "View",
    "Wanted",
    "batches",
    "blank_form",
    "blank_name",
    "cell_edits",
    "change_settings",
    "changes_of_batch",
    "changes_of_item",
    "choices",
    "delete",
    "entries",
    "file_name",
    "find",
    "gesture_name",
    "in_words",
    "items_with_history",
    "keep_mine",
    "named",
    "new_id",
    "on_and_off",
    "own_marks",
    "plan",
    "restore",
    "row_edits",
    "row_writes",
    "samples",
    "save",
    "save_tied",
    "set_field",
    "shelf",
    "start",
    "start_from_sample",
    "steps",
    "steps_back",
    "summary",
    "summary_name",
    "take_out",
    "typed",
    "undo",
    "undoable",
    "units",
]
