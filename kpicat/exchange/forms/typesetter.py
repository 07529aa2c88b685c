"""Typst as a program: run by :mod:`kpicat.exchange.forms.pdf`, imports nothing of kpicat.

Takes one JSON object from standard input, gives the PDF, PNG or SVG to standard output. Typst keeps what it has
laid out, some 300 MB for 1 500 rows, for a next time that never comes; a process of its own gives it back.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> None:
    """Lay out what is asked for."""
    asked = json.load(sys.stdin.buffer)
    content = typst.compile(
        asked["template"],
        format=asked["kind"],
        ppi=200 if asked["kind"] == "png" else None,
        font_paths=[asked["fonts"]],
        ignore_system_fonts=True,
        sys_inputs=asked["inputs"],
        pdf_tags=asked["tagged"],
    )
    assert isinstance(content, bytes)
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
