"""What all papers of a dossier say alike: figures and sentences, each made once.

Set phrases stand in ``data/templates/dossier.toml``. To be called where Vietnamese is spoken
(:func:`kpicat.language.speaking`), as the papers are Vietnamese whoever takes them out.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from kpicat.convert import EXACT
from kpicat.distribution import Figures
from kpicat.exchange.forms import paper
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.forms.numerals import number, written_day
from kpicat.exchange.outgoing import told_at
from kpicat.guidance import Guidance
from kpicat.language import number as counted
from kpicat.language import signed
from kpicat.model import Catalogue
from kpicat.model.approvals import Version, VersionKind


@dataclass(frozen=True, slots=True)
class Submitted:
    """Who put the catalogue before the authority, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Findings:
    """How many findings are open by weight, and about how many people decided."""

    errors: int = 0
    warnings: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Ballots:
    """What was voted on: meetings that are over, and how many still go on."""

    meetings: int = 0
    asked: int = 0
    adopted: int = 0
    going_on: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the lines of the version before.

    Attributes:
        since: That version.
        old: Its converted total, in standard units a year.
        own: What changed of the catalogue itself and of its scale.
    """

    since: Version
    added: int
    dropped: int
    changed: int
    old: Decimal
    own: tuple[str, ...] = ()

    @property
    def lines(self) -> int:
        """How many lines are not as they were."""
        return self.added + self.dropped + self.changed


@dataclass(frozen=True)
class Facts:
    """What is known of a dossier's catalogue.

    Attributes:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        hash: SHA-256 of its content, :func:`kpicat.approval.digest`.
        at, by: When and by whom the dossier is made.
        submitted: None for a draft.
        version: What was approved; None for what is submitted, or to be.
        head: What is known of head and foot of the papers of whoever submits.
        to: Whom the letter addresses; "" where it is not known.
        changes: None where nothing was approved before.
    """

    catalogue: Catalogue
    guidance: Guidance
    items: pd.DataFrame
    table: pd.DataFrame
    figures: Figures
    hash: str
    at: datetime
    by: str
    submitted: Submitted | None
    version: Version | None
    head: Decision
    to: str
    findings: Findings
    ballots: Ballots
    changes: Changes | None

    @property
    def body(self) -> str:
        """Who submits."""
        return self.head.issuer or self.catalogue.body or paper.DOTS

    @property
    def subject(self) -> str:
        """What the dossier is about: "danh mục … của Đảng ủy xã An Bình năm 2026"."""
        supplement = self.version.kind is VersionKind.SUPPLEMENT if self.version else bool(self.catalogue.amends)
        body = self.head.issuer or self.catalogue.body
        whose = paper.subtitle(self.catalogue, body, paper.wording(self.catalogue.form))
        return said("subject", "supplement" if supplement else "full", whose=whose)

    @property
    def total(self) -> str:
        """The converted total as every paper writes it, to the last digit."""
        return number(self.figures.converted_total)

    @property
    def unconverted(self) -> int:
        """How many lines have no converted quantity."""
        return sum(amount is None for amount in self.table["converted_quantity"])

    def heading(self) -> dict[str, str | list[str]]:
        """Head and foot of a paper of whoever submits; its number and day are written when it is signed."""
        form = paper.wording(self.catalogue.form)
        known = paper.heading(replace(self.head, number="", day=None), form, superior="", body=self.catalogue.body)
        if self.head.office and not self.head.on_behalf:  # the head of a body signs for it
            known["on_behalf"] = ""
        return known | {"number": "", "subject": "", "to": ""}

    def standing(self) -> list[str]:
        """Where the catalogue stands, as sentences."""
        if self.version is not None:
            found = [said("standing", "approved", **_decided(self.version))]
        elif self.submitted is not None:
            found = [said("standing", "submitted", at=told_at(self.submitted.at), by=self.submitted.by)]
        else:
            found = [said("standing", "draft")]
        basis = self.version.basis if self.version else self.catalogue.amends
        return [*found, said("standing", "supplement", n=basis)] if basis else found

    def of_items(self) -> list[str]:
        """How many lines, their total, the standard unit, the scale."""
        found = [said("figures", "items", items=counted(self.figures.items), total=self.total)]
        if self.unconverted:
            found.append(said("figures", "unconverted", n=counted(self.unconverted)))
        words = paper.wording(self.catalogue.form)
        chosen = self.items.loc[list(self.figures.standard_units)]
        names = (" – ".join(filter(None, pair)) for pair in zip(chosen["code"], chosen["task"], strict=True))
        unit = "; ".join(names) or words["no_standard_unit"]
        points = number(self.guidance.standard_points)
        return [
            *found,
            f"{words['standard_unit'].format(points=points, name=unit)}.",
            said("figures", "scale", title=self.guidance.title_vi),
        ]

    def of_findings(self) -> list[str]:
        """What the checks still find, and about how much of it people decided."""
        found = []
        if self.version is None:
            errors, warnings = self.findings.errors, self.findings.warnings
            name = "open" if errors or warnings else "none"
            found = [said("findings", name, errors=counted(errors), warnings=counted(warnings))]
        if self.findings.settled:
            found.append(said("findings", "settled", n=counted(self.findings.settled)))
        return found

    def of_ballots(self) -> list[str]:
        """What was voted on."""
        told = self.ballots
        numbers = {name: counted(getattr(told, name)) for name in ("meetings", "asked", "adopted")}
        found = [said("ballots", "held" if told.meetings else "none", **numbers)]
        return [*found, said("ballots", "going_on", n=counted(told.going_on))] if told.going_on else found

    def of_changes(self) -> list[str]:
        """What changed since the version before."""
        if (told := self.changes) is None:
            return [said("changes", "first")]
        moved = signed(EXACT.subtract(self.figures.converted_total, told.old), number)
        numbers = {name: counted(getattr(told, name)) for name in ("added", "dropped", "changed")}
        totals = {"old": number(told.old), "new": self.total, "moved": moved}
        found = [said("changes", "since" if told.lines else "none", **_decided(told.since), **numbers, **totals)]
        return [*found, said("changes", "own", changes="; ".join(told.own))] if told.own else found

    def decided(self) -> dict[str, str]:
        """The decision that approved it, part by part; of one that is not approved, nothing."""
        return _decided(self.version) if self.version else {}


def said(part: str, name: str, /, **values: object) -> str:
    """A set phrase with what it is about filled in."""
    phrase: str = words(part)[name]
    return phrase.format(**values)


def words(part: str) -> Mapping[str, Any]:
    """The set phrases of one part of ``dossier.toml``."""
    found: Mapping[str, Any] = _known()[part]
    return found


def sentence(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


@functools.cache
def _known() -> Mapping[str, Any]:
    return tomllib.loads((paper.TEMPLATES / "dossier.toml").read_text("utf-8"))


def _decided(version: Version) -> dict[str, str]:
    return {
        "n": counted(version.number),
        "decision": version.decision_number,
        "day": written_day(version.decided_on),
        "effective": _short(version.effective_on),
        "signatory": version.signatory,
    }


def _short(day: date) -> str:
    return f"{day:%d/%m/%Y}"
