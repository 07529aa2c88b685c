"""Rules: another tier for all lines that a filter finds, with how many these are."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.scenario import Rule
from kpicat.services import NO_TIER, View, choices, scenarios
from kpicat.services.searching import FILTERED
from kpicat.ui import frame
from kpicat.ui.trying.held import PREFIX, Held


def show(view: View, held: Held) -> None:
    """The rules there are, each to be taken off, and the fields of a new one."""
    for n, rule in enumerate(held.scenario.rules):
        with st.container(horizontal=True, vertical_alignment="center", key=f"{PREFIX}_rule_{n}"):
            with st.container(width="stretch"):
                st.markdown(frame.plain_text(in_words(view, rule)))
                st.caption(_met(scenarios.found_by(view, rule)))
            st.button(
                "", key=f"{PREFIX}_rule_off_{n}", icon=":material/close:", help=_("Take this rule off"),
                on_click=_take_off, args=(held, n), disabled=held.adopted,
            )  # fmt: skip
    if not held.adopted:
        _new(view, held)


def _new(view: View, held: Held) -> None:
    with st.container(border=True, key=f"{PREFIX}_rule_new"):
        st.markdown(f"**{_('A new rule')}**")
        words = st.text_input(
            _("Lines with these words"), key=held.key("rule_words"), placeholder=_("words, with or without diacritics")
        )
        chosen = {}
        for column, name in zip(st.columns(len(FILTERED)), FILTERED, strict=True):
            values = column.multiselect(
                field_label(name), choices(view, name), key=held.key(f"rule_{name}"), placeholder=_("all")
            )
            chosen[name] = tuple(values)
        left, right = st.columns(2)
        tiers = left.multiselect(
            _("Tier now"), [*(tier.level for tier in view.guidance.tiers), NO_TIER],
            format_func=lambda level: short(view, level), key=held.key("rule_tiers"), placeholder=_("all"),
        )  # fmt: skip
        with right:
            to = tier(view, _("Tier in the scenario"), held.key("rule_to"))
        rule = Rule(to or 0, words.strip(), tiers=tuple(sorted(tiers)), **chosen)
        st.caption(_met(scenarios.found_by(view, rule)))
        st.button(
            _("Add the rule"), key=f"{PREFIX}_rule_add", type="primary", disabled=to is None,
            on_click=lambda: held.set(
                replace(held.scenario, rules=(*held.scenario.rules, rule)), refill=True
            ),
        )  # fmt: skip


def tier(view: View, label: str, key: str) -> int | None:
    """Let the person choose a tier."""
    chosen: int | None = st.selectbox(
        label, [each.level for each in view.guidance.tiers], index=None, key=key,
        format_func=lambda level: short(view, level), placeholder=_("Choose a tier"),
    )  # fmt: skip
    return chosen


def in_words(view: View, rule: Rule) -> str:
    """A rule as people say it: what it finds → the tier it gives."""
    parts = [f"“{rule.words}”"] if rule.words else []
    parts += [", ".join(values) for name in FILTERED if (values := getattr(rule, name))]
    if rule.tiers:
        parts.append(", ".join(short(view, level) for level in rule.tiers))
    return f"{' · '.join(parts) or _('All lines')} → {short(view, rule.to)}"


def short(view: View, level: int) -> str:
    """A tier with its points, as briefly as possible."""
    found = view.guidance.tier(level)
    return f"{_('Tier')} {level} ({found.range})" if found else _("No tier yet")


def _met(n: int) -> str:
    return ngettext("It meets {n} line.", "It meets {n} lines.", n).format(n=number(n))


def _take_off(held: Held, n: int) -> None:
    rules = held.scenario.rules
    held.set(replace(held.scenario, rules=(*rules[:n], *rules[n + 1 :])))
