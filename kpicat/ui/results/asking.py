"""What the page of results is asked, as it stands in the address bar: a link opens the same view, back goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast, get_args

import streamlit as st

from kpicat.distribution import GROUPINGS, Measure
from kpicat.services.results import FIELDS, Filter

SECTIONS = ("hard", "who", "fair", "most", "changed", "kept")
"""The questions of the page, the first asked first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown.

    Attributes:
        filter: Which items.
        section: One of :data:`SECTIONS`.
        group_by: What they are told apart by.
        measure: What is added up; None where nobody has said.
        since: Key of the moment the figures are held against; "" for the usual one.
        present: Whether as slides.
    """

    filter: Filter = field(default_factory=Filter)
    section: str = SECTIONS[0]
    group_by: str = "department"
    measure: Measure | None = None
    since: str = ""
    present: bool = False

    @property
    def query(self) -> dict[str, str | Sequence[str]]:
        """As it stands in the address bar; what is as usual is left out."""
        usual = Asked()
        said = {"section": self.section, "by": self.group_by, "of": self.measure or "", "since": self.since}
        usually = {"section": usual.section, "by": usual.group_by, "of": "", "since": ""}
        present = {"present": "1"} if self.present else {}
        return {**{k: v for k, v in said.items() if v != usually[k]}, **present, **dict(self.filter.chosen)}


def asked() -> Asked:
    """What the address bar asks for; what it says that makes no sense is left aside."""
    given = st.query_params
    section, by, of = (given.get(name, "") for name in ("section", "by", "of"))
    usual = Asked()
    return Asked(
        filter=Filter.of({name: given.get_all(name) for name in FIELDS}),
        section=section if section in SECTIONS else usual.section,
        group_by=by if by in GROUPINGS else usual.group_by,
        measure=cast(Measure, of) if of in get_args(Measure) else None,
        since=given.get("since", ""),
        present=given.get("present") == "1",
    )


def ask(wanted: Asked) -> None:
    """Ask for this from now on; only in a callback, before the page runs. One step back undoes it."""
    kept = {"c": st.query_params["c"]} if "c" in st.query_params else {}
    st.query_params.from_dict({**kept, **wanted.query})


def narrow(marks: Sequence[Mapping[str, object]]) -> None:
    """Ask only for the items behind the marks that were clicked."""
    now = asked()
    ask(replace(now, filter=now.filter.narrowed(marks)))
