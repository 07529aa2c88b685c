"""The catalogues that come with kpicat: to try it with, or to start one's own from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from kpicat import exchange, guidance
from kpicat.language import language
from kpicat.model import Catalogue, Form, Item
from kpicat.services.editing import new_id
from kpicat.settings import ROOT

if TYPE_CHECKING:
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
    return store.create(_catalogue(sample), actor=actor, at=at, items=_items(sample))


def prepare(store: Store, *, fresh: bool, actor: str, at: datetime) -> list[Catalogue]:
    """Put every sample into a database that holds no catalogue; nothing where it holds one.

    Args:
        fresh: Put them there all the same, beside what there is.
    """
    if store.catalogues() and not fresh:
        return []
    read = [(_catalogue(sample), _items(sample)) for sample in samples()]  # all, before any is written
    return [
        store.create(catalogue, actor=actor, at=at - timedelta(seconds=place), items=items)  # the first stands on top
        for place, (catalogue, items) in enumerate(read)
    ]


def _catalogue(sample: Sample) -> Catalogue:
    return Catalogue(
        id=new_id()[:12],
        name=sample.name,
        body=sample.body,
        period=sample.entry["period"],
        form=Form(sample.entry["form"]),
        guidance=sample.entry["guidance"],
    )


def _items(sample: Sample) -> list[Item]:
    file = sample.entry["file"]
    found = exchange.read((FOLDER / file).read_bytes(), file, guidance.get(sample.entry["guidance"]))
    return [replace(item, id=new_id()) for item in found.items]
