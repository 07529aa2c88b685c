"""What a person would see on a page of a PDF: its words, whether they run into each other or off the page."""

from __future__ import annotations

import functools
import io
import itertools

import pdfplumber

_TOUCHING = 0.6  # points two words may share: letters of one line lean over


@functools.lru_cache(maxsize=1)
def _read(content):
    """Size, words and text of each page, as pdfplumber finds them; a report is read once, whatever is asked of it."""
    with pdfplumber.open(io.BytesIO(content)) as opened:
        return [
            (page.width, page.height, page.extract_words(use_text_flow=False), page.extract_text() or "")
            for page in opened.pages
        ]


def pages(content):
    """The words of each page, with the size of the page."""
    return [(width, height, list(words)) for width, height, words, _text in _read(content)]


def text(content):
    """All words, a space between them."""
    return " ".join(" ".join(text.split()) for _width, _height, _words, text in _read(content))


def run_into_each_other(content):
    """Pairs of words that share more than a hair of the page, and words beyond its edges."""
    found = []
    for width, height, words in pages(content):
        found += [word["text"] for word in words if word["x0"] < 0 or word["x1"] > width or word["bottom"] > height]
        words.sort(key=lambda word: word["top"])
        for n, word in enumerate(words):
            for other in itertools.takewhile(lambda one, w=word: one["top"] < w["bottom"], words[n + 1 :]):
                across = min(word["x1"], other["x1"]) - max(word["x0"], other["x0"])
                down = min(word["bottom"], other["bottom"]) - max(word["top"], other["top"])
                if across > _TOUCHING and down > 0.35 * min(word["height"], other["height"]):
                    found.append((word["text"], other["text"]))
    return found
