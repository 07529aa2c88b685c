"""Which findings one looks at, and in which groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from kpicat import services
from kpicat.exchange.outgoing import weight
from kpicat.language import _
from kpicat.model import Finding, Level
from kpicat.services import appraising
from kpicat.services.view import View
from kpicat.text.normalise import fold
from kpicat.ui.checking.held import BY_CHECK, BY_LINE, BY_UNIT, GRID


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter of findings and how they are grouped; everything empty wants all. Values of one field are alternatives.

    Attributes:
        principle: Key of a principle; "" for all.
        units: Values of ``department``.
    """

    how: str = BY_CHECK
    words: str = ""
    principle: str = ""
    levels: tuple[Level, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Findings shown together.

    Attributes:
        key: Id of a check, or a unit; "" for all of a catalogue, or for the lines of no unit.
        name: In words.
    """

    key: str
    name: str
    findings: tuple[Finding, ...] = ()

    @property
    def ids(self) -> list[str]:
        """The items found fault with, each once, in catalogue order."""
        return list(dict.fromkeys(f.item_id for f in self.findings if f.item_id is not None))

    def count(self, level: Level) -> int:
        """Findings of a level."""
        return sum(finding.level is level for finding in self.findings)


def ask(view: View) -> Asked:
    """Let the person say which findings, in which groups."""
    ways = {BY_CHECK: _("By principle"), BY_UNIT: _("By unit"), BY_LINE: _("Line by line")}
    st.session_state.setdefault(f"{GRID}_how", BY_CHECK)
    how = st.segmented_control(_("Grouped"), list(ways), format_func=ways.__getitem__, required=True, key=f"{GRID}_how")
    words = st.text_input(
        _("Search"),
        key=f"{GRID}_words",
        placeholder=_("words, with or without diacritics"),
        icon=":material/search:",
        width=230,
    )
    with st.popover(_more(), icon=":material/filter_list:"):
        principle = st.selectbox(
            _("Principle"), list(appraising.PRINCIPLES), index=None, format_func=appraising.principle_name,
            placeholder=_("all"), key=f"{GRID}_principle",
        )  # fmt: skip
        levels = st.multiselect(
            _("Weight"), [*Level], format_func=weight,
            placeholder=_("all"), key=f"{GRID}_levels",
        )  # fmt: skip
        units = st.multiselect(
            _("Unit"), _units(view), format_func=lambda unit: unit or _("without a unit"), placeholder=_("all"),
            key=f"{GRID}_units",
        )  # fmt: skip
    return Asked(str(how), words, principle or "", tuple(levels), tuple(units))


def _units(view: View) -> list[str]:
    return services.choices(view, "department") + [""] * bool((view.items["department"] == "").any())


def _more() -> str:
    active = sum(bool(st.session_state.get(f"{GRID}_{name}")) for name in ("principle", "levels", "units"))
    return f"{_('Filter')} ({active})" if active else _("Filter")


def find(view: View, asked: Asked) -> list[Finding]:
    """The findings wanted, in catalogue order. Words match the line or what is said of it, all of them."""
    units, words = view.items["department"].to_dict(), fold(asked.words).split()
    wanted = set(appraising.PRINCIPLES[asked.principle]) if asked.principle else None

    def is_wanted(finding: Finding) -> bool:
        if (wanted is not None and finding.check not in wanted) or (asked.levels and finding.level not in asked.levels):
            return False
        if asked.units and units.get(finding.item_id) not in asked.units:
            return False
        return not words or _has(view, finding, words)

    return [finding for finding in appraising.open_findings(view) if is_wanted(finding)]


def _has(view: View, finding: Finding, words: Sequence[str]) -> bool:
    said = fold(finding.message)
    line = str(view.haystack.at[finding.item_id]) if finding.item_id is not None else ""
    return all(word in said or word in line for word in words)


def grouped(view: View, findings: Sequence[Finding], how: str) -> list[Group]:
    """The findings in groups: of checks in their order, of units by how much is found, or all in one."""
    if how == BY_LINE:
        return [Group("", _named("", how), tuple(findings))] if findings else []
    units = view.items["department"].to_dict()
    sorted_out: dict[str, list[Finding]] = {check: [] for check in appraising.OF} if how == BY_CHECK else {}
    for finding in findings:
        key = finding.check if how == BY_CHECK else units.get(finding.item_id, "")
        sorted_out.setdefault(key, []).append(finding)
    groups = [Group(key, _named(key, how), tuple(found)) for key, found in sorted_out.items() if found]
    return groups if how == BY_CHECK else sorted(groups, key=lambda group: -len(group.findings))


def empty(key: str, how: str) -> Group:
    """A group of which nothing is left."""
    return Group(key, _named(key, how))


def _named(key: str, how: str) -> str:
    if how == BY_LINE:
        return _("All lines")
    if how == BY_CHECK:
        return appraising.asked(key)
    return key or _("without a unit")
