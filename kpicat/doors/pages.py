"""Pages without scripts: a title, some lines, at most one form; in the reader's language, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from kpicat import language
from kpicat.doors import headers

LANGUAGE = "kpicat_language"
"""The cookie of the reader's language, the same that the pages keep."""
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form.

    Attributes:
        kind: ``text`` or ``password``.
        fills: What a browser that remembers may put there (HTML's ``autocomplete``).
    """

    name: str
    label: str
    kind: str = "text"
    fills: str = "off"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says and asks.

    Attributes:
        button: Its words; "" for a page without a form. The form goes to where the page is from.
        kept: What the form says besides its fields.
        links: Words and address of each.
    """

    title: str
    lines: Sequence[str] = ()
    button: str = ""
    fields: Sequence[Field] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    links: Sequence[tuple[str, str]] = ()


def spoken(caller: HTTPConnection) -> str:
    """The language of who calls: asked for, else remembered by the browser, else the usual one."""
    asked = caller.query_params.get("language") or caller.cookies.get(LANGUAGE)
    return asked if asked in language.LANGUAGES else language.DEFAULT


def answer(
    page: Page, *, wrong: str = "", others: Sequence[tuple[str, str]] = (), stamp: str = "", status: int = 200
) -> HTMLResponse:
    """The page as an answer, kept by nobody on the way.

    Args:
        wrong: Why what was asked before was refused.
        others: Links to it in other languages: words and address of each.
        stamp: Shows that the form was ours.
    """
    said = {"wrong": wrong, "links": [*page.links, *others], "stamp": stamp, "language": language.language()}
    text = _template().render(page=page, style=_style(), **said)
    told = {"Content-Security-Policy": headers.policy_of_a_form(_style()), "Cache-Control": "no-store"}
    return HTMLResponse(text, status, headers=told)


@cache
def _template() -> Template:
    found = FileSystemLoader(_HERE)
    return Environment(loader=found, autoescape=True, undefined=StrictUndefined).get_template("page.html")


@cache
def _style() -> str:
    return (_HERE / "page.css").read_text(encoding="utf-8")
