"""The .zip that goes to the authority: every paper once, in the order of the list of contents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from kpicat import exchange
from kpicat.errors import InputError
from kpicat.exchange import NO_DECISION, Progress, no_progress
from kpicat.exchange import dossier as papers
from kpicat.exchange.dossier import Document
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.outgoing import told_at
from kpicat.language import _, number, speaking
from kpicat.model.approvals import Version
from kpicat.services import balloting
from kpicat.services.dossier.gathering import Gathered, Wanted, gathered
from kpicat.services.taking_out import named
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store

PAPER = "vi"
"""The language of what an authority gets, whoever takes it out."""


def dossier(
    store: Store,
    view: View,
    version: Version | None = None,
    *,
    head: Decision = NO_DECISION,
    to: str = "",
    by: str,
    at: datetime,
    progress: Progress = no_progress,
) -> bytes:
    """One .zip of every paper that goes to the authority, in Vietnamese, with a list of contents and hashes.

    Args:
        view: The catalogue as it stands; of a version :func:`kpicat.services.approving.view_of`.
        version: What was approved; None for what is submitted, or will be.
        head: What is known of head and foot of the papers; number and day are those of the decision.
        to: Whom the letter addresses; dotted where it is not known.
        by: Who makes it; the same state, moment and person give the same bytes.

    Raises:
        InputError: There are no items.
        StoreError: The version is not what was approved any more.
    """
    if not len(view.items):
        raise InputError(_("There are no items yet, so there is nothing to put into a dossier."))
    doing = _("Writing {file}")
    with speaking(PAPER):
        found = gathered(store, view, Wanted(version, head, to, by, at))
        documents = _documents(found)
        *there, codes = [each for each in documents if each.there]
        files: dict[str, bytes] = {}
        for n, one in enumerate(there):
            tell = partial(_tell, progress, n / len(there), 1 / len(there), doing.format(file=one.name))
            tell(0.0, "")
            files[one.name] = papers.steady(_made(found, documents, one, tell), one.name, at)
        files[codes.name] = papers.codes(found.facts, there, files)
    progress(1.0, "")
    return papers.pack(files, at)


def dossier_name(view: View, version: Version | None = None) -> str:
    """A name every file system takes: ho-so-trinh-danh-muc-xa-an-binh-2026.zip."""
    with speaking(PAPER):
        n = version.number if version else ""
        what = papers.said("name", "version" if version else "submission", n=n)
        return named(f"{what} {view.catalogue.name}", view.catalogue.period, ".zip")


def _documents(found: Gathered) -> list[Document]:
    """Every document in its order, those that there are none of with the reason."""
    facts = found.facts
    told: dict[str, Any] = {"items": number(facts.figures.items), "total": facts.total}
    findings, changes = facts.findings, facts.changes
    held = [
        papers.document(
            "ballots",
            n=n if len(found.voted) > 1 else None,
            at=told_at(minutes.meeting.opened_at),
            asked=number(len(minutes.asked)),
        )
        for n, (_board, minutes) in enumerate(found.voted, start=1)
    ]
    why_unchanged = "missing" if changes is None else "" if changes.lines or changes.own else "unchanged"
    return [
        papers.document("contents"),
        papers.document("letter" if facts.version else "submission"),
        *(papers.document(key, **told) for key in ("word", "pdf", "excel")),
        papers.document(
            "findings",
            without="" if found.parts or found.settled else "frozen" if facts.version else "missing",
            open=number(findings.errors + findings.warnings),
            settled=number(findings.settled),
        ),
        *(held or [papers.document("ballots", without="missing")]),
        papers.document(
            "changes",
            without=why_unchanged,
            since=changes.since.number if changes else "",
            changed=number(changes.lines) if changes else "",
        ),
        papers.document("content", **told),
        papers.document("codes"),
    ]


def _made(found: Gathered, documents: Sequence[Document], one: Document, tell: Progress) -> bytes:
    """One of the documents, but the file of hashes."""
    facts = found.facts
    match one.key:
        case "contents":
            return papers.contents(facts, documents, dossier_name(found.view, facts.version))
        case "submission" | "letter":
            return papers.letter(facts, sum(each.there for each in documents))
        case "word" | "pdf" | "excel":
            return _catalogue(found, one.name[one.name.rindex(".") :], tell)
        case "findings":
            return papers.findings(facts, found.parts, found.settled)
        case "ballots":
            which = [each.name for each in documents if each.key == "ballots"].index(one.name)
            return balloting.minutes(found.view, found.voted[which][0], facts.head)
        case "changes":
            return papers.write_changes(facts, found.lines)
    return found.content.encode()


def _catalogue(found: Gathered, suffix: str, tell: Progress) -> bytes:
    view, of_draft = found.view, found.facts.version is None
    return exchange.write(
        view.reading,
        view.guidance,
        suffix,
        findings=view.open_findings if of_draft and suffix == ".xlsx" else (),
        ruled=found.ruled,
        decision=found.decision,
        progress=tell,
    )


def _tell(progress: Progress, begun: float, part: float, doing: str, share: float, _what: str) -> None:
    """Pass on how far one file is as how far the dossier is."""
    progress(begun + part * share, doing)
