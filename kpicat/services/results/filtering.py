"""Which items a leader looks at: what was clicked, field by field, as it stands in a link."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

FIELDS = ("group", "department", "position", "tier", "item", "principle", "papers")
"""What can be asked of an item: a field's value, its tier (0: none), itself, a principle it does not keep, that its
product is only papers."""

_LEVEL = re.compile("[0-9]")
"""A tier as a link writes it; no edition has more than five."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Values asked for, by field; those of one field are alternatives, fields are asked for together.

    Attributes:
        chosen: Field and its values, in the order of :data:`FIELDS`, each sorted; fields not asked for are absent.
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())

    @classmethod
    def of(cls, values: Mapping[str, Collection[str]]) -> Filter:
        """The filter for these values; of an old link, other fields and tiers that are no digit are left aside."""
        kept = {
            name: tuple(sorted({value for value in values.get(name, ()) if name != "tier" or _LEVEL.fullmatch(value)}))
            for name in FIELDS
        }
        return cls(tuple((name, each) for name, each in kept.items() if each))

    @property
    def everything(self) -> bool:
        """Nothing is filtered out."""
        return not self.chosen

    def values(self, name: str) -> tuple[str, ...]:
        """What is asked of a field."""
        return dict(self.chosen).get(name, ())

    def narrowed(self, clicked: Sequence[Mapping[str, object]]) -> Filter:
        """With what was clicked in place of what was asked of these fields before.

        Args:
            clicked: For each mark, field -> value of the items behind it.
        """
        asked: dict[str, set[str]] = {}
        for mark in clicked:
            for name, value in mark.items():
                asked.setdefault(name, set()).add(str(value))
        return Filter.of({**dict(self.chosen), **asked})

    def without(self, name: str, value: str) -> Filter:
        """With one value of a field asked for no more."""
        return Filter.of({key: [v for v in each if (key, v) != (name, value)] for key, each in self.chosen})
