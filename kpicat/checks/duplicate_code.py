"""A code stands for one line of the catalogue.

**Asked by** PL3 §1b no duplicates, no imprecision.

**Why** assignments, monthly scores and supplements call a line by its code;
under a code that two lines share, one is scored with the other's coefficient.
A warning, not an error: the lines themselves may both be sound.

**To put right** give each of the lines a code of its own; leave the code empty
where the body does not use codes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kpicat.checks import Case, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "duplicate-code"
LEVEL = Level.WARNING
STEP = "PL3 §1b"
SCOPE = "catalogue"


def check(items: pd.DataFrame, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line whose code an earlier line has."""
    message = _("Code “{code}” of “{line}” already stands for “{other}”; give one of them another code.")
    name = _lines.namer(items)
    first: dict[str, int] = {}
    for place, code in enumerate(items["code"].tolist()):
        key = "".join(code.split()).casefold()
        if key and (owner := first.setdefault(key, place)) != place:
            said = message.format(code=_lines.short(code), line=name(place), other=name(owner))
            yield Problem(str(items.index[place]), "code", said)


PASS: tuple[Case, ...] = ([{"code": "A.1"}, {"code": "A.10"}], [{"code": ""}, {"code": ""}])
FAIL: tuple[Case, ...] = ([{"code": "A.1"}, {"code": "a. 1", "task": "Ghi biên bản họp"}],)
