"""Parts of a Word file as XML from a stranger: no document type, no entity, nothing fetched."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from lxml import etree

from kpicat.exchange.archive import Archive, damaged

_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def root_of(archive: Archive, part: str, name: str) -> etree._Element | None:
    """One small part; None where the file has none.

    Raises:
        InputError: It is damaged.
    """
    if part not in archive:
        return None
    parser = etree.XMLParser(**_SAFE)
    for chunk in archive.chunks(part):
        parser.feed(chunk)
    root = parser.close()
    _check(root, name)
    return root


def events(archive: Archive, part: str, tags: tuple[str, ...], name: str) -> Iterator[tuple[str, etree._Element]]:
    """Starts and ends of some elements of a large part while it is unpacked; whoever takes one may clear it.

    Raises:
        InputError: It is damaged.
    """
    parser = etree.XMLPullParser(events=("start", "end"), tag=tags, **_SAFE)
    checked = False
    for chunk in archive.chunks(part):
        parser.feed(chunk)
        for event, element in parser.read_events():
            if not checked:
                _check(element, name)
                checked = True
            yield event, element
    parser.close()
    yield from parser.read_events()


def _check(element: etree._Element, name: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise damaged(name)  # Word declares no document type; entities are how XML bombs are built


@functools.lru_cache(maxsize=2_000)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def kind(element: etree._Element) -> str:
    """The name of an element without its namespace: Word writes one of two."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


def said(element: etree._Element, name: str) -> str | None:
    """An attribute of Word's namespace, whichever of the two that is."""
    value = element.get(element.tag.rpartition("}")[0] + "}" + name)
    return value if value is None else str(value)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of names, or None."""
    for step in path:
        if element is None:
            return None
        for one in element:  # many times faster than a search by path
            if kind(one) == step:
                element = one
                break
        else:
            return None
    return element


def child_says(element: etree._Element | None, *path: str) -> str | None:
    """The ``val`` of the first descendant along a path; None where there is none."""
    found = child(element, *path)
    return None if found is None else said(found, "val") or ""


def is_on(element: etree._Element | None, *path: str) -> bool:
    """A switch is there and not turned off."""
    value = child_says(element, *path)
    return value is not None and value not in ("0", "false", "off")
