"""Start a catalogue: from a file, from a sample, empty; and change what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

import streamlit as st

from kpicat import guidance, services
from kpicat.language import _
from kpicat.model import Catalogue, Form
from kpicat.services import fitting
from kpicat.services.catalogues import form_name
from kpicat.ui import approving, frame, gathering_files, uploading
from kpicat.ui.gathering import Parts


@dataclass(frozen=True, slots=True)
class _Asked:
    name: str
    body: str
    period: str
    form: Form
    edition: str


def from_file() -> None:
    """A catalogue named after a file, or for the files of many units, which are then looked at before they come in.

    Raises:
        InputError: The file cannot be taken; nothing is started, nor where none of several can, which says why of each.
    """
    held = uploading.ask(_("Your present workbooks, tables or documents"), "home_file")
    if held is None:
        return
    usual = Catalogue("", "" if held.several else PurePath(held.name).stem, period=_this_year())
    scored = held.scored(guidance.get(usual.guidance)).items
    if isinstance(held, Parts) and held.refused:
        gathering_files.found(held.many(guidance.get(usual.guidance)))
        return
    fits = fitting.better_edition(scored, guidance.get(usual.guidance))
    asked = _ask(f"home_from_file_{held.digest}", replace(usual, guidance=fits.id) if fits else usual)
    if fits and asked.edition == fits.id:
        said = _("“{scale}” is proposed because the points in the file are on it.")
        st.caption(said.format(scale=frame.plain_text(fits.title)))
    if st.button(_("Start and look at the file"), key="home_from_file_go", type="primary"):
        frame.go("bring_in", _start(asked).id)


def from_sample() -> None:
    """A catalogue filled from one of the built-in samples."""
    for position, sample in enumerate(services.samples()):
        with st.container(border=True, key=f"home_sample_{position}"):
            st.markdown(f"**{sample.name}**")
            st.caption(sample.description)
            if st.button(_("Start from this sample"), key=f"home_sample_{position}_go"):
                started = services.start_from_sample(frame.store(), sample, actor=frame.actor(), at=frame.now())
                frame.go("edit", started.id)


def empty() -> None:
    """An empty catalogue."""
    asked = _ask("home_empty", Catalogue("", "", period=_this_year()))
    if st.button(_("Start"), key="home_empty_go", type="primary"):
        frame.go("edit", _start(asked).id)


def settings(desk: frame.Desk) -> None:
    """Name, body, period, paper and edition of the catalogue open now."""
    about = desk.view.catalogue
    locked = approving.is_locked(desk)
    asked = _ask(f"home_about_{frame.fingerprint(replace(about, head=0, head_batch=''))}", about, disabled=locked)
    approving.why(desk)
    if st.button(_("Save"), key="home_about_save", type="primary", disabled=locked):
        wanted = {
            "name": asked.name.strip(),
            "body": asked.body.strip(),
            "period": asked.period.strip(),
            "form": asked.form,
            "guidance": asked.edition,
        }
        if asked.edition != about.guidance:
            wanted["marks"] = ""  # the catalogue's own marks belong to the edition it leaves
        outcome = desk.save(services.change_settings, wanted)
        frame.say_saved(outcome)


def _ask(key: str, about: Catalogue, *, disabled: bool = False) -> _Asked:
    editions = list(guidance.editions())
    left, right = st.columns(2)
    with left:
        asked_name = st.text_input(
            _("Name of the catalogue"), about.name, key=f"{key}_name", max_chars=200, disabled=disabled
        )
        asked_body = st.text_input(
            _("Party committee, commune or agency"), about.body, key=f"{key}_body", max_chars=200, disabled=disabled
        )
    with right:
        asked_period = st.text_input(_("Period"), about.period, key=f"{key}_period", max_chars=40, disabled=disabled)
        asked_form = st.segmented_control(
            _("Form of paper"),
            list(Form),
            format_func=form_name,
            default=about.form,
            required=True,
            key=f"{key}_form",
            disabled=disabled,
        )
    asked_edition = st.selectbox(
        _("Scale of points"),
        editions,
        index=editions.index(about.guidance) if about.guidance in editions else 0,
        format_func=lambda e: guidance.get(e).title,
        key=f"{key}_edition",
        disabled=disabled,
    )
    return _Asked(asked_name, asked_body, asked_period, Form(asked_form), asked_edition)


def _start(asked: _Asked) -> Catalogue:
    return services.start(
        frame.store(),
        name=asked.name,
        body=asked.body,
        period=asked.period,
        form=asked.form,
        edition=asked.edition,
        actor=frame.actor(),
        at=frame.now(),
    )


def _this_year() -> str:
    return str(frame.now().year)
