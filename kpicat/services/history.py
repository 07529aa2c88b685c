"""Read the log the way people ask: what was done, by whom, to which line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from kpicat import capacity, criteria, guidance
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import (
    CATALOGUE,
    CRITERIA,
    FIELDS,
    PLACE,
    Batch,
    Change,
    ChangeKind,
    Comment,
    Decision,
    Form,
    Kind,
    Ruling,
)
from kpicat.services.catalogues import form_name, status_name
from kpicat.services.view import View, written

if TYPE_CHECKING:
    from kpicat.store import Store


def batches(store: Store, view: View, *, limit: int = 50, before: int | None = None) -> list[Batch]:
    """Gestures, newest first."""
    return store.batches(view.catalogue.id, limit=limit, before=before)


def changes_of_batch(store: Store, view: View, batch: Batch) -> list[Change]:
    """Everything one gesture changed, in order."""
    found = store.changes(view.catalogue.id, since=batch.first_seq - 1, limit=batch.last_seq - batch.first_seq + 1)
    return [change for change in found if change.batch == batch.id]


def changes_of_item(store: Store, view: View, item_id: str) -> list[Change]:
    """Everything that ever happened to one item, newest first."""
    return store.changes(view.catalogue.id, item=item_id, newest_first=True)


def gesture_name(label: str) -> str:
    """What people call a batch's gesture."""
    return {
        "create": _("catalogue started"),
        "edit": _("typing"),
        "add": _("rows added"),
        "delete": _("rows deleted"),
        "bulk": _("many set at once"),
        "move": _("rows moved"),
        "copy": _("rows copied"),
        "split": _("a line split"),
        "merge": _("lines merged"),
        "import": _("file brought in"),
        "paste": _("block pasted"),
        "undo": _("undo"),
        "restore": _("row put back"),
        "settings": _("settings"),
        "remove": _("catalogue removed"),
        "put back": _("catalogue put back"),
        "comment": _("comments"),
        "decide": _("findings decided"),
        "fix": _("findings put right"),
        "ballot": _("tiers adopted by ballot"),
        "suggest": _("proposed tiers taken over"),
        "adopt": _("a scenario adopted"),
        "submit": _("submitted for approval"),
        "return": _("returned with remarks"),
        "approve": _("approved"),
        "supplement": _("a supplement begun"),
        "new_version": _("a new version begun"),
    }.get(label, label)


def items_with_history(store: Store, view: View) -> dict[str, str]:
    """Every item there is or was -> how to call it; deleted ones last, and said to be so."""
    named = {
        str(i): _name(c, t) for i, c, t in zip(view.items.index, view.items["code"], view.items["task"], strict=True)
    }
    for change in store.changes(view.catalogue.id, kind=ChangeKind.DELETE, newest_first=True):
        if change.item_id not in named:
            body = _json(change.old)
            name = _name(body.get("code") or "", body.get("task") or "")
            named[change.item_id] = f"{name} ({_('deleted')})"
    return named


def _name(code: str, task: str) -> str:
    return " · ".join(part for part in (code, task) if part) or _("a row without text")


def in_words(view: View, changes: Sequence[Change]) -> pd.DataFrame:
    """Changes as a table to show.

    Returns:
        One row per change in the given order with text columns ``at`` (datetime),
        ``who``, ``row``, ``what``, ``before``, ``after``.
    """
    rows = [
        {
            "at": change.at,
            "who": change.actor,
            "row": _row(view, change),
            "what": _what(change),
            "before": _value(view, change, change.old),
            "after": _value(view, change, change.new),
        }
        for change in changes
    ]
    return pd.DataFrame(rows, columns=["at", "who", "row", "what", "before", "after"])


def _row(view: View, change: Change) -> str:
    if change.item_id == CATALOGUE:
        return _("the catalogue")
    if change.item_id in view.items.index:
        item = view.items.loc[change.item_id]
        return str(item["code"] or item["task"])
    body = _json(change.new) or _json(change.old)
    return str(body.get("code") or body.get("task") or _("a deleted row"))


def _what(change: Change) -> str:
    match change.kind:
        case ChangeKind.ADD:
            return _("added")
        case ChangeKind.DELETE:
            return _("deleted")
        case ChangeKind.RESTORE:
            return _("put back")
        case ChangeKind.COMMENT:
            return _what_of_comment(*_comments(change))
        case ChangeKind.DECISION:
            return _what_of_decision(change)
    if change.field in FIELDS:
        return field_label(change.field)
    return {
        "name": _("Name"),
        "body": _("Body"),
        "period": _("Period"),
        "form": _("Form of paper"),
        "guidance": _("Guidance edition"),
        "marks": _("Own marks"),
        PLACE.name: _("moved"),
        CRITERIA.name: _("Marks by criteria"),
        "status": _("Status"),
        "removed": _("Off the shelf"),
        "amends": _("Supplement to version"),
        "remarks": _("Remarks"),
        "approved": _("Approved by"),
        "capacity": _("Capacity"),
        "unit_by": _("A standard unit of its own for each"),
    }.get(change.field, change.field)


def _comments(change: Change) -> tuple[Comment | None, Comment | None]:
    """A comment before and after a change of it."""
    before, after = (text and Comment.decode(change.item_id, change.field, text) for text in (change.old, change.new))
    return before or None, after or None


def _what_of_comment(before: Comment | None, after: Comment | None) -> str:
    if after is None:
        return _("comment withdrawn")
    if before is None:
        return _("comment") if after.thread == after.id else _("answer to a comment")
    if bool(before.resolved_by) != bool(after.resolved_by):
        return _("comment resolved") if after.resolved_by else _("comment reopened")
    return _("comment reworded")


def _what_of_decision(change: Change) -> str:
    if change.new is None:
        return _("decision withdrawn")
    ruling = Decision.decode(change.item_id, change.field, change.new).verdict
    return {
        Ruling.WAIVED: _("finding waived"),
        Ruling.DIFFERENT: _("two works"),
        Ruling.RELATED: _("two works that belong together"),
    }[ruling]


def _value(view: View, change: Change, text: str | None) -> str:
    if text is None:
        return ""
    if change.kind is ChangeKind.COMMENT:
        return Comment.decode(change.item_id, change.field, text).text
    if change.kind is ChangeKind.DECISION:
        return Decision.decode(change.item_id, change.field, text).reason
    if change.kind is not ChangeKind.EDIT:
        return str(_json(text).get("task") or "")
    if change.item_id == CATALOGUE:
        return _setting(view, change.field, text)
    if change.field == PLACE.name:  # says nothing to people
        return ""
    if change.field == CRITERIA.name:
        return criteria.in_words(text, view.guidance)
    known = FIELDS.get(change.field)
    if known is None or known.kind is Kind.TEXT:
        return text
    if known.kind is Kind.FLAG:
        return "✓"
    value = known.decode(text)
    return written(value) if not isinstance(value, str) else value


def _setting(view: View, field: str, text: str) -> str:
    match field:
        case "form":
            return form_name(Form(text)) if text in set(Form) else text
        case "status":
            return status_name(text)
        case "removed":
            return "✓"
        case "approved":
            return _version(text)
        case "guidance":
            return guidance.get(text).title if text in guidance.editions() else text
        case "marks":
            levels = {tier.key: f"{_('Tier')} {tier.level}" for tier in view.guidance.tiers}
            marks = {levels.get(key, key): span for key, span in _json(text).items()}
            return "; ".join(f"{name}: {_span(span)}" for name, span in marks.items())
        case "capacity":
            return capacity.in_words(text)
        case "unit_by":
            return field_label(text) if text in guidance.PARTED_BY else text
    return text


def _version(text: str) -> str:
    """An approval as the log keeps it: 12-QĐ/ĐU · 3f6c…"""
    said = _json(text)
    words = _("Version {n}: {decision}, hash {hash}")
    return words.format(n=said.get("number"), decision=said.get("decision_number"), hash=str(said.get("hash"))[:12])


def _span(span: object) -> str:
    """A mark or a frame as the log keeps it: 160 · 11–60."""
    ends = [str(span[end]) for end in ("points", "lowest", "highest") if end in span] if isinstance(span, dict) else []
    return "–".join(ends).replace(".", ",")


def _json(text: str | None) -> dict[str, Any]:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
