"""What the units' files come to, line by line: new ones, those in no file any more, works that several have."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _, number
from kpicat.model import Item
from kpicat.services.gathering import Gathering, Twins
from kpicat.ui import frame, mapping
from kpicat.ui.gathering import Parts

_NAMED = 8


def new(found: Gathering) -> None:
    """The lines that would be added, each with its unit, file and row."""
    items = [item for file in found.files for item in file.added]
    if items:
        with st.expander(f"{_('New lines')} ({number(len(items))})", icon=":material/add:", key="gathering_new"):
            mapping.preview(items, "gathering_new", files=True)


def gone(desk: frame.Desk, held: Parts, ids: Sequence[str]) -> None:
    """Items of these units that are in no file any more; each stays unless the person ticks it."""
    if not ids:
        return
    title = f"{_('In no file any more')} ({number(len(ids))})"
    with st.expander(title, icon=":material/remove:", expanded=bool(held.dropped), key="gathering_gone"):
        st.caption(_("They stay in the catalogue unless you tick them."))
        key = f"gathering_gone_{frame.fingerprint((held.id, ids))}"
        if key not in st.session_state:
            held.ticked = set(held.dropped)
        fields = ("department", "code", "task", "product", "source_file")
        rows = desk.view.items.loc[list(ids), list(fields)].astype("str")
        rows.insert(0, "drop", [item_id in held.ticked for item_id in ids])
        st.data_editor(
            rows,
            key=key,
            on_change=_tick,
            args=(held, list(ids), key),
            num_rows="fixed",
            hide_index=True,
            disabled=list(fields),
            column_config={
                "drop": st.column_config.CheckboxColumn(_("Take out"), width=90),
                **{name: st.column_config.TextColumn(field_label(name)) for name in fields},
            },
            alt=_("Items that are in no file any more"),
        )


def _tick(held: Parts, ids: list[str], key: str) -> None:
    for row, cells in st.session_state[key]["edited_rows"].items():
        (held.dropped.add if cells.get("drop") else held.dropped.discard)(ids[int(row)])


def twins(found: Gathering, guidance: Guidance) -> None:
    """Works that several units have; those that are valued differently first."""
    if not found.twins:
        return
    ordered = sorted(found.twins, key=lambda one: not one.unequal)
    title = f"{_('Works that several units have')} ({number(len(ordered))})"
    with st.expander(title, icon=":material/content_copy:"):
        st.caption(
            _("Nothing is merged by itself. Where the same work is valued differently, agree on one value afterwards.")
        )
        rows = [(one.text, _units(one), _valued(one, guidance), _files(one)) for one in ordered]
        headings = [field_label("task"), _("Units"), _("Valued differently"), field_label("source_file")]
        st.dataframe(pd.DataFrame(rows, columns=headings, dtype="str"), hide_index=True, key="gathering_twins")


def _units(one: Twins) -> str:
    return ", ".join(dict.fromkeys(place.unit for place in one.places))


def _files(one: Twins) -> str:
    return ", ".join(dict.fromkeys(place.file for place in one.places if place.file))


def _valued(one: Twins, guidance: Guidance) -> str:
    """What each unit gives it, where they differ."""
    if not one.unequal:
        return ""
    said = []
    for place in one.places:
        tier = guidance.tier(int(place.valued)) if place.valued.isdecimal() else None
        said.append(f"{place.unit}: {tier.label if tier else place.valued or '–'}")
    return " · ".join(dict.fromkeys(said))


def claims(found: Gathering) -> None:
    """Lines that call themselves the standard unit in vain."""
    if not found.claims:
        return
    said = _("Lines that call themselves the standard unit come in without that mark, as a catalogue has one: {lines}.")
    lines = "; ".join(map(_line, found.claims[:_NAMED])) + ("…" if len(found.claims) > _NAMED else "")
    st.warning(said.format(lines=frame.plain_text(lines)), icon=":material/straighten:")


def _line(item: Item) -> str:
    return f"{item['task']} ({item['department'] or item.source.file})"
