"""Sentences shown to people: collect them from the code, keep their translations complete.

::

    python tools/messages.py update             rewrite kpicat.pot, bring every .po up to it
    python tools/messages.py merge FILE.po …    take translations over, then update
    python tools/messages.py check              exit 1 when a sentence lacks its translation
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kpicat import checks  # noqa: E402 - kpicat is run from its folder, not installed

LOCALE = ROOT / "kpicat" / "locale"
TEMPLATE = LOCALE / "kpicat.pot"
SOURCES = ("app.py", "pages/**/*.py", "kpicat/**/*.py")
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""Names a sentence is asked by, and how many of their arguments are sentences."""

PLACEHOLDER = re.compile(r"(?<!\{)\{(\w*)[^{}]*\}(?!\})|%\((\w+)\)|%([sdr])")


def collect() -> Catalog:
    """Every sentence of the code, with the files it stands in."""
    found = Catalog("en", project="kpicat", version="", header_comment="# Sentences of kpicat.", fuzzy=False)
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        for line, message in sentences(path.read_text(encoding="utf-8")):
            found.add(message, None, [(path.relative_to(ROOT).as_posix(), line)])
    for check in checks.ids():  # the manual of a check is its docstring
        for paragraph in checks.paragraphs(check):
            found.add(paragraph, None, [(f"kpicat/checks/{check.replace('-', '_')}.py", 1)])
    return found


def sentences(code: str) -> Iterator[tuple[int, str | tuple[str, ...]]]:
    """Line and msgid of each sentence, those inside f-strings too (Babel's own extractor passes over them)."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            said = node.args[: KEYWORDS[node.func.id]]
            texts = tuple(a.value for a in said if isinstance(a, ast.Constant) and isinstance(a.value, str))
            if texts and len(texts) == len(said):
                yield node.lineno, texts if len(texts) > 1 else texts[0]


def translations() -> list[Path]:
    """The .po file of each language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/kpicat.po"))


def load(path: Path) -> Catalog:
    """A .po file as a catalogue of messages."""
    with path.open("rb") as po:
        return read_po(po, abort_invalid=True)


def save(catalog: Catalog, path: Path) -> None:
    """Write it without line numbers and dates, so that a diff shows sentences."""
    text = io.BytesIO()
    write_po(text, catalog, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
    kept = [line for line in text.getvalue().splitlines(keepends=True) if not line.startswith(_OF_NO_USE)]
    path.write_bytes(b"".join(kept))


_OF_NO_USE = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Language-Team', b'"Report-Msgid')


def update(sources: Catalog) -> None:
    """Bring every .po up to the code: new sentences empty, those no longer said gone."""
    save(sources, TEMPLATE)
    for path in translations():
        catalog = load(path)
        catalog.update(sources, no_fuzzy_matching=True)
        save(catalog, path)


def merge(fragments: list[Path], into: Path) -> None:
    """Take translations over from other .po files; the last one to say something wins."""
    catalog = load(into)
    for path in fragments:
        for message in load(path):
            if message.id and any(_texts(message)):
                catalog.delete(message.id, message.context)
                catalog.add(message.id, message.string, context=message.context)
    save(catalog, into)


def faults(sources: Catalog, path: Path) -> Iterator[str]:
    """What a .po file lacks, one line each."""
    catalog = load(path)
    for wanted in sources:
        if not wanted.id:
            continue
        said = f"“{_first(wanted)}”"
        there = catalog.get(wanted.id, wanted.context)
        if there is None or not all(_texts(there)):
            yield f"{said} has no translation"
        elif there.fuzzy:
            yield f"{said} is marked fuzzy"
        elif any(_placeholders(text) != _placeholders(_last(wanted)) for text in _texts(there)):
            yield f"{said} has other placeholders than its translation"


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _last(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[-1])


def _texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string) or ("",)


def _placeholders(text: str) -> list[str]:
    return sorted("".join(found) for found in PLACEHOLDER.findall(text))


def main(arguments: list[str]) -> int:
    """Do what the first argument says; return the exit status."""
    match arguments:
        case ["update"]:
            update(collect())
        case ["merge", first, *others]:
            merge([Path(name) for name in (first, *others)], LOCALE / "vi" / "LC_MESSAGES" / "kpicat.po")
            update(collect())
        case ["check"]:
            sources = collect()
            found = [f"{path.relative_to(ROOT)}: {fault}" for path in translations() for fault in faults(sources, path)]
            print("\n".join(found) or "Every sentence is translated.")
            return int(bool(found))
        case _other:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
