"""A code stands for one line of the catalogue.

**Asked by** PL3 §1b no duplicates, no imprecision.

**Why** assignments, monthly scores and supplements call a line by its code;
under a code that two lines share, one is scored with the other's coefficient.
A warning, not an error: the lines themselves may both be sound.

**To put right** give each of the lines a code of its own; leave the code empty
where the body does not use codes.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "duplicate-code"
LEVEL = Level.WARNING
STEP = "PL3 §1b"
SCOPE = "catalogue"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line whose code an earlier line has."""
    message = _("Code “{code}” of “{line}” already stands for “{other}”; give one of them another code.")
    name = functools.partial(_lines.name, items)
    first: dict[str, int] = {}
    for place, code in enumerate(items["code"]):
        key = _key(code)
        if key and (owner := first.setdefault(key, place)) != place:
            said = message.format(code=_lines.short(code), line=name(place), other=name(owner))
            yield Problem(items.index[place], "code", said)


def groups(items: Lines, place: int) -> Collection[str]:
    """Lines are held against each other where their codes agree."""
    code = _key(items["code"][place])
    return (code,) if code else ()


def _key(code: str) -> str:
    return "".join(code.split()).casefold()


PASS: tuple[Case, ...] = ([{"code": "A.1"}, {"code": "A.10"}], [{"code": ""}, {"code": ""}])
FAIL: tuple[Case, ...] = ([{"code": "A.1"}, {"code": "a. 1", "task": "Ghi biên bản họp"}],)
