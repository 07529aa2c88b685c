"""A file on its way in: what was read of it, what the person corrected, and the one gesture that brings it in."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import streamlit as st

from kpicat import exchange, services
from kpicat.errors import InputError, KpicatError, NeedsPointing
from kpicat.exchange import Pointed, Read
from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.model import ReadReport, Write
from kpicat.services import bulk, remembering
from kpicat.services.gathering import by_sheet
from kpicat.store import Store
from kpicat.ui import agreed, frame
from kpicat.ui.reading import Latest

_KEY, _DROPPED, _WRITTEN = "incoming", "incoming_dropped", "incoming_written"


@dataclass
class Corrections:
    """What is said of the sheets of one file.

    Attributes:
        digest: Of the content, or another name that no other file has.
        pointed: Sheet -> what the person said of it.
        recalled: Sheet -> what somebody once said of one like it; None until the file was read.
    """

    digest: str
    pointed: dict[str, Pointed] = field(default_factory=dict)
    recalled: dict[str, Pointed] | None = None

    def is_recalled(self, sheet: str) -> bool:
        """The sheet is taken as one like it once was; nobody has said anything else of it now."""
        once, now = (self.recalled or {}).get(sheet), self.pointed.get(sheet)
        return once is not None and (now is None or (now.columns is None and now.header_row == once.header_row))

    def said(self) -> dict[str, Pointed]:
        """What holds of each sheet of which something was said."""
        once = self.recalled or {}
        return self.pointed | {sheet: once[sheet] for sheet in once if self.is_recalled(sheet)}

    def recall(self, read: Read) -> None:
        """Look up, once, how tables with these headings were put right by hand."""
        if self.recalled is None:
            self.recalled = remembering.recalled(frame.store(), read.report.tables)


@dataclass
class Held(ABC):
    """What one session holds of what was uploaded.

    Attributes:
        name: As it is spoken of: the file's, or how many there are.
        several: Whether there are several files, none of which gives the whole its name.
        digest: Of the content: the same again is what is held, with what was corrected.
        id: Of this holding of it: names the import, so that pressing twice writes once, and another
            person who brings in the same file is another.
    """

    name: str
    digest: str
    several: bool = field(default=False, kw_only=True)
    id: str = field(default_factory=services.new_id, kw_only=True)

    @abstractmethod
    def scored(self, guidance: Guidance) -> Read:
        """All items there are in it, whatever else it needs; read with a progress bar."""

    @property
    def refused(self) -> bool:
        """Whether nothing can be made of it, whatever one says of it."""
        return False

    @abstractmethod
    def learn(self, store: Store) -> None:
        """Remember, once it is brought in, how its columns were put right by hand."""

    @abstractmethod
    def stop(self) -> None:
        """End what is still being read."""


@dataclass
class Incoming(Held):
    """One uploaded file."""

    content: bytes
    said: Corrections = field(init=False)
    _reading: Latest[Read] = field(default_factory=Latest, init=False)

    def __post_init__(self) -> None:
        self.said = Corrections(self.digest)

    def items(self, guidance: Guidance) -> Read:
        """The file read as pointed, with a progress bar; read again only when something changed.

        Raises:
            NeedsPointing, InputError: As :func:`kpicat.exchange.read`.
        """
        found = self._as_said(guidance)
        if self.said.recalled is not None:
            return found
        self.said.recall(found)
        return self._as_said(guidance)

    def _as_said(self, guidance: Guidance) -> Read:
        said = self.said.said()
        return self._reading.get(
            (guidance.id, repr(said)),
            lambda progress: by_sheet(
                exchange.read(self.content, self.name, guidance, pointed=said, progress=progress)
            ),
            _("Reading {name}…").format(name=self.name),
            drop,
        )

    def scored(self, guidance: Guidance) -> Read:
        """As :meth:`items`; none where the header row is still to be pointed at.

        Raises:
            InputError: The file cannot be taken.
        """
        try:
            return self.items(guidance)
        except NeedsPointing:
            return Read([], ReadReport(self.name))

    @property
    def refused(self) -> bool:
        """Whether the file cannot be taken, whatever one says of it."""
        error = self._reading.error
        return isinstance(error, InputError) and not isinstance(error, NeedsPointing)

    def learn(self, store: Store) -> None:
        """Remember how its columns were put right by hand."""
        if (read := self._reading.value) is not None:
            remembering.remember(store, read.report.tables, self.said.pointed)

    def stop(self) -> None:
        """End its reading."""
        self._reading.stop()


def hold(held: Held) -> Held:
    """Hold this in the session in place of what it held; the same content again keeps what was corrected."""
    before = current()
    if before is not None:
        if before.digest == held.digest:
            return before
        before.stop()
    st.session_state.pop(_WRITTEN, None)
    st.session_state[_KEY] = held
    return held


def take(name: str, content: bytes) -> Held:
    """Hold a file for this session."""
    return hold(Incoming(name, hashlib.sha256(content).hexdigest()[:16], content))


def current() -> Held | None:
    """What this session holds."""
    held = st.session_state.get(_KEY)
    return held if isinstance(held, Held) else None


def let_go() -> None:
    """Hold nothing any more."""
    if held := current():
        held.stop()
    st.session_state.pop(_KEY, None)


def drop() -> None:
    """Let go of what is held, and of the uploader that would hand it over again."""
    let_go()
    st.session_state[_DROPPED] = st.session_state.get(_DROPPED, 0) + 1


def dropped() -> int:
    """How often something was dropped: an uploader cannot be emptied, so each time there is another."""
    return int(st.session_state.get(_DROPPED, 0))


def write(desk: frame.Desk, held: Held, writes: Sequence[Write], chosen: agreed.Seen, how: str = "") -> None:
    """Write what was agreed to as one batch, all of it or nothing where another has changed what it rests on.

    To be called as a callback: a run, or a change of page, may be overtaken by the news of this very
    change; a callback is not, and :func:`say_written` says in every run after it what was done.

    Args:
        chosen: What the writes were worked out from, besides the files.
        how: Tells one way of bringing the same in from another; each is done once.
    """
    if why := agreed.overtaken(chosen):
        st.session_state.notice = why
        return
    try:
        outcome = desk.save(bulk.save_whole, writes, label="import", request=f"{held.id}-{how}")
    except KpicatError as error:
        st.session_state.notice = str(error)  # it stays, to be tried again
        return
    with suppress(KpicatError):  # what came in is in; the next file is only asked about again
        held.learn(desk.store)
    drop()
    st.session_state[_WRITTEN] = desk.view.catalogue.id, len(outcome.applied)
    st.session_state.get("grids", {}).clear()


def say_written(desk: frame.Desk) -> bool:
    """What the last file brought, until another is chosen; and the way to the grid. Whether there was one."""
    written_to, n = st.session_state.get(_WRITTEN, ("", 0))
    if written_to != desk.view.catalogue.id:
        return False
    said = ngettext(
        "{n} change brought in; undo takes all of it back.", "{n} changes brought in; undo takes all of it back.", n
    )
    st.success(said.format(n=number(n)), icon=":material/task_alt:")
    if st.button(_("Look at the items"), key="bring_in_look", type="primary"):
        frame.go("edit")
    return True
