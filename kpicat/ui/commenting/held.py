"""What a session holds of a catalogue's comments: what it reads, what is half written, what was refused."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field

import streamlit as st

from kpicat import services
from kpicat.errors import KpicatError, StoreBusy
from kpicat.language import _
from kpicat.model import Write
from kpicat.services import commenting
from kpicat.ui import frame

ROW, OPEN, MINE = "row", "open", "mine"
AT_ONCE = 20
"""Threads shown before one asks for more."""


@dataclass
class Draft:
    """Something half written.

    Attributes:
        id: Of the comment it will be; names the box, so that each draft has one of its own.
        text: As far as the browser has told.
        sent: It is in the database; pressed twice, it is not written twice.
    """

    id: str = field(default_factory=services.new_id)
    text: str = ""
    sent: bool = False

    @property
    def box(self) -> str:
        """Key of the box it is written in."""
        return f"comments_box_{self.id}"

    def take(self) -> None:
        """Keep what the box holds."""
        self.text = st.session_state.get(self.box, self.text)


@dataclass
class Drawer:
    """What a session reads and writes of one catalogue's comments.

    Attributes:
        shown: :data:`ROW`, :data:`OPEN` or :data:`MINE`; "" while it is closed.
        item: The row whose threads are read; "" for none.
        ticked: The row that was the only one ticked at the last look.
        about: Id of the thread to be answered or of the comment to be reworded; "" to begin a thread.
        drafts: What is half written, by what it is about.
        refused: Why the last thing asked for was not done.
        reader: Whom ``read`` is about: people may name themselves anew.
        read: Ids of comments known to have been read.
        fresh: Ids of those that were first read in the list that is shown.
    """

    shown: str = ""
    item: str = ""
    ticked: str = ""
    about: str = ""
    drafts: dict[str, Draft] = field(default_factory=dict)
    limit: int = AT_ONCE
    refused: str = ""
    reader: str = ""
    read: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)

    def draft(self) -> Draft:
        """What is being written now."""
        return self.drafts.setdefault(self.about or f"new {self.item}", Draft())

    def show(self, what: str, item: str | None = None) -> None:
        """Open on a list, or on a row's threads."""
        self.shown, self.about, self.refused, self.limit = what, "", "", AT_ONCE
        self.fresh = set()
        if item is not None:
            self.item = item

    def toggle(self, everything: int, new: int) -> None:
        """Close; or open on the ticked row, else on what this person has not read, else on all open threads."""
        if self.shown:
            self.show("")
        elif self.ticked:
            self.show(ROW)
        else:
            self.show(MINE if new else OPEN if everything else ROW)

    def write_about(self, about: str, text: str = "") -> None:
        """Begin, or go on, to answer a thread or to reword a comment."""
        self.about, self.refused = about, ""
        self.drafts.setdefault(about, Draft(text=text))

    def more(self) -> None:
        """Show more threads."""
        self.limit += AT_ONCE


def held_for(desk: frame.Desk) -> Drawer:
    """The session's drawer for a catalogue."""
    drawers: dict[str, Drawer] = st.session_state.setdefault("comments", {})
    return drawers.setdefault(desk.view.catalogue.id, Drawer())


def unread(desk: frame.Desk, held: Drawer) -> set[str]:
    """Ids of the comments in open threads that address this person and that they have not read, here or elsewhere."""
    if held.reader != desk.actor:
        held.reader, held.read = desk.actor, set()
    asked = commenting.addressing(desk.view, desk.actor)
    if asked - held.read:
        with suppress(StoreBusy):
            held.read |= commenting.read_by(desk.store, desk.view, desk.actor)
    return asked - held.read


def read(desk: frame.Desk, held: Drawer, comments: Collection[str]) -> None:
    """Know that this person has these before them; what is new of them stays marked while the list is shown."""
    if new := unread(desk, held).intersection(comments):
        held.fresh |= new
        with suppress(StoreBusy):  # the next run marks them
            commenting.mark_read(desk.store, desk.view, desk.actor, new)
            held.read |= new


def change(desk: frame.Desk, held: Drawer, writes: Callable[[], list[Write]]) -> None:
    """As :func:`save`, to be called as a callback."""
    save(desk, held, writes)


def save(desk: frame.Desk, held: Drawer, writes: Callable[[], list[Write]]) -> bool:
    """Write as this person, and whether that was done; if not, the drawer says what stood in the way."""

    def commit() -> None:
        if asked := writes():
            conflicts = desk.save(services.save, asked, label="comment").conflicts
            if conflicts:
                words = (
                    _("{who} has deleted this row; put it back from the history, then say it again.")
                    if conflicts[0].gone
                    else _("{who} has just changed this too; look at it again.")
                )
                held.refused = words.format(who=conflicts[0].by)

    return attempt(held, commit)


def attempt(held: Drawer, act: Callable[[], object]) -> bool:
    """Whether it was done; if not, the drawer says why."""
    held.refused = ""
    try:
        act()
    except KpicatError as error:
        held.refused = str(error)
    return not held.refused


def say_refused(held: Drawer) -> None:
    """Why the last thing asked for was not done."""
    if held.refused:
        st.error(frame.plain_text(held.refused), icon=":material/error:")
