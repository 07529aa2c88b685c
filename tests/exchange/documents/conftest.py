"""Small documents as bytes, and what the readers make of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import pytest

from kpicat import guidance
from kpicat.exchange import Read, read

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""


@pytest.fixture(autouse=True)
def spoken(in_english: None) -> None:
    """What is said of documents, as it stands in the code."""


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Build a document of paragraphs (texts) and tables (lists of rows) with python-docx."""

    def build(*parts: object) -> bytes:
        document = docx.Document()
        for part in parts:
            if isinstance(part, str):
                document.add_paragraph(part)
            else:
                add_table(document, part)
        content = io.BytesIO()
        document.save(content)
        return content.getvalue()

    return build


def add_table(document, rows):
    """A table under the document's last paragraph; rows may be of different lengths."""
    table = document.add_table(len(rows), max(map(len, rows)))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=False):
            cell.text = str(text)
    return table


@pytest.fixture
def raw() -> Callable[..., bytes]:
    """Build a document of the XML of its body; ``{name: xml}`` for further parts of ``word/``."""

    def build(body: str, parts: Mapping[str, str] | None = None, namespace: str = WORD) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("[Content_Types].xml", _TYPES)
            packed.writestr("_rels/.rels", _RELATIONS)
            document = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
            packed.writestr("word/document.xml", document)
            for name, xml in (parts or {}).items():
                packed.writestr(f"word/{name}", xml)
        return content.getvalue()

    return build


@pytest.fixture
def taken() -> Callable[..., Read]:
    """Read a file by the default edition."""

    def build(content: bytes, name: str = "danh-muc.docx", **more) -> Read:
        return read(content, name, guidance.get("phu_luc_3"), **more)

    return build


@pytest.fixture
def tasks(taken) -> Callable[..., list[str]]:
    """The works a file holds."""

    def build(content: bytes, name: str = "danh-muc.docx") -> list[str]:
        return [str(item["task"]) for item in taken(content, name).items]

    return build
