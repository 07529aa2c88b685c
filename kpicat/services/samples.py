"""The built-in samples: catalogues to look around in, and one to practise appraising on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kpicat import exchange, guidance
from kpicat.language import language
from kpicat.model import Add, Catalogue, Form
from kpicat.services.catalogues import start
from kpicat.services.editing import new_id
from kpicat.settings import ROOT
from kpicat.store import Store

FOLDER = ROOT / "data" / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """A catalogue in ``data/samples``; its words are in the reader's language."""

    path: Path
    name: str
    body: str
    period: str
    form: Form
    guidance: str
    description: str


def samples() -> list[Sample]:
    """Every sample listed in ``samples.toml``, in its order."""
    listed = tomllib.loads((FOLDER / "samples.toml").read_text(encoding="utf-8"))["sample"]
    code = language()
    return [
        Sample(
            path=FOLDER / entry["file"],
            name=entry[f"name_{code}"],
            body=entry[f"body_{code}"],
            period=entry["period"],
            form=Form(entry["form"]),
            guidance=entry["guidance"],
            description=entry[f"description_{code}"],
        )
        for entry in listed
    ]


def start_from_sample(store: Store, sample: Sample, *, actor: str, at: datetime) -> Catalogue:
    """A new catalogue holding a sample's items, brought in as one batch."""
    edition = guidance.get(sample.guidance)
    read = exchange.read(sample.path.read_bytes(), sample.path.name, edition)
    catalogue = start(
        store,
        name=sample.name,
        body=sample.body,
        period=sample.period,
        form=sample.form,
        edition=sample.guidance,
        actor=actor,
        at=at,
    )
    writes = [Add(replace(item, id=new_id())) for item in read.items]
    store.commit(catalogue.id, writes, actor=actor, at=at, label="import")
    return store.catalogue(catalogue.id)
