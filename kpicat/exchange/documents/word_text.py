"""The words of a Word paragraph or cell as a person sees them, and a count of what they do not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from kpicat.exchange.documents.word_numbering import BULLET, Numbering
from kpicat.exchange.documents.word_xml import child, child_says, is_on, kind, said
from kpicat.model import FIELDS

OF = "kpicat of "
"""Begins the name of the style, in kpicat's own forms, of a text that is of another field than its column; the
field's name follows. Word knows the style by its name without blanks, other software calls it what it likes."""
LABEL = "kpicat label"
"""The name of the style of words that such a text begins with and that are none of its own."""
_UNSEEN = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tcPr", "trPr", "tblPr", "tblGrid",
                     "instrText", "delText", "delInstrText", "Fallback", "rt", "txbxContent"})  # fmt: skip
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TICKS = frozenset({"F0FC", "F0FE", "F052", "F054", "2713", "2714", "2611", "2612"})
_CHANGED = frozenset({"ins", "del", "moveFrom", "moveTo"})


def fields_of(styles: etree._Element | None) -> dict[str, str]:
    """Id of a style -> the field it stands for, of those that kpicat's own forms have for texts that share a cell."""
    found = {}
    for style in () if styles is None else styles.iterchildren("{*}style"):
        name = child_says(style, "name") or ""
        if (of := name.removeprefix(OF)) != name and of in FIELDS:
            found[said(style, "styleId") or ""] = of
    return found


def labels_of(styles: etree._Element | None) -> frozenset[str]:
    """Ids of the style that kpicat's own forms have for words that no field holds."""
    own = (s for s in (() if styles is None else styles.iterchildren("{*}style")) if child_says(s, "name") == LABEL)
    return frozenset(said(style, "styleId") or "" for style in own)


@dataclass
class Words:
    """Reads the words of one file.

    Attributes:
        numbering: Counts its lists.
        footnotes: Their texts by number.
        changes, hidden, pictures: How many were met: tracked changes, hidden pieces, pictures.
        noted: Texts of the footnotes met since somebody emptied it.
        fields: Id of a style of kpicat's own -> the field that paragraphs in it are of.
        labels: Ids of styles whose words are not read.
        apart: Field -> text of the last cell that is of that field, whatever its column is.
    """

    numbering: Numbering
    footnotes: Mapping[str, str] = field(default_factory=dict)
    changes: int = 0
    hidden: int = 0
    pictures: int = 0
    noted: list[str] = field(default_factory=list)
    fields: Mapping[str, str] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    apart: dict[str, str] = field(default_factory=dict)

    def paragraph(self, paragraph: etree._Element) -> str:
        """Its words with the number its list gives it."""
        label, text = self._labelled(paragraph)
        return f"{label} {text}".strip()

    def cell(self, cell: etree._Element, nested: Callable[[etree._Element], str]) -> tuple[str, str]:
        """A number that its list gives to the cell's only paragraph, and a line for each paragraph.

        Args:
            nested: Told of each table inside the cell; gives the words that stay in the cell.
        """
        lines: list[tuple[str, str]] = []
        self.apart = {}
        for block in _blocks(cell, self):
            if name := self.fields.get(child_says(child(block, "pPr"), "pStyle") or ""):
                words = self._labelled(block)[1]
                self.apart[name] = f"{self.apart[name]}\n{words}" if name in self.apart else words
                continue
            lines.append(("", nested(block)) if kind(block) == "tbl" else self._labelled(block))
        lines = [(label, text) for label, text in lines if label or text.strip()]
        if len(lines) == 1:
            return lines[0]
        return "", "\n".join(f"{label} {text}".strip() for label, text in lines)

    def _labelled(self, paragraph: etree._Element) -> tuple[str, str]:
        label = self.numbering.label(child(paragraph, "pPr"))
        pieces: list[str] = []
        self._collect(paragraph, pieces)
        text = "".join(pieces)
        return (label if text.strip() or label != BULLET else ""), text

    def _collect(self, element: etree._Element, pieces: list[str]) -> None:
        for one in element:
            tag = kind(one)
            if tag == "t":
                pieces.append(one.text or "")
            elif tag == "r":
                if len(one) and kind(one[0]) == "rPr" and is_on(one[0], "vanish"):
                    self.hidden += any(part.text for part in one.iterchildren("{*}t"))
                elif not self.labels or child_says(child(one, "rPr"), "rStyle") not in self.labels:
                    self._collect(one, pieces)
            elif tag in _SIGNS:
                pieces.append(_SIGNS[tag])
            elif tag in _CHANGED:
                self.changes += 1
                if tag not in _UNSEEN:
                    self._collect(one, pieces)
            elif tag == "sym":
                pieces.append("x" if (said(one, "char") or "").upper() in _TICKS else " ")
            elif tag in ("footnoteReference", "endnoteReference"):
                self.noted += filter(None, [self.footnotes.get(tag[0] + (said(one, "id") or ""))])
            elif tag in ("blip", "imagedata"):
                self.pictures += 1
            elif tag not in _UNSEEN:
                self._collect(one, pieces)


def _blocks(element: etree._Element, words: Words) -> Iterator[etree._Element]:
    """Paragraphs and tables of a cell in order, those of text boxes after the paragraph they hang on."""
    for one in element:
        match kind(one):
            case "tbl":
                yield one
            case "p":
                yield one
                for box in one.iterdescendants("{*}txbxContent"):
                    if next(box.iterancestors("{*}txbxContent", "{*}Fallback", "{*}tc", "{*}p"), None) is one:
                        yield from _blocks(box, words)
            case "ins" | "moveTo":
                words.changes += 1
                yield from _blocks(one, words)
            case tag if tag not in _UNSEEN:
                yield from _blocks(one, words)
