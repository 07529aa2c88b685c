"""PDF by typst: texts go in as data, the template lays them out, fonts come from ``data/fonts``.

Typst because it lays out 5 000 rows in four seconds, needs no browser and writes tagged,
searchable PDF; it draws charts too, so that no chart library has to be installed for one page.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from kpicat.exchange import Progress, no_progress
from kpicat.exchange.forms.columns import longest_that_fits
from kpicat.exchange.forms.paper import TEMPLATES, Line, Paper
from kpicat.language import _
from kpicat.settings import ROOT

FONTS = ROOT / "data" / "fonts"
MOST_TAGGED = 2_000
"""Rows up to which a PDF is tagged for screen readers; the tags of 5 000 would make 14 MB of 1.7."""

MOST_WHOLE = 20
"""Lines of text up to which a row is kept on one page."""

_PROGRAM = Path(__file__).with_name("typesetter.py")
_one_at_once = threading.Lock()  # 5 000 rows take a gigabyte while they are laid out
_BREAK = "\N{ZERO WIDTH SPACE}"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def write(paper: Paper, *, progress: Progress = no_progress) -> bytes:
    """The form as .pdf."""
    progress(0.2, _("Writing the document"))
    return compiled("form.typ", {"paper": _data(paper)}, tagged=len(paper.lines) <= MOST_TAGGED)


def compiled(
    template: str, data: Mapping[str, object], *, tagged: bool = True, kind: Literal["pdf", "png", "svg"] = "pdf"
) -> bytes:
    """A template of ``data/templates`` as PDF; one of a single page as a picture, too.

    Args:
        template: Its file name.
        data: Name -> value, which the template reads as JSON from ``sys.inputs``.
        tagged: Whether screen readers find their way by rows and columns of a PDF.
    """
    inputs = {name: _CONTROL.sub("", json.dumps(value, ensure_ascii=False)) for name, value in data.items()}
    asked = {
        "template": str(TEMPLATES / template),
        "fonts": str(FONTS),
        "inputs": inputs,
        "tagged": tagged,
        "kind": kind,
    }
    with _one_at_once:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM)], input=json.dumps(asked).encode(), capture_output=True, check=False
        )
    if done.returncode:
        raise RuntimeError(f"{template} was not laid out: {done.stderr.decode(errors='replace')}")
    return done.stdout


def _data(paper: Paper) -> dict[str, object]:
    words = paper.words
    room = [longest_that_fits(width, paper.layout.size) for width in paper.layout.widths]
    return {
        "form": paper.form,
        "head": paper.head,
        "size": paper.layout.size,
        "standard_unit": paper.standard_unit,
        "scale": paper.scale,
        "scale_names": [words[name] for name in ("scale_tier", "scale", "scale_points", "scale_ratio")],
        "columns": [
            {
                "heading": column.heading,
                "align": column.align,
                "width": width,
                "total": "converted_quantity" in column.fields,
            }
            for column, width in zip(paper.columns, paper.layout.widths, strict=True)
        ],
        "lines": [
            {"level": line.level, "cells": _cells(line, room), "tall": _is_tall(line, room)} for line in paper.lines
        ],
        "no_items": words["no_items"],
        "total_name": words["total"],
        "total": paper.total,
    }


def _cells(line: Line, room: Sequence[int]) -> list[list[str]]:
    """The texts of a line; a word too long for its column may break, as nothing else there does."""
    if line.level:
        return [[text.upper() if line.capitals else text for text in texts] for texts in line.cells]
    return [[_broken(text, most) for text in texts] for texts, most in zip(line.cells, room, strict=True)]


def _is_tall(line: Line, room: Sequence[int]) -> bool:
    """Whether it may not fit on a page, so that it has to be allowed to go over to the next."""
    return any(
        sum(len(part) // most + 1 for text in texts for part in text.split("\n")) > MOST_WHOLE
        for texts, most in zip(line.cells, room, strict=False)
    )


def _broken(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return re.sub(rf"\S{{{most}}}(?=\S)", rf"\g<0>{_BREAK}", text)
