"""What a scenario says: tiers by row and by rule, the scale's marks, the standard unit; and its canonical text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from kpicat.errors import InputError
from kpicat.language import _


@dataclass(frozen=True, slots=True)
class Rule:
    """Another tier for all items that a filter finds; an empty part of it wants all, values of one are alternatives.

    Attributes:
        words: All of them are in the item's texts, diacritics aside.
        group, department, position: As in the items.
        tiers: What the item has now, 0 for none.
        to: The tier it gets.
    """

    to: int
    words: str = ""
    group: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    tiers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """Overrides over a reading of a catalogue.

    Attributes:
        tiers: Item id -> tier; stands over the rules.
        rules: All look at the items as they are read; where two find an item the later one counts.
        marks: The marks that are other than the catalogue's, as :meth:`kpicat.guidance.Guidance.adjusted`
            takes them; "" for none.
        standard_unit: Id of another standard unit; "" for the one there is.
        rescaled: Whether all other points are held against that one's own; else they stay.
    """

    tiers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    rules: tuple[Rule, ...] = ()
    marks: str = ""
    standard_unit: str = ""
    rescaled: bool = False

    def encode(self) -> str:
        """The canonical text, equal for scenarios that say the same; what is empty is left out."""
        body = {
            "tiers": dict(self.tiers),
            "rules": [_filled({name: getattr(rule, name) for name in Rule.__slots__}) for rule in self.rules],
            "marks": json.loads(self.marks) if self.marks else {},
            "standard_unit": self.standard_unit,
            "rescaled": self.rescaled and bool(self.standard_unit),
        }
        return json.dumps(_filled(body), ensure_ascii=False, sort_keys=True)

    @property
    def says_nothing(self) -> bool:
        """Whether it leaves the catalogue as it is, whatever that holds."""
        return self.encode() == "{}"


def decode(text: str) -> Scenario:
    """The scenario whose canonical text is ``text``.

    Raises:
        InputError: It is that of none, or of a newer kpicat.
    """
    try:
        body = json.loads(text)
        rules = tuple(_rule(**rule) for rule in body.pop("rules", ()))
        tiers = {str(item_id): int(tier) for item_id, tier in body.pop("tiers", {}).items()}
        marks = json.dumps(own, ensure_ascii=False, sort_keys=True) if (own := body.pop("marks", {})) else ""
        return Scenario(MappingProxyType(tiers), rules, marks, **body)
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(_("The scenario cannot be read; it may be of a newer kpicat.")) from error


def _rule(to: int, words: str = "", **lists: list[Any]) -> Rule:
    return Rule(to, words, **{name: tuple(values) for name, values in lists.items()})


def _filled(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value not in ("", False, (), [], {})}
