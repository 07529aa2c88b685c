"""Which checks there are: one for each file."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Collection
from typing import cast

from kpicat.checks._contract import Check
from kpicat.errors import InputError
from kpicat.language import _

ORDER = tuple(
    """
    missing-task missing-product missing-measure missing-deadline missing-responsible missing-quality missing-duty
    missing-tier catch-all vague-task composite vague-product paper-only vague-deadline periodic-deadline
    collective-responsible unclear-responsible uncountable-measure ratio-measure vague-quality negative-quantity
    doubtful-quantity duplicate duplicate-code near-duplicate unequal-tiers off-scale-points points-tier-mismatch
    coefficient-mismatch no-standard-unit many-standard-units standard-unit-not-regular standard-unit-unclear
    standard-unit-not-100 paper-share other-scale
    """.split()  # noqa: SIM905 - thirty lines would say no more
)
"""The order checks are listed in; one that is not named here comes after them, by id."""


@functools.cache
def all_checks() -> dict[str, Check]:
    """Id -> check, in the order they are listed."""
    package = importlib.import_module(__package__)
    names = [m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_")]
    found = {name.replace("_", "-"): cast(Check, importlib.import_module(f"{__package__}.{name}")) for name in names}
    return dict(sorted(found.items(), key=lambda entry: (listed().get(entry[0], len(ORDER)), entry[0])))


@functools.cache
def listed() -> dict[str, int]:
    """Id -> its place among those listed."""
    return {check_id: n for n, check_id in enumerate(ORDER)}


def chosen(only: Collection[str] | None) -> list[Check]:
    """The checks wanted, all of them for None.

    Raises:
        InputError: ``only`` names a check there is not.
    """
    checks = all_checks()
    if only is None:
        return list(checks.values())
    if unknown := set(only) - checks.keys():
        raise InputError(
            _("There is no check “{id}”; choose among: {known}.").format(
                id=", ".join(sorted(unknown)), known=", ".join(checks)
            )
        )
    return [check for check_id, check in checks.items() if check_id in only]
