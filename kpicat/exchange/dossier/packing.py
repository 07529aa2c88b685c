"""The zip of a dossier: files in the order of their names, the same bytes for the same content and moment."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kpicat.exchange.dossier.facts import Facts, words
from kpicat.exchange.outgoing import in_vietnam
from kpicat.model import plain

SHAPE = 1
"""Of what the file of hashes says."""
DRAFTS = ("submission", "letter")
"""Keys of documents that people fill in; the others stay as they were made."""

_BEGUN = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
_MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_NTH = re.compile(r"-[1-9][0-9]*$")
_OFFICE = (".docx", ".xlsx")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a dossier, or the place of one that there is none of.

    Attributes:
        key: Of ``[documents]`` in ``dossier.toml``.
        name: Of its file, ASCII, so that every program that unpacks shows it.
        holds: What is in it; of one that there is none of, why.
        there: Whether there is one.
    """

    key: str
    name: str
    title: str
    holds: str
    there: bool = True


def document(key: str, /, *, without: str = "", n: int | None = None, **values: object) -> Document:
    """A document as ``dossier.toml`` describes it.

    Args:
        without: Name of the phrase that says why there is none; "" where there is one.
        n: Which of several it is.
        values: What its phrase is filled with.
    """
    known = words("documents")[key]
    stem, dot, suffix = str(known["file"]).rpartition(".")
    name, title = (f"{stem}-{n}{dot}{suffix}", f"{known['title']} {n}") if n else (known["file"], known["title"])
    return Document(key, name, title, known[without or "holds"].format(**values), not without)


def key_of(name: str) -> str | None:
    """Key of the document whose file has this name, also as one of several; None of a file of no dossier."""
    stem, dot, suffix = name.rpartition(".")
    bare = {name, _NTH.sub("", stem) + dot + suffix}
    return next((key for key, known in words("documents").items() if known["file"] in bare), None)


def codes(facts: Facts, documents: Sequence[Document], files: Mapping[str, bytes]) -> bytes:
    """The file of hashes, JSON: what the dossier is of, the hash of the content, and that of each file.

    Args:
        documents: All others that there are.
        files: Name -> content of each of these.
    """
    about, version = facts.catalogue, facts.version
    whole: dict[str, Any] = {
        "dossier": SHAPE,
        "catalogue": {name: getattr(about, name) for name in ("id", "name", "body", "period", "form", "status")},
        "version": version and json.loads(version.encode()),
        "made_at": facts.at.astimezone(UTC).isoformat(),
        "made_by": facts.by,
        "content": next(each.name for each in documents if each.key == "content"),
        "hash": facts.hash,
        "items": facts.figures.items,
        "converted_total": plain(facts.figures.converted_total),
        "files": [
            {"name": each.name, "sha256": hashlib.sha256(files[each.name]).hexdigest(), "draft": each.key in DRAFTS}
            for each in documents
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def pack(files: Mapping[str, bytes], at: datetime) -> bytes:
    """The zip; its files are as of ``at``."""
    out, local = io.BytesIO(), in_vietnam(at)
    moment = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            assert name.isascii()
            packed.writestr(_entry(name, moment), files[name])
    return out.getvalue()


def steady(content: bytes, name: str, at: datetime) -> bytes:
    """A Word file or a workbook without the moment at which some library happened to write it."""
    if not name.endswith(_OFFICE):
        return content
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in made.infolist():
            held = made.read(part)
            if part.filename == "docProps/core.xml":
                held = _MADE.sub(rb"\g<1>" + f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<3>", held)
            packed.writestr(_entry(part.filename, _BEGUN), held)
    return out.getvalue()


def _entry(name: str, at: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at)
    entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
    return entry
