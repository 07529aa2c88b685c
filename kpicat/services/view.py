"""A reading with everything that follows from it: scale, converted table, findings, texts.

A view belongs to one (catalogue, seq) and never changes, so all sessions of a
process share it; what is dear is computed when first asked for and kept.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar, cast

import pandas as pd

from kpicat import checks, distribution, guidance
from kpicat.convert import converted, lines
from kpicat.errors import InputError
from kpicat.guidance import Guidance
from kpicat.language import language
from kpicat.model import CELLS, FIELDS, Catalogue, Change, Finding, Kind, Level, Reading, Value, plain, values_of
from kpicat.services.following import spliced
from kpicat.services.keeping import Kept, once
from kpicat.services.rulings import Judged, judged, told_apart
from kpicat.text.normalise import fold

T = TypeVar("T")
MOST_KEPT = 24
NEAR = 4
"""Views back in which something may be found that is made already."""
SEARCHED = tuple(name for name, f in FIELDS.items() if f.kind is Kind.TEXT)


@dataclass(eq=False)
class View:
    """What pages read of a catalogue at one seq.

    Attributes:
        own: What follows from the reading, as far as somebody has asked for it.
        recent: The last changes that led here, without gaps; as many as are at hand.
    """

    reading: Reading
    recent: Sequence[Change] = ()
    own: Kept = field(default_factory=Kept, repr=False)
    _shared: Kept = field(default_factory=lambda: Kept(MOST_KEPT), repr=False)
    _led_from: tuple[View, frozenset[str]] | None = field(default=None, repr=False)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue's own fields; ``head`` is the seq of this view."""
        return self.reading.catalogue

    @property
    def items(self) -> pd.DataFrame:
        """One row per item, as :func:`kpicat.model.items_frame` gives; read-only."""
        return self.reading.items

    @property
    def seq(self) -> int:
        """Where in the log this view stands."""
        return self.reading.catalogue.head

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for all who ask under the same key; the last few are kept."""
        return self._shared.get(key, make)

    def follow(self, before: View, changed: Collection[str]) -> None:
        """Know that this view is ``before`` with cells of some items edited: what that has made is of use."""
        self._led_from = before, frozenset(changed)
        for _n in range(NEAR):  # a view must not keep all there ever were
            if before._led_from is None:
                return
            before = before._led_from[0]
        before._led_from = None

    def made_before(self, made: Callable[[View], T | None]) -> tuple[T, View, set[str]] | None:
        """What one of the last views has made, that view, and the items edited since; None where none of them has."""
        view, changed = self, set[str]()
        while view._led_from is not None:
            view, since = view._led_from
            changed |= since
            if (known := made(view)) is not None:
                return known, view, changed
        return None

    def peek(self, key: Hashable) -> Any:
        """What :meth:`kept` keeps under a key, or None."""
        return self._shared.peek(key)

    def changes_since(self, seq: int) -> Sequence[Change] | None:
        """The changes after ``seq`` that led here, or None where they are not at hand."""
        if not self.recent or self.recent[0].seq > seq + 1:
            return None
        return self.recent[len(self.recent) - (self.seq - seq) :]

    @once
    def guidance(self) -> Guidance:
        """The catalogue's edition with its own marks, or without them where :attr:`marks_misfit`."""
        edition = dataclasses.replace(guidance.get(self.catalogue.guidance), unit_by=self.catalogue.unit_by)
        return edition if self.marks_misfit else edition.adjusted(self.catalogue.marks)

    @once
    def marks_misfit(self) -> bool:
        """Whether its own marks are another edition's, as after an undo of the change of edition."""
        try:
            guidance.get(self.catalogue.guidance).adjusted(self.catalogue.marks)
        except InputError:
            return True
        return False

    @once
    def table(self) -> pd.DataFrame:
        """The converted catalogue, see :func:`kpicat.convert.converted`."""
        return self._made_on("table", lambda: converted(self.items, self.guidance), self._table_of)

    def _made_on(
        self, name: str, whole: Callable[[], pd.DataFrame], part: Callable[[Sequence[str]], Mapping[str, Sequence[Any]]]
    ) -> pd.DataFrame:
        """A table of all items; where one of the last views had it, only what was edited since is made anew.

        Args:
            name: Of the property.
            whole: Makes it.
            part: Column -> its cells, of some items.
        """
        found = self.made_before(lambda view: view.own.peek(name))
        if found is None:
            return whole()
        known, _view, changed = found
        ids = sorted(changed)
        return spliced(known, ids, part(ids))

    def _table_of(self, ids: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        tiers, points, quantities = self._some(("tier", "points", "quantity"), ids).values()
        return lines([None if t is pd.NA else int(t) for t in tiers], points, quantities, self.guidance)

    def _some(self, names: Iterable[str], ids: Sequence[str]) -> dict[str, list[Any]]:
        places = self.items.index.get_indexer(pd.Index(list(ids), dtype="str")).tolist()
        arrays = {name: self.items[name].array for name in names}
        return {name: [array[place] for place in places] for name, array in arrays.items()}

    @once
    def figures(self) -> distribution.Figures:
        """The handful of numbers a leader asks for first."""
        return distribution.figures(self.items, self.table, self.guidance)

    @property
    def findings(self) -> list[Finding]:
        """Every principle not kept, waived or not, in the reader's language."""
        run = functools.partial(checks.run, self.items, self.guidance, apart=self.told_apart)
        return self.own.get(("findings", language()), run)

    @once
    def told_apart(self) -> Collection[checks.Pair]:
        """The pairs of lines that people say are two works, so no check holds them against each other."""
        return told_apart(self.reading)

    def take_over(self, before: View, changed: Collection[str]) -> None:
        """Check only what changed since ``before``, a view of the same catalogue under the same scale."""
        found = ("findings", language())
        if (known := before.own.peek(found)) is None:
            return
        moved = not self.items.index.equals(before.items.index)
        if changed or moved or self.told_apart != before.told_apart:
            known = checks.rerun(known, self.items, self.guidance, changed, apart=self.told_apart)
        self.own.put(found, known)

    @property
    def judged(self) -> Sequence[Judged]:
        """Every finding with what people decided about it, in the reader's language."""
        return self.own.get(("judged", language()), lambda: judged(self.findings, self.reading))

    @property
    def open_findings(self) -> Sequence[Finding]:
        """The findings nobody has waived: what is to be put right."""
        return self.own.get(("open findings", language()), self._open)

    def _open(self) -> Sequence[Finding]:
        return [each.finding for each in self.judged if each.is_open]

    def findings_by_item(self) -> Mapping[str, Sequence[Finding]]:
        """Item id -> its open findings, heaviest first; items without any are absent."""
        return self.kept(("findings", language()), self._by_item)

    def _by_item(self) -> Mapping[str, Sequence[Finding]]:
        grouped: dict[str, list[Finding]] = {}
        for finding in self.open_findings:
            if finding.item_id is not None:
                grouped.setdefault(finding.item_id, []).append(finding)
        for found in grouped.values():
            found.sort(key=lambda f: _WEIGHT[f.level])
        return grouped

    @once
    def cells(self) -> pd.DataFrame:
        """Every cell as the text a grid shows and takes back.

        Returns:
            One row per item with a ``str`` column per field ("" for empty; decimals
            with a comma and no thousands mark, so that what is shown can be typed
            back), except the flags, which stay ``bool``. ``tier``, ``points`` and
            ``coefficient`` are the converted ones, and ``converted_quantity`` is added.
        """

        def whole() -> pd.DataFrame:
            columns: dict[str, pd.Series] = {}
            for name, f in FIELDS.items():
                values = self.table[name] if name in _CONVERTED else self.items[name]
                columns[name] = values if f.kind in (Kind.TEXT, Kind.FLAG) else _written(values)
            columns["converted_quantity"] = _written(self.table["converted_quantity"])
            return pd.DataFrame(columns, index=self.items.index)

        return self._made_on("cells", whole, self._cells_of)

    def _cells_of(self, ids: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        table = self._table_of(ids)
        columns = self._some(FIELDS, ids) | {name: table[name] for name in (*_CONVERTED, "converted_quantity")}
        plain_text = {name for name, f in FIELDS.items() if f.kind in (Kind.TEXT, Kind.FLAG)}
        return {
            name: cells if name in plain_text else [written(cell) for cell in cells] for name, cells in columns.items()
        }

    def value(self, item_id: str, name: str) -> Value:
        """The stored value of one cell; the empty value for an item that is not in the view."""
        if item_id not in self.items.index:
            return CELLS[name].empty
        value: Any = self.items[name].at[item_id]
        match CELLS[name].kind:
            case Kind.LEVEL:
                return None if pd.isna(value) else int(value)
            case Kind.FLAG:
                return bool(value)
        return cast(Value, value)

    @once
    def haystack(self) -> pd.Series:
        """Every item's text folded for search without diacritics."""
        texts = self.items[list(SEARCHED)].agg("\n".join, axis=1) if len(self.items) else pd.Series(dtype="str")
        return texts.map(fold)


_CONVERTED = ("tier", "points", "coefficient")
_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


def written(value: Decimal | int | None) -> str:
    """A number as a grid shows and takes it: 1,5 · 1200 · "" for None."""
    return "" if value is None else plain(Decimal(value)).replace(".", ",")


def _written(values: pd.Series) -> pd.Series:
    return pd.Series([written(each) for each in values_of(values)], index=values.index, dtype="str")
