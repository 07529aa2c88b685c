"""``suggest``: a tier proposed for each line of a file, how sure that is, and why."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from kpicat.commands.progress import bar
from kpicat.language import _

if TYPE_CHECKING:
    from kpicat.model import Item
    from kpicat.suggest import Suggestion


def suggest(asked: Namespace) -> int:
    """Print a proposal a line, in the order of the items; nothing is written."""
    from kpicat.services import files

    with bar() as progress:
        items, found = files.suggest(asked.source, asked.guidance, reference=asked.reference, progress=progress)
    if asked.format == "json":
        answers = [_of(item, found[item.id]) for item in items]
        print(json.dumps(answers, ensure_ascii=False, indent=1))
    else:
        for item in items:
            print(_in_words(item, found[item.id]))
    return 0


def _of(item: Item, proposed: Suggestion) -> dict[str, Any]:
    source = item.source
    return {
        "row": source.row,
        "tier": proposed.tier,
        "confidence": proposed.confidence,
        "reasons": list(proposed.reasons),
        "code": item["code"],
        "task": item["task"],
        "file": source.file,
        "sheet": source.sheet,
    }


def _in_words(item: Item, proposed: Suggestion) -> str:
    name = str(item["task"]) or str(item["detail"]) or str(item["product"])
    words = _("row {row}: tier {tier} ({share} %) – {name}: {reasons}")
    share = round(100 * proposed.confidence)
    return words.format(
        row=item.source.row, tier=proposed.tier, share=share, name=name, reasons="; ".join(proposed.reasons)
    )
