"""The letter, the findings and the list of contents as Word, with the catalogue's own head and foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kpicat import distribution
from kpicat.exchange.dossier.facts import Facts, said, sentence, words
from kpicat.exchange.dossier.packing import Document
from kpicat.exchange.forms import paper, remarks_word
from kpicat.exchange.forms.numerals import number
from kpicat.exchange.forms.remarks import Part, Settled
from kpicat.exchange.forms.word import CELL, CENTRED, HEADING, Texts, fill, row, table
from kpicat.exchange.outgoing import told_at
from kpicat.language import _
from kpicat.language import number as counted
from kpicat.model import values_of

_SIZE, _SMALL = 12, 11  # pt, of tables
_TIERS = (12, 52, 20, 30, 18, 28)  # mm
_CONTENTS = (11, 44, 60, 45)
_RIGHT, _TOTAL = "kpicatnumber", "kpicattotal"


def letter(facts: Facts, documents: int) -> bytes:
    """The letter that the dossier goes with, as a draft: what submits, or what sends on what was approved.

    Args:
        facts: Of the dossier.
        documents: How many there are in it.
    """
    asked, form = facts.version is None, paper.wording(facts.catalogue.form)
    to = facts.to or words("letter")["to"]
    told = {"body": facts.body, "to": to, "subject": facts.subject, "dots": paper.DOTS} | facts.decided()
    places = [said("letter", "basis", document=facts.guidance.document), said("letter", "basis_own", **told)]
    parts = _numbered((facts.of_items(), facts.of_findings(), facts.of_ballots(), facts.of_changes()))
    texts: dict[str, Texts] = {
        **facts.heading(),
        "number": form["number_submission" if asked else "number_letter"],
        "recipients": list(facts.head.recipients) or [_("As above,"), _("File.")],
        "subject": "" if asked else said("letter", "subject", **told),
        "title": words("letter")["submission"] if asked else "",
        "subtitle": said("letter", "about", **told) if asked else "",
        "to": facts.to or paper.DOTS,
        "before": [*places, said("letter", "asks" if asked else "sends", **told), *parts[0]],
        "after": [
            *(text for part in parts[1:] for text in part),
            said("letter", "hash"),
            facts.hash,
        ],
        "closing": said("letter", "closing" if asked else "closing_sent", documents=counted(documents), **told),
    }
    tables = {"table": table(_TIERS, _tiers(facts)), "second": ""}
    return fill(f"dossier-{facts.catalogue.form.value}.docx", texts, tables, _SIZE)


def findings(facts: Facts, parts: Sequence[Part], settled: Sequence[Settled]) -> bytes:
    """What the checks still find, with a blank column to answer in, and what people decided, with their reasons.

    Args:
        parts: The remarks; none of an approved version, which says only what was frozen with it.
    """
    open_ = facts.version is None
    texts: dict[str, Texts] = {
        **facts.heading(),
        "title": words("findings")["title"],
        "subtitle": said("findings", "subtitle", subject=facts.subject),
        "before": facts.of_findings() if open_ else [words("findings")["frozen"]],
        "after": [words("findings")["settled_title"]] if settled and open_ else [],
    }
    open_table, settled_table = remarks_word.remarks_table(parts), remarks_word.settled_table(settled)
    tables = {"table": open_table if open_ else settled_table, "second": settled_table if open_ else ""}
    return fill(f"dossier-wide-{facts.catalogue.form.value}.docx", texts, tables, _SMALL, signed=True)


def contents(facts: Facts, documents: Sequence[Document], zip_name: str) -> bytes:
    """The first page: every document, what there is none of and why, the figures, the hash and how to check it."""
    known = {each.key: each.name for each in documents}
    name, asked = known["content"], facts.version is None
    texts: dict[str, Texts] = {
        **facts.heading(),
        "title": words("contents")["title"],
        "subtitle": sentence(said("contents", "subtitle" if asked else "subtitle_approved", subject=facts.subject)),
        "before": [
            *facts.standing(),
            *facts.of_items(),
            said("contents", "made", at=told_at(facts.at), by=facts.by),
        ],
        "after": [
            said("contents", "hash", name=name),
            facts.hash,
            words("contents")["same" if asked else "frozen"],
            said("contents", "how", name=name),
            said("contents", "verify", zip=zip_name, codes=known["codes"]),
        ],
        "closing": "",  # nobody signs it
    }
    tables = {"table": table(_CONTENTS, _listed(documents)), "second": ""}
    return fill(f"dossier-{facts.catalogue.form.value}.docx", texts, tables, _SMALL)


def _numbered(parts: Iterable[Sequence[str]]) -> list[list[str]]:
    """The parts that say anything, each with a number before its first sentence."""
    return [[f"{n}. {first}", *others] for n, (first, *others) in enumerate(filter(None, parts), start=1)]


def _tiers(facts: Facts) -> Iterator[str]:
    """Each tier with its points, where they are written, its lines and their total; the sum."""
    yield row([((heading,), HEADING, 1) for heading in words("tiers")["headings"]], header=True)
    rows = distribution.by_tier(facts.table, facts.guidance)
    columns = (rows[name].tolist() for name in ("label", "range", "count", "converted_quantity"))
    for level, label, points, count, amount in zip(values_of(rows["level"]), *columns, strict=True):
        tier = facts.guidance.tier(level)
        texts = ("–" if level is None else str(level), label, points, tier.source.place if tier else "")
        looks = (CENTRED, CELL, CENTRED, CELL)
        yield row([
            *(((text,), look, 1) for text, look in zip(texts, looks, strict=True)),
            ((counted(count),), _RIGHT, 1),
            ((number(amount),), _RIGHT, 1),
        ], together=True)  # fmt: skip
    sums = (counted(facts.figures.items), facts.total)
    yield row([((words("tiers")["total"],), HEADING, 4), *(((text,), _TOTAL, 1) for text in sums)])


def _listed(documents: Sequence[Document]) -> Iterator[str]:
    yield row([((heading,), HEADING, 1) for heading in words("contents")["headings"]], header=True)
    for n, each in enumerate(documents):
        cells = (each.title, each.name if each.there else words("contents")["missing"], each.holds)
        yield row([((str(n),), CENTRED, 1), *(((text,), CELL, 1) for text in cells)])
