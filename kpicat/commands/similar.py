"""``similar``: lines that are one work in other words, within files or in given pairs."""

from __future__ import annotations

import csv
import json
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpicat.commands.progress import bar
from kpicat.errors import InputError
from kpicat.language import _

if TYPE_CHECKING:
    from kpicat.model import Item
    from kpicat.similar import Judgement, Work

COLUMNS = ("a_task", "a_product", "a_field", "b_task", "b_product", "b_field")


def similar(asked: Namespace) -> int:
    """Print the pairs of one file or of many units' files, or judge the pairs of a table; one JSON list."""
    if (asked.pairs is None) == (asked.source is None):
        raise InputError(_("Name either a catalogue or, after --pairs, a table of pairs."))
    answers = _judged(asked.pairs) if asked.pairs else _found(asked.source, asked.guidance)
    print(json.dumps(answers, ensure_ascii=False, indent=1))
    return 0


def _judged(path: Path) -> list[dict[str, Any]]:
    from kpicat.similar import Work, judge

    rows = _rows(path)
    answers = []
    for row in rows:
        one, other = (
            Work(row[f"{side}_task"], row[f"{side}_product"], field=row[f"{side}_field"]) for side in ("a", "b")
        )
        answers.append({"a": one.task, "b": other.task, **_of(judge(one, other))})
    return answers


def _rows(path: Path) -> list[dict[str, str]]:
    """The table's rows, an absent or empty cell as "".

    Raises:
        InputError: It cannot be read, or it has no column for the tasks.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            rows = [{name: row.get(name) or "" for name in COLUMNS} for row in table]
            headings = table.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            _("“{name}” is not read; give a UTF-8 .csv of pairs that exists.").format(name=path.name)
        ) from error
    if not {"a_task", "b_task"} <= set(headings):
        raise InputError(
            _("“{name}” has no columns a_task and b_task; a table of pairs has {columns}.").format(
                name=path.name, columns=", ".join(COLUMNS)
            )
        )
    return rows


def _found(source: Path, edition: str) -> list[dict[str, Any]]:
    from kpicat.services import files
    from kpicat.similar import pairs

    with bar() as progress:
        items = {item.id: item for item in files.read(source, edition, progress=progress).items}
    found = pairs({item_id: _work(item) for item_id, item in items.items()})
    return [{"a": _line(items[pair.a]), "b": _line(items[pair.b]), **_of(pair.judgement)} for pair in found]


def _work(item: Item) -> Work:
    from kpicat.similar import Work

    task, product, detail, department = (str(item[name]) for name in ("task", "product", "detail", "department"))
    return Work(task, product, detail, department)


def _line(item: Item) -> dict[str, Any]:
    source = item.source
    where = {"file": source.file, "sheet": source.sheet, "row": source.row}
    return {"code": item["code"], "task": item["task"], "detail": item["detail"], "product": item["product"], **where}


def _of(judgement: Judgement) -> dict[str, Any]:
    return {"verdict": judgement.verdict.value, "score": judgement.score, "reasons": list(judgement.reasons)}
