"""Whether a dossier still is what was made: the content by hash and numbers, Word and Excel by it, all by a list."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kpicat.approval import State, digest, freeze, thaw
from kpicat.convert import converted, total
from kpicat.errors import InputError
from kpicat.exchange.dossier.facts import words
from kpicat.exchange.dossier.packing import DRAFTS, SHAPE, key_of
from kpicat.exchange.dossier.reading_back import contrary
from kpicat.language import _
from kpicat.model import plain

_PLAIN = re.compile(r"-?\d+\.\d+")
_EXPONENT = re.compile(r'"\s*[-+]?[\d_.]+[eE][-+]?[\d_]+\s*"')

Files = Mapping[str, Callable[[], bytes]]
"""Name of a file, without folders -> its content when asked for."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of looking at a dossier.

    Attributes:
        catalogue_id, name: Of the catalogue it is of.
        hash: Of the content that lies in it.
        items: How many lines that has.
        total: Its converted total in standard units a year, exact.
        contradictions: Sentences, each a place where something is not what was made; none where all is.
        filled_in: Names of the drafts that were written into since, as they are meant to be.
        compared: Names of the files whose lines and total, read back, are those of the content.
        listed: Names of files that only the list of hashes speaks for, which whoever changes a file can change too.
    """

    catalogue_id: str
    name: str
    hash: str
    items: int
    total: str
    contradictions: tuple[str, ...] = ()
    filled_in: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


def verified(files: Files, called: str) -> Verified:
    """Look at the files of a dossier, wherever they were unpacked; a content may lie there alone.

    Args:
        called: The dossier's own name, for what is said of it.

    Raises:
        InputError: It is no dossier, nor the content of one.
    """
    contents = {name: read() for name, read in files.items()}
    codes = [(name, told) for name, held in contents.items() if (told := _codes(held)) is not None]
    if len(codes) > 1 or (not codes and len(contents) != 1):
        raise _none(called)
    if not codes:
        ((name, held),) = contents.items()
        return _content(held, name)
    ((own, told),) = codes
    content = _named("content")
    if content not in contents:
        raise InputError(_("“{name}” lacks its content, {file}.").format(name=called, file=content))
    found = _content(contents[content], content)
    changed = [name for name, sha256 in _listed(told).items() if name in contents and _sha256(contents[name]) != sha256]
    drafts = {_named(key) for key in DRAFTS}
    say = _("{file} was changed after the dossier was made.")
    said = [say.format(file=name) for name in changed if name not in drafts]
    same = {_named(key): contents[_named(key)] for key in ("word", "excel") if _named(key) in contents}
    against = {
        name: tuple(contrary(contents[content], held, name)) for name, held in same.items() if name not in changed
    }
    return replace(
        found,
        contradictions=(
            *found.contradictions,
            *said,
            *_against(told, found, contents, own),
            *(sentence for sentences in against.values() for sentence in sentences),
        ),
        filled_in=tuple(name for name in changed if name in drafts),
        compared=tuple(against),
        listed=tuple(sorted(contents.keys() - {content, own} - against.keys() - set(changed))),
    )


def _against(told: Mapping[str, Any], found: Verified, there: Mapping[str, bytes], own: str) -> Iterator[str]:
    """Where what the file of hashes says is not what lies there."""
    names = {name for name in _listed(told) if key_of(name)} | {_named(key) for key in ("word", "pdf", "excel")}
    for name in sorted(names - there.keys()):
        yield _("{file} is missing.").format(file=name)
    for name in sorted(there.keys() - names - {own}):
        yield _("{file} was added after the dossier was made.").format(file=name)
    said = {"hash": found.hash, "items": found.items, "converted_total": found.total}
    if {name: told.get(name) for name in said} != said:
        yield _("{file} names another hash, number of lines or total than the content has.").format(file=own)


def _content(held: bytes, name: str) -> Verified:
    """What a content says, and whether its numbers follow from its lines by the scale in it."""
    try:
        text = held.decode()
        _insist_on_plain_numbers(text)
        reading, guidance = thaw(text, status=State.APPROVED)
        table = converted(reading.items, guidance)
        whole = plain(total(table["converted_quantity"]))
        same = freeze(reading, guidance) == text
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError, AttributeError):
        raise _none(name) from None
    said = () if same else (_("The numbers in {file} do not follow from its lines and its scale.").format(file=name),)
    about = reading.catalogue
    return Verified(about.id, about.name, digest(text), len(reading.items), whole, said)


def _insist_on_plain_numbers(text: str) -> None:
    """A stranger's number of nine signs, 1e9999999, would take gigabytes written out; what was frozen has none such.

    Raises:
        ValueError: There is one.
    """

    def exact(number: str) -> Decimal:
        if not _PLAIN.fullmatch(number):
            raise ValueError("a number that no content has")
        return Decimal(number)

    scale = json.loads(text, parse_float=exact, parse_constant=exact)["guidance"]
    if _EXPONENT.search(json.dumps(scale, ensure_ascii=False, default=str)):
        raise ValueError("a number that no scale has")


def _codes(held: bytes) -> dict[str, Any] | None:
    """What a file of hashes says; None of any other file."""
    if not held.lstrip().startswith(b"{"):
        return None
    try:
        told = json.loads(held)
        sound = told.get("dossier") == SHAPE and all(isinstance(each["name"], str) for each in told["files"])
        return told if sound and isinstance(told["content"], str) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _listed(told: Mapping[str, Any]) -> dict[str, str]:
    return {each["name"]: str(each.get("sha256")) for each in told["files"]}


def _named(key: str) -> str:
    """The name of a document's file by our own table, whatever a dossier says of itself."""
    return str(words("documents")[key]["file"])


def _sha256(held: bytes) -> str:
    return hashlib.sha256(held).hexdigest()


def _none(name: str) -> InputError:
    return InputError(
        _("“{name}” is no dossier that kpicat made; give the .zip, the folder it was unpacked to, or its content.")
        .format(name=name)
    )  # fmt: skip
