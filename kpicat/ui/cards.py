"""A catalogue at a glance: its card on the shelf, its four steps."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat import guidance, services
from kpicat.access import Act
from kpicat.language import _, ngettext, number
from kpicat.model import Catalogue
from kpicat.services.catalogues import form_name, status_name
from kpicat.ui import frame, removing, shelved


def shelf(catalogues: Sequence[Catalogue], chosen: str | None) -> None:
    """A card for each of the first catalogues, or of those looked for; the one that is open comes first."""
    there = sorted(catalogues, key=lambda each: each.id != chosen)

    def draw(shown: Sequence[Catalogue]) -> None:
        for entry in services.entries(frame.store(), shown):
            _card(entry, chosen=entry.catalogue.id == chosen)

    shelved.some(there, draw, "home_shelf")


def _card(entry: services.Entry, *, chosen: bool) -> None:
    about = entry.catalogue
    row = st.container(border=True, key=f"home_card_{about.id}").container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    )
    with row:
        with st.container(width="stretch"):
            here = f" :primary-badge[{_('open now')}]" if chosen else ""
            st.markdown(f"**{frame.plain_text(about.name)}**{here}")
            edition = guidance.editions().get(about.guidance)
            items = ngettext("{n} item", "{n} items", entry.items).format(n=number(entry.items))
            parts = [about.body, about.period, form_name(about.form), edition.title if edition else about.guidance]
            st.caption(" · ".join([*(frame.plain_text(p) for p in parts if p), items, status_name(about.status)]))
        if frame.may(Act.REMOVE, about.id):
            removing.button(about)
        if st.button(_("Open"), key=f"home_open_{about.id}"):
            frame.go("edit", about.id)


def steps(found: Sequence[services.Step]) -> None:
    """The guidance's four steps: figures, what is missing, and the way there."""
    for column, step in zip(st.columns(len(found), gap="small"), found, strict=True):
        with column, st.container(border=True, height="stretch", key=f"home_step_{step.number}"):
            done = step.of > 0 and not step.missing
            mark = ":green[:material/check_circle:]" if done else ":material/radio_button_unchecked:"
            st.markdown(f"{mark} **{_('Step {n}').format(n=step.number)}. {step.title}**")
            st.progress(step.done / step.of if step.of else 0.0, f"{number(step.done)} / {number(step.of)}")
            if step.missing:
                st.caption(step.missing)
                if st.button(_("Continue"), key=f"home_step_{step.number}_go"):
                    frame.go(step.page)
