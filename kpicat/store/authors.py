"""Whose words are written: what somebody said or decided stands under their own name, and only they change it.

Three gestures write others' words as these stand: a merge carries comments to another line, taking a gesture back puts
it all where it was, and a new year begins with what was decided of works.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from kpicat.errors import Forbidden
from kpicat.language import _
from kpicat.model import ChangeKind, Comment, Decide, Decision, Remark, Write
from kpicat.store import history, schema
from kpicat.store.undoing import inverse


def words_of(writes: Iterable[Write]) -> list[Remark | Decide]:
    """The writes that say something in somebody's name."""
    return [write for write in writes if isinstance(write, Remark | Decide)]


def insist(
    connection: Connection, catalogue_id: str, words: Sequence[Remark | Decide], name: str, *, undoes: str | None = None
) -> None:
    """See that whoever is called ``name`` says nothing in another's.

    Args:
        undoes: The batch that is taken back.

    Raises:
        Forbidden: They do not; nothing may be written.
        UnknownCatalogue: The catalogue has no such batch.
    """
    if undoes is not None:
        _insist_taken_back(connection, catalogue_id, words, name, undoes)
    else:
        _insist_on_comments(connection, catalogue_id, [each for each in words if isinstance(each, Remark)], name)
        _insist_on_decisions(connection, [each for each in words if isinstance(each, Decide)], name)


def _insist_taken_back(
    connection: Connection, catalogue_id: str, words: Iterable[Remark | Decide], name: str, undoes: str
) -> None:
    """A gesture is taken back as it was done; what somebody only said, only they take back."""
    done = history.batch(connection, catalogue_id, undoes)
    changes = list(history.changes(connection, catalogue_id, since=done.first_seq - 1, until=done.last_seq))
    if done.actor != name and all(change.kind is ChangeKind.COMMENT for change in changes):
        raise _is_theirs(done.actor)
    if not {*words} <= {*words_of(inverse(changes))}:
        raise _is_theirs(done.actor)


def _insist_on_comments(connection: Connection, catalogue_id: str, remarks: Sequence[Remark], name: str) -> None:
    ended = [remark.seen for remark in remarks if remark.seen and remark.new is None]
    begun = [remark.new for remark in remarks if remark.new and remark.seen is None]
    elsewhere = {*map(_words, begun)}
    carried = _standing(connection, catalogue_id, [one for one in ended if one.by != name or _words(one) in elsewhere])
    for comment in ended:
        if comment.by != name and (_words(comment) not in elsewhere or comment not in carried):
            raise _is_theirs(comment.by)
    moved = {*map(_words, carried)}
    for remark in remarks:
        seen, new = remark.seen, remark.new
        if new is None or (seen is None and _words(new) in moved):
            continue
        if (seen is None or _words(seen) != _words(new)) and {new.by, seen.by if seen else name} != {name}:
            raise _is_theirs(seen.by if seen else new.by)
        if new.resolved_by not in ("", name, seen.resolved_by if seen else ""):
            raise _is_theirs(new.resolved_by)


def _insist_on_decisions(connection: Connection, decides: Sequence[Decide], name: str) -> None:
    theirs = [each.new for each in decides if each.new and each.new.by != name and each.new != each.seen]
    if theirs and not {*map(_ruling, theirs)} <= {*map(_ruling, _ever_decided(connection))}:
        raise Forbidden(_("A decision stands under the name of whoever decides it; decide it anew in your own."))


def _standing(connection: Connection, catalogue_id: str, asked: Sequence[Comment]) -> list[Comment]:
    """Those comments that stand in the catalogue, word by word."""
    kept = schema.comment.c
    query = select(kept.id, kept.body).where(kept.catalogue_id == catalogue_id, kept.id.in_([one.id for one in asked]))
    there = {(row[0], row[1]) for row in connection.execute(query)} if asked else set()
    return [one for one in asked if (one.id, one.encode()) in there]


def _ever_decided(connection: Connection) -> Iterable[Decision]:
    """What people decided, in any catalogue: asked only where another's decision is brought over."""
    log = schema.change.c
    query = select(log.item_id, log.field, log.new).where(log.kind == ChangeKind.DECISION.value, log.new.is_not(None))
    return (Decision.decode(*row) for row in connection.execute(query))


def _words(comment: Comment) -> tuple[object, ...]:
    return comment.by, comment.at, comment.text, comment.mentions


def _ruling(decision: Decision) -> tuple[object, ...]:
    return decision.check, decision.verdict, decision.reason, decision.by, decision.at


def _is_theirs(who: str) -> Forbidden:
    words = _("This comment is {who}'s, who alone may change or withdraw it; answer it instead.")
    return Forbidden(words.format(who=who))
