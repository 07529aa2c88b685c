"""Every version that was approved: by what decision, since when, what lies between two, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from kpicat import approval
from kpicat.language import _, number
from kpicat.model.approvals import Version, VersionKind
from kpicat.services import approving
from kpicat.ui import downloading, frame
from kpicat.ui.approving import handing_over
from kpicat.ui.downloading import File

_DAY = "%d/%m/%Y"
_SHORT = 12  # hexadecimal digits of a hash, enough to compare by eye with a paper


def listing(desk: frame.Desk) -> None:
    """The versions, what can be had of the one chosen, and the next year's catalogue."""
    found = approving.versions(desk.store, desk.view.catalogue.id)
    st.markdown(f"#### {_('Approved versions')}")
    if not found:
        st.caption(_("None yet. What is approved is kept here for good, and can be exported as it was."))
        return
    on = approving.today(frame.now())
    now = approval.in_force(found, on)
    st.dataframe(
        _table(found, now), hide_index=True, height="content", key="approval_versions", alt=_("Approved versions")
    )
    if now is None:
        words = _("None is in force today; version {n} takes effect on {day}.")
        st.caption(words.format(n=found[0].number, day=f"{found[0].effective_on:{_DAY}}"))
    numbers = [version.number for version in reversed(found)]
    chosen = st.selectbox(
        _("Version"), numbers, key=f"approval_version_{len(found)}", format_func=lambda n: _called(found[n - 1])
    )
    _files(desk, found[chosen - 1])
    _to_compare(desk, found[:chosen])
    if now is not None:
        _next_year(desk)


def _called(version: Version) -> str:
    words = _("{n} · {decision} · from {day}")
    return words.format(n=version.number, decision=version.decision_number, day=f"{version.effective_on:{_DAY}}")


def _table(found: Sequence[Version], now: Version | None) -> pd.DataFrame:
    rows = [
        {
            _("No."): number(version.number),
            _("Kind"): _kind(version),
            _("Decision"): version.decision_number,
            _("Of"): f"{version.decided_on:{_DAY}}",
            _("Takes effect on"): f"{version.effective_on:{_DAY}}",
            _("Signed by"): version.signatory,
            _("Today"): _("in force") if version == now else "",
            _("Hash"): version.hash[:_SHORT],
        }
        for version in reversed(found)
    ]
    return pd.DataFrame(rows, dtype="str")


def _kind(version: Version) -> str:
    if version.kind is VersionKind.SUPPLEMENT:
        return _("Supplement to {n}").format(n=version.basis)
    return _("Whole catalogue")


def _files(desk: frame.Desk, version: Version) -> None:
    st.caption(
        _("Made from what was approved, not from the catalogue of today. Hash: {hash}").format(hash=version.hash)
    )
    with st.container(horizontal=True, key="approval_files"):
        for suffix in approving.ENDINGS:
            name = approving.paper_name(desk.store, version, suffix)
            file = File(name, partial(approving.paper, desk.store, version, suffix))
            downloading.button(_PROGRAMS[suffix], file, key=f"approval_file_{suffix[1:]}")
        downloading.button(_("Dossier (.zip)"), handing_over.of_version(desk, version), key="approval_file_zip")
        name = approving.paper_name(desk.store, version, ".json", frozen=True)
        file = File(name, partial(approving.content, desk.store, version))
        downloading.button(_("Frozen text"), file, key="approval_file_frozen", type="tertiary")


_PROGRAMS = {".xlsx": "Excel", ".docx": "Word", ".pdf": "PDF", ".json": "JSON"}


def _to_compare(desk: frame.Desk, until: Sequence[Version]) -> None:
    """To the page of comparisons: at a version and the one before it; at the first, and the catalogue as it stands."""
    last = until[-1]
    before, after = (until[-2], last) if len(until) > 1 else (last, None)
    if after is None and last.seq == desk.view.seq:
        return
    words = _("What changed since") if after is None else _("Compare with version {n}").format(n=before.number)
    if st.button(words, key="approval_compare", icon=":material/compare_arrows:"):
        own, now = desk.view.catalogue.id, after is None or after.seq == desk.view.seq
        query = {"c": own, "from": f"{own}:{before.seq}", "to": f"{own}:{'' if now or after is None else after.seq}"}
        st.switch_page(frame.PAGES["compare"], query_params=query)


def _next_year(desk: frame.Desk) -> None:
    about = desk.view.catalogue
    with st.expander(_("Begin the catalogue of the next year"), icon=":material/event_repeat:", key="approval_next"):
        st.caption(
            _("A new catalogue with every line of the version in force today: codes, tiers, points and the standard "
              "unit stay; comments and waived findings do not.")
        )  # fmt: skip
        left, right = st.columns(2)
        name = left.text_input(
            _("Name of the catalogue"), approving.a_year_on(about.name), key="approval_next_name", max_chars=200
        )
        period = right.text_input(
            _("Period"), approving.a_year_on(about.period), key="approval_next_period", max_chars=40
        )
        if st.button(_("Begin it"), key="approval_next_go"):
            begun = approving.start_next_year(
                desk.store, about.id, on=approving.today(frame.now()), name=name, period=period,
                actor=desk.actor, at=frame.now(),
            )  # fmt: skip
            frame.go("edit", begun.id)
