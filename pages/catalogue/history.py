"""History: who changed what and when, by gesture and by item; take a gesture back."""

import streamlit as st

from kpicat import services
from kpicat.access import Act
from kpicat.approval import is_locked
from kpicat.language import _, moment, ngettext, number
from kpicat.model import Batch
from kpicat.ui import frame, live, logbook, only


def history(desk: frame.Desk) -> None:
    """The log by gesture and by item."""
    gestures, items = st.tabs([_("By action"), _("By item")])
    with gestures:
        by_action(desk)
    with items:
        by_item(desk)


def by_action(desk: frame.Desk) -> None:
    """The newest gestures, each to be opened and taken back."""
    limit = st.session_state.get("history_limit", 20)
    batches = services.batches(desk.store, desk.view, limit=limit + 1)
    if not batches:
        st.info(_("Nothing has been changed yet."))
    may_undo = services.undoable(desk.store, desk.view)
    for batch in batches[:limit]:
        opened = st.expander(_named(batch), key=f"history_{batch.id}", on_change="rerun")
        with opened:
            if opened.open:
                changes = services.changes_of_batch(desk.store, desk.view, batch)
                logbook.table(services.in_words(desk.view, changes), key=f"history_{batch.id}_table")
                if not batch.undone_by and may_undo(batch):
                    may = only.taking_back(desk, batch)
                    if st.button(_("Undo this"), key=f"history_{batch.id}_undo", icon=":material/undo:", **may):
                        outcome = desk.save(services.undo, batch.id)
                        logbook.say_undone(outcome)
    if len(batches) > limit and st.button(_("Show more"), key="history_more"):
        st.session_state.history_limit = limit + 20
        st.rerun()


def _named(batch: Batch) -> str:
    changes = ngettext("{n} change", "{n} changes", batch.size).format(n=number(batch.size))
    who = frame.plain_text(batch.actor)
    title = f"{moment(frame.clock(batch.at))} · {who} · {services.gesture_name(batch.label)} · {changes}"
    return f"{title} · {_('undone')}" if batch.undone_by else title


def by_item(desk: frame.Desk) -> None:
    """Everything that was done to one item, deleted ones among them, which can be put back."""
    known = services.items_with_history(desk.store, desk.view)
    before = st.session_state.get("history_chosen")
    item = st.selectbox(  # one that is open keeps its words, so another key when rows were deleted or put back
        _("Item"),
        list(known),
        format_func=known.__getitem__,
        index=list(known).index(before) if before in known else None,
        placeholder=_("Type a code or words of the task"),
        key=f"history_item_{len(known) - len(desk.view.items)}",
    )
    st.session_state.history_chosen = item
    if item:
        logbook.table(
            services.in_words(desk.view, services.changes_of_item(desk.store, desk.view, item)),
            key="history_item_table",
        )
        if item not in desk.view.items.index and st.button(
            _("Put this row back"), key="history_restore", icon=":material/restore_from_trash:", type="primary",
            **only.offered(desk, Act.EDIT, disabled=is_locked(desk.view.catalogue.status)),
        ):  # fmt: skip
            desk.save(services.save, services.restore(item), label="restore")
            st.rerun()


live.page("history", _("History"), history)
