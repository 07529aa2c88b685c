"""One batch from many units' parts: what is new, changed, the same and gone, file by file, before it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kpicat.exchange import Read
from kpicat.model import Delete, Item, Value, Write
from kpicat.services import yardsticks
from kpicat.services.gathering import matching
from kpicat.services.gathering.matching import Close, Line, LineKey, Matched, Standing
from kpicat.services.gathering.twins import Twins, twins
from kpicat.services.gathering.units import Units, guess_units, with_units
from kpicat.services.importing import Laid, lay
from kpicat.services.view import View
from kpicat.text.normalise import canonical


@dataclass(frozen=True)
class FilePart:
    """What one file comes to.

    Attributes:
        units: Whose lines it holds, as people write them; "" for nobody knows whose.
        added: Its new lines, under the ids they will have.
        changed, same: Lines that are items already, under their items' ids.
        gone: Ids of items of its units that no file says any more; they stay unless a person drops them.
        repeated: Lines that an earlier file of the same unit says in the same words and values; left out.
    """

    file: str
    units: Sequence[str]
    added: Sequence[Item]
    changed: Sequence[Item]
    same: Sequence[Item]
    gone: Sequence[str]
    repeated: Sequence[Item]


@dataclass(frozen=True)
class Gathering:
    """What gathering the parts would do, before it is done.

    Attributes:
        writes: The batch.
        files: File by file, in the given order.
        proposals: Lines that may be items, written as new lines until somebody agrees.
        ambiguous: (Unit, code) that several lines or items have, told apart by nothing: added, not matched.
        twins: Works that several units have.
        claims: Lines that call themselves the standard unit where another is or does so too; that mark is left out.
    """

    writes: Sequence[Write]
    files: Sequence[FilePart]
    proposals: Sequence[Close]
    ambiguous: Sequence[tuple[str, str]]
    twins: Sequence[Twins]
    claims: Sequence[Item]


def gather(
    view: View,
    reads: Sequence[Read],
    *,
    units: Units | None = None,
    agreed: Mapping[LineKey, str] | None = None,
    apart: Collection[LineKey] = (),
    dropped: Collection[str] = (),
) -> Gathering:
    """Decide what gathering the parts would write; nothing is written.

    A line is matched within its unit by code, else by its words; a cell the file leaves
    blank keeps its value, and a difference in case or tone-mark spelling alone is none.

    Args:
        view: The catalogue.
        reads: The files, each with a name of its own.
        units: Whose each sheet is; None for what :func:`guess_units` says.
        agreed: Proposals a person agreed to: line -> id of its item.
        apart: Lines that a person keeps apart from what was proposed for them: they are proposed no more.
        dropped: Ids among those gone that are to be taken out.
    """
    if units is None:
        units = guess_units(reads, set(view.items["department"]))
    lines = [matching.line(item) for read in with_units(reads, units) for item in read.items]
    items = matching.standing(view.items)
    lines, repeated = _repeated(lines)
    found = matching.match(lines, items, agreed or {})
    lines, claims = _without_claims(view, lines, found)
    proposals = _proposals([one for one in lines if one.key not in apart], items, found)
    maybe = {proposal.item_id for proposal in proposals}
    gone = _gone(view, [i for i in items if i.id not in maybe], lines, found)
    by_file = {read.report.file: read for read in reads}
    pairs = [(one.item, found.pairs.get(one.key)) for one in lines]
    laid = lay(view, pairs, _agree, origin=lambda item: by_file[item.source.file].origin(item))
    files = _parts(reads, laid, lines, gone, repeated)
    writes: list[Write] = [*laid.writes]
    writes += [Delete(i, view.seq) for part in files for i in part.gone if i in dropped]
    ambiguous = _ambiguous(lines, found)
    return Gathering(writes, files, proposals, ambiguous, twins(lines, items, view.items, found.pairs), claims)


def _repeated(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines but for those that an earlier file of their unit says just the same, and these."""
    said_by: dict[object, str] = {}
    once: list[Line] = []
    again: list[Line] = []
    for one in lines:
        said = one.unit, frozenset((name, _alike(value)) for name, value in _filled(one.item) if name != "department")
        first = said_by.setdefault(said, one.item.source.file)
        (once if first == one.item.source.file else again).append(one)
    return once, again


def _filled(item: Item) -> Iterable[tuple[str, Value]]:
    return ((name, value) for name, value in item.values.items() if value not in (None, "", False))


def _alike(value: Value) -> Value:
    return canonical(value) if isinstance(value, str) else value


def _agree(said: Value, stands: Value) -> bool:
    """The same, but for case and the spelling of tone marks."""
    return said == stands or (isinstance(said, str) and isinstance(stands, str) and _alike(said) == _alike(stands))


def _without_claims(view: View, lines: Sequence[Line], found: Matched) -> tuple[list[Line], list[Item]]:
    """The lines, and those that claim in vain to be the standard unit: a part has one, which no file replaces."""
    units, by = yardsticks.parts(view), view.guidance.unit_by
    claims: dict[str, list[Line]] = defaultdict(list)
    for one in lines:
        if one.item["standard_unit"]:
            claims[" ".join(str(one.item[by] or "").split()) if by else ""].append(one)
    claiming = [one for each in claims.values() for one in each]
    refused = {
        one.key
        for part, each in claims.items()
        if len(each) > 1 or units.get(part)
        for one in each
        if found.pairs.get(one.key) not in units.get(part, [])
    }
    if not refused:
        return list(lines), []
    return [_unmarked(one) if one.key in refused else one for one in lines], [
        one.item for one in claiming if one.key in refused
    ]


def _unmarked(one: Line) -> Line:
    values = {name: value for name, value in one.item.values.items() if name != "standard_unit"}
    return replace(one, item=replace(one.item, values=values))


def _proposals(lines: Sequence[Line], items: Sequence[Standing], found: Matched) -> list[Close]:
    paired = set(found.pairs.values())
    return matching.close(
        [one for one in lines if one.key not in found.pairs], [item for item in items if item.id not in paired]
    )


def _gone(view: View, items: Sequence[Standing], lines: Sequence[Line], found: Matched) -> dict[str, list[str]]:
    """File -> items of its units that no line is; each under the file it came from, else the unit's first."""
    files_of: dict[str, list[str]] = defaultdict(list)
    for one in lines:
        if one.item.source.file not in files_of[one.unit]:
            files_of[one.unit].append(one.item.source.file)
    came_from = dict(zip(view.items.index, view.items["source_file"], strict=True))
    paired = set(found.pairs.values())
    gone: dict[str, list[str]] = defaultdict(list)
    for item in items:
        files = files_of.get(item.unit)
        if files and item.id not in paired and (item.unit or came_from[item.id] in files):
            gone[came_from[item.id] if came_from[item.id] in files else files[0]].append(item.id)
    return gone


def _parts(
    reads: Iterable[Read], laid: Laid, lines: Iterable[Line], gone: Mapping[str, list[str]], repeated: Sequence[Line]
) -> list[FilePart]:
    units: dict[str, dict[str, str]] = defaultdict(dict)
    for one in (*lines, *repeated):
        units[one.item.source.file].setdefault(one.unit, str(one.item["department"]))
    added, changed, same = map(_by_file, (laid.added, laid.changed, laid.same))
    again = _by_file(one.item for one in repeated)
    names = dict.fromkeys(read.report.file for read in reads)
    return [FilePart(n, [*units[n].values()], added[n], changed[n], same[n], gone.get(n, []), again[n]) for n in names]


def _by_file(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.source.file].append(item)
    return found


def _ambiguous(lines: Sequence[Line], found: Matched) -> list[tuple[str, str]]:
    """Of the codes that tell nothing, unit and code as people write them."""
    return list(
        dict.fromkeys(
            (str(one.item["department"]), str(one.item["code"])) for one in lines if (one.unit, one.code) in found.codes
        )
    )
