"""The unit in which a product is counted, where the product names it: "Hồ sơ đã thẩm định" is counted in hồ sơ."""

from __future__ import annotations

import functools
import re
import tomllib

from kpicat.memo import remembered
from kpicat.text import phrases, products
from kpicat.text.normalise import canonical, fold

_BETWEEN = re.compile(r"\s*(?:[/;,+&\n]|\b(?:và|hoặc|kèm)\b)\s*")
_COUNT = re.compile(r"^\d+ (?=\w)")


@remembered(100_000)
def of_product(product: str) -> str:
    """The unit a product names, as it is written in a catalogue; "" where it names none, or several things."""
    whole = canonical(product[: phrases.LONGEST])
    first, *others = [_COUNT.sub("", part) for part in _BETWEEN.split(whole) if part] or [""]
    if any(_unit(part) or not products.only_goes_with(fold(part)) for part in others):
        return ""
    return _unit(first)


def _unit(part: str) -> str:
    found = _head().match(part)
    return found["unit"] if found and not found["other"] else ""


@functools.cache
def _head() -> re.Pattern[str]:
    data = tomllib.loads((phrases.FOLDER / "counted.toml").read_text("utf-8"))
    words = {canonical(word) for name in ("papers", "events", "cases") for word in data[name]["words"]}
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    otherwise = "|".join(map(canonical, data["not_followed_by"]["words"]))
    return re.compile(rf"(?P<unit>{longest_first})\b(?P<other> (?:{otherwise})\b)?")
