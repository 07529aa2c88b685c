"""The catalogues that come with kpicat: to try it with, or to start one's own from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from kpicat import exchange, guidance
from kpicat.language import language
from kpicat.model import Add, Catalogue, Form
from kpicat.services.catalogues import start
from kpicat.services.editing import new_id
from kpicat.settings import ROOT
from kpicat.store import Store

FOLDER = ROOT / "data" / "samples"


@dataclass(frozen=True)
class Sample:
    """One entry of data/samples/samples.toml."""

    entry: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the catalogue is called, in the reader's language."""
        return self._said("name")

    @property
    def body(self) -> str:
        """The fictional body whose catalogue it is, in the reader's language."""
        return self._said("body")

    @property
    def description(self) -> str:
        """What there is to see in it, in the reader's language."""
        return self._said("description")

    def _said(self, what: str) -> str:
        return str(self.entry.get(f"{what}_{language()}") or self.entry.get(f"{what}_vi", ""))


def samples() -> list[Sample]:
    """Those there are, in the order they are offered."""
    listed = tomllib.loads((FOLDER / "samples.toml").read_text(encoding="utf-8"))
    return [Sample(entry) for entry in listed["sample"]]


def start_from_sample(store: Store, sample: Sample, *, actor: str, at: datetime) -> Catalogue:
    """A new catalogue with the items of a sample, as one batch that can be undone."""
    edition, file = sample.entry["guidance"], sample.entry["file"]
    items = exchange.read((FOLDER / file).read_bytes(), file, guidance.get(edition)).items
    catalogue = start(
        store,
        name=sample.name,
        body=sample.body,
        period=sample.entry["period"],
        form=Form(sample.entry["form"]),
        edition=edition,
        actor=actor,
        at=at,
    )
    writes = [Add(replace(item, id=new_id())) for item in items]
    outcome = store.commit(catalogue.id, writes, actor=actor, at=at, label="import")
    return replace(catalogue, head=outcome.seq)


def prepare(store: Store, *, fresh: bool, actor: str, at: datetime) -> list[Catalogue]:
    """Put every sample into a database that holds no catalogue; nothing where it holds one.

    Args:
        fresh: Put them there all the same, beside what there is.
    """
    if store.catalogues() and not fresh:
        return []
    return [
        start_from_sample(store, sample, actor=actor, at=at - timedelta(seconds=place))  # the first stands on top
        for place, sample in enumerate(samples())
    ]
