"""Documents that only LibreOffice reads, written by hand: what a test says is what stands in the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Sequence
from html import escape

Rows = Sequence[Sequence[object]]
Merges = Collection[tuple[int, int, int, int]]
"""Merged cells: first and last row, first and last column, all from 0; here always of one column."""

_COLUMN = 2_000  # twips
_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {"office": "office", "text": "text", "table": "table", "draw": "drawing",
                        "svg": "svg-compatible"}.items()
)  # fmt: skip
_MIMETYPE = "application/vnd.oasis.opendocument.text"


def rtf(rows: Rows, *, merges: Merges = (), picture: bytes = b"") -> bytes:
    """A table as rich text; ``picture`` is a PNG that stands above it."""
    first = {(top, left) for top, _bottom, left, _right in merges}
    covered = {(row, left) for top, bottom, left, _right in merges for row in range(top + 1, bottom + 1)}
    shown = rf"{{\pict\pngblip\picwgoal600\pichgoal600 {picture.hex()}}}\par" if picture else ""
    lines = []
    for r, line in enumerate(rows):
        marks = (r"\clvmgf" if (r, c) in first else r"\clvmrg" if (r, c) in covered else "" for c in range(len(line)))
        edges = "".join(rf"{mark}\cellx{_COLUMN * (c + 1)}" for c, mark in enumerate(marks))
        cells = "".join(rf"\pard\intbl {_rich(str(cell or ''))}\cell" for cell in line)
        lines.append(rf"\trowd{edges}{cells}\row" + "\n")
    return (r"{\rtf1\ansi\uc1" + shown + "".join(lines) + r"\pard\par}").encode("ascii")


def _rich(text: str) -> str:
    """The text with everything escaped that rich text does not hold as it is."""
    units = text.encode("utf-16-le")
    codes = (int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2))
    return "".join(chr(c) if 32 <= c < 127 and chr(c) not in r"\{}" else rf"\u{c}?" for c in codes)


def odt(rows: Rows, *, merges: Merges = (), picture: bytes = b"") -> bytes:
    """A table as an OpenDocument text; ``picture`` is a PNG that stands above it."""
    spans = {(top, left): bottom - top + 1 for top, bottom, left, _right in merges}
    covered = {(row, left) for top, bottom, left, _right in merges for row in range(top + 1, bottom + 1)}

    def cell(r: int, c: int, text: object) -> str:
        if (r, c) in covered:
            return "<table:covered-table-cell/>"
        span = f' table:number-rows-spanned="{spans[r, c]}"' if (r, c) in spans else ""
        words = escape(str(text or ""))
        return f'<table:table-cell office:value-type="string"{span}><text:p>{words}</text:p></table:table-cell>'

    lines = ("".join(cell(r, c, text) for c, text in enumerate(line)) for r, line in enumerate(rows))
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    columns = f'<table:table-column table:number-columns-repeated="{max(map(len, rows), default=1)}"/>'
    table = f'<table:table table:name="T">{columns}{body}</table:table>' if rows else ""
    link = '<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="Pictures/a.png" xlink:type="simple"/>'
    shown = f'<text:p><draw:frame svg:width="1cm" svg:height="1cm">{link}</draw:frame></text:p>' if picture else ""
    content = f"<office:body><office:text>{shown}{table}<text:p/></office:text></office:body>"
    return _packed(
        f'<office:document-content {_NAMESPACES} office:version="1.2">{content}</office:document-content>', picture
    )


def _packed(content: str, picture: bytes) -> bytes:
    parts = {"content.xml": content.encode(), **({"Pictures/a.png": picture} if picture else {})}
    kinds = {"/": _MIMETYPE, "content.xml": "text/xml", "Pictures/a.png": "image/png"}
    entries = "".join(
        f'<m:file-entry m:full-path="{part}" m:media-type="{kind}"/>'
        for part, kind in kinds.items()
        if part == "/" or part in parts
    )
    manifest = f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</m:manifest>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        for name, part in {**parts, "META-INF/manifest.xml": manifest.encode()}.items():
            made.writestr(name, part)
    return file.getvalue()
