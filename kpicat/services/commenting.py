"""What people say about lines: threads, who is addressed, and the writes that begin, answer, change and close them.

A thread is a comment and its answers; whether it is open stands on the comment that
began it. Anybody may answer, resolve and reopen; a comment's words are its author's,
who alone may change or withdraw them.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.errors import InputError, NotAllowed
from kpicat.language import _, ngettext, number
from kpicat.model import Comment, Delete, Remark, Write
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store

MOST_CHARACTERS = 2_000
_LOOKED_AT = 500  # newest gestures whose authors can be addressed


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and what was answered, in the order it was said."""

    first: Comment
    answers: tuple[Comment, ...] = ()

    @property
    def id(self) -> str:
        """Of the comment that began it."""
        return self.first.id

    @property
    def item_id(self) -> str:
        """The item it is about."""
        return self.first.item_id

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All of them."""
        return (self.first, *self.answers)

    @property
    def is_open(self) -> bool:
        """Whether nobody has resolved it."""
        return not self.first.resolved_by

    def addressing(self, person: str) -> list[Comment]:
        """Those of its comments that address ``person``."""
        wanted = _key(person)
        return [comment for comment in self.comments if wanted in map(_key, comment.mentions)]


# -- reading -----------------------------------------------------------------


def threads(view: View) -> Sequence[Thread]:
    """Every thread on the catalogue's items, the oldest first."""
    return view.kept("threads", lambda: _threads(view.reading.comments))


def _threads(comments: Iterable[Comment]) -> Sequence[Thread]:
    begun: dict[str, list[Comment]] = {}
    for comment in comments:
        begun.setdefault(comment.thread, []).append(comment)
    return [Thread(first, tuple(rest)) for first, *rest in begun.values()]


def threads_of(view: View, item_id: str) -> list[Thread]:
    """The threads on one item, the oldest first."""
    return [thread for thread in threads(view) if thread.item_id == item_id]


def open_threads(view: View, mentioning: str | None = None) -> list[Thread]:
    """The threads nobody has resolved, the oldest first; only those that address a person if one is given."""
    found = [thread for thread in threads(view) if thread.is_open]
    return found if mentioning is None else [thread for thread in found if thread.addressing(mentioning)]


def open_counts(view: View) -> Mapping[str, int]:
    """Item id -> number of its open threads; items without any are absent."""
    return view.kept("open threads", lambda: Counter(thread.item_id for thread in open_threads(view)))


def out_of_sight(view: View, writes: Sequence[Write]) -> str:
    """What to know of threads on rows that ``writes`` take out, before that is done; "" where there are none.

    Threads that the same writes carry over to another row stay in sight.
    """
    gone = {write.item_id for write in writes if isinstance(write, Delete)}
    carried = {write.seen.id for write in writes if isinstance(write, Remark) and write.seen and write.new is None}
    lost = [thread for thread in threads(view) if thread.item_id in gone and thread.id not in carried]
    if not lost:
        return ""
    return ngettext(
        "{n} thread goes out of sight with its row (comments: {comments}, open: {open}); undo brings it back.",
        "{n} threads go out of sight with their rows (comments: {comments}, open: {open}); undo brings them back.",
        len(lost),
    ).format(
        n=number(len(lost)),
        comments=number(sum(len(thread.comments) for thread in lost)),
        open=number(sum(thread.is_open for thread in lost)),
    )


# -- what is new to a person -------------------------------------------------


def addressing(view: View, person: str) -> set[str]:
    """Ids of the comments in open threads that address a person."""

    def found() -> set[str]:
        return {comment.id for thread in open_threads(view) for comment in thread.addressing(person)}

    return view.kept(f"comments addressing {_key(person)}", found)


def read_by(store: Store, view: View, person: str) -> set[str]:
    """Ids of the comments that a person has read."""
    return store.read_comments(view.catalogue.id, _key(person))


def mark_read(store: Store, view: View, person: str, comments: Collection[str]) -> None:
    """Know that a person has read comments; nobody else is told."""
    store.mark_read(view.catalogue.id, _key(person), comments)


# -- who is addressed --------------------------------------------------------


def people(store: Store, view: View, present: Iterable[str] = ()) -> list[str]:
    """Who can be addressed, by name: those present, and those whose hand is in the log or in a thread.

    Args:
        present: Names of those who are here now.
    """

    def authors() -> set[str]:
        made = {batch.actor for batch in store.batches(view.catalogue.id, limit=_LOOKED_AT)}
        return made | {comment.by for comment in view.reading.comments}

    return sorted({*view.kept("people", authors), *present} - {""}, key=str.casefold)


def mentions(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The people of ``known`` whom a text addresses as “@name”, each once, in order.

    A name may have spaces; where one begins another, the longest that stands there is meant.
    Case and the way diacritics are composed do not count, the diacritics do.
    """
    by_key = {_key(name): name for name in known}
    found = [_key(piece[1:]) for piece, named in told_apart(" ".join(text.split()), known) if named]
    return tuple(dict.fromkeys(by_key[key] for key in found if key in by_key))


def told_apart(text: str, names: Collection[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is “@name” of one of ``names``; no name is within a word."""
    text = unicodedata.normalize("NFC", text)
    longest_first = sorted({unicodedata.normalize("NFC", name) for name in names if name}, key=len, reverse=True)
    if not longest_first:
        return [(text, False)]
    # a name ends where its word ends, and the @ of an e-mail address begins none
    addressed = re.compile(rf"(?<!\w)(@(?:{'|'.join(map(re.escape, longest_first))}))(?!\w)", re.IGNORECASE)
    return [(piece, n % 2 == 1) for n, piece in enumerate(addressed.split(text)) if piece]


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


# -- writing -----------------------------------------------------------------


def begin(id: str, item_id: str, text: str, known: Collection[str], *, actor: str, at: datetime) -> list[Write]:
    """Begin a thread on an item.

    Args:
        id: Of the new comment, chosen by its author.
        known: Who can be addressed, see :func:`people`.

    Raises:
        InputError: The text is empty or longer than :data:`MOST_CHARACTERS`.
    """
    said = _worded(Comment(id, item_id, id, text, actor, at), known)
    return [Remark(item_id, seen=None, new=said)]


def answer(id: str, thread: Thread, text: str, known: Collection[str], *, actor: str, at: datetime) -> list[Write]:
    """Answer in a thread; one that was resolved is open again, so that the answer is seen.

    Raises:
        InputError: As :func:`begin`.
    """
    said = _worded(Comment(id, thread.item_id, thread.id, text, actor, at), known)
    return [*reopen(thread), Remark(thread.item_id, seen=None, new=said)]


def reword(comment: Comment, text: str, known: Collection[str], *, actor: str) -> list[Write]:
    """Change what one said.

    Raises:
        NotAllowed: Somebody else said it.
        InputError: As :func:`begin`.
    """
    _insist_on_author(comment, actor)
    new = _worded(dataclasses.replace(comment, text=text), {*known, *comment.mentions})
    return [Remark(comment.item_id, seen=comment, new=new)] if new != comment else []


def withdraw(comment: Comment, *, actor: str) -> list[Write]:
    """Take back what one said; the store keeps a comment that others have answered.

    Raises:
        NotAllowed: Somebody else said it.
    """
    _insist_on_author(comment, actor)
    return [Remark(comment.item_id, seen=comment, new=None)]


def resolve(thread: Thread, *, actor: str, at: datetime) -> list[Write]:
    """Close a thread; nothing where it is closed."""
    return _marked(thread, actor, at) if thread.is_open else []


def reopen(thread: Thread) -> list[Write]:
    """Open a thread again; nothing where it is open."""
    return [] if thread.is_open else _marked(thread, "", None)


def _marked(thread: Thread, by: str, at: datetime | None) -> list[Write]:
    new = dataclasses.replace(thread.first, resolved_by=by, resolved_at=at)
    return [Remark(thread.item_id, seen=thread.first, new=new)]


def _worded(comment: Comment, known: Collection[str]) -> Comment:
    """A comment with its text as it is kept, and whom that addresses."""
    text = comment.text.encode(errors="ignore").decode().strip()
    if not text:
        raise InputError(_("The comment is empty; write what you want to say of this row."))
    if len(text) > MOST_CHARACTERS:
        say = _("The comment has {n} characters; shorten it to {most}, or put what it says into the row.")
        raise InputError(say.format(n=number(len(text)), most=number(MOST_CHARACTERS)))
    return dataclasses.replace(comment, text=text, mentions=mentions(text, known))


def _insist_on_author(comment: Comment, actor: str) -> None:
    if comment.by != actor:
        raise NotAllowed(
            _("This comment is {who}'s, who alone may change or withdraw it; answer it instead.").format(who=comment.by)
        )
