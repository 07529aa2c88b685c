"""Many units' files on their way in: what was read, whose each is, what was decided, and the batch they come to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from kpicat.errors import NeedsPointing
from kpicat.exchange import Pointed, Read
from kpicat.exchange.read_many import FileRead, Many, Sent, read_many
from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.services import remembering
from kpicat.services.gathering import Close, Gathering, LineKey, gather, guess_units
from kpicat.services.view import View
from kpicat.store import Store
from kpicat.ui import incoming
from kpicat.ui.incoming import Corrections, Held
from kpicat.ui.reading import Latest

_NUMBERED = re.compile(r" \(\d+\)$")
"""Of several files with one name all but the first; which is which changes when one is removed."""


@dataclass
class Parts(Held):
    """The files that units sent, in one session.

    Attributes:
        sent: As they were uploaded; a .zip among them is one.
        uploaded: Name and digest of each of these.
        files: File name -> what is said of its sheets.
        units: (File, sheet) -> whose part a person says it is.
        agreed, apart: Line -> the proposal that a person said yes or no to.
        dropped: Ids of items in no unit's file any more, that are to be taken out.
        stood, ticked: Units and ticks as they were when their table was put up: the person's edits lie over them.
    """

    sent: Sequence[Sent]
    uploaded: frozenset[tuple[str, str]]
    files: dict[str, Corrections] = field(default_factory=dict)
    units: dict[tuple[str, str], str] = field(default_factory=dict)
    agreed: dict[LineKey, Close] = field(default_factory=dict)
    apart: dict[LineKey, Close] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    stood: dict[tuple[str, str], str] = field(default_factory=dict)
    ticked: set[str] = field(default_factory=set)
    _reading: Latest[Many] = field(default_factory=Latest, init=False)
    _read: tuple[str, Mapping[str, dict[str, Pointed]], Many] | None = field(default=None, init=False)
    _gathering: Latest[Gathering] = field(default_factory=Latest, init=False)
    _view: View | None = field(default=None, init=False)

    def many(self, guidance: Guidance) -> Many:
        """The files read as pointed, with a progress bar; only those are read again of which something was said."""
        many = self._as_said(guidance)
        for file in many.files:
            said = self.of(file.name)
            if file.read and said.recalled is None:
                said.recall(file.read)
        return self._as_said(guidance)

    def _as_said(self, guidance: Guidance) -> Many:
        said = {name: file.said() for name, file in self.files.items() if file.said()}
        many = self._reading.get(
            (guidance.id, repr(said)),
            lambda progress: read_many(
                self.sent, guidance, pointed=said, known=self._known(guidance, said), progress=progress
            ),
            _("Reading {name}…").format(name=self.name),
            incoming.drop,
        )
        self._read = guidance.id, said, many
        return many

    def _known(self, guidance: Guidance, said: Mapping[str, dict[str, Pointed]]) -> dict[str, FileRead]:
        """What the last reading made of the files of which nothing else is said now."""
        if self._read is None or self._read[0] != guidance.id:
            return {}
        _edition, before, many = self._read
        return {file.name: file for file in many.files if before.get(file.name) == said.get(file.name)}

    def of(self, file: str) -> Corrections:
        """What is said of the sheets of one file."""
        name = hashlib.sha256(f"{self.id}/{file}".encode()).hexdigest()[:12]
        return self.files.setdefault(file, Corrections(name))

    def whose(self, view: View, many: Many) -> dict[tuple[str, str], str]:
        """The unit of each sheet: as the person says, else as it seems."""
        return guess_units(many.reads, set(view.items["department"])) | self.units

    def gathering(self, view: View, many: Many) -> tuple[View, Gathering]:
        """What bringing them in would do, decided anew when the catalogue or a decision changes.

        Returns:
            The view it was decided on, and the plan. While others work without a pause the view is an earlier one:
            what is being decided is decided to its end, or it never would be.
        """
        if self._gathering.going and self._view and self._view.catalogue.id == view.catalogue.id:
            view = self._view
        self._view, units = view, self.whose(view, many)
        here = {file.name for file in many.files}
        agreed = {key: close.item_id for key, close in self.agreed.items() if key[0] in here}
        apart, dropped = frozenset(self.apart), frozenset(self.dropped)
        return view, self._gathering.get(
            (str(view.catalogue.standing), id(many), units, agreed, apart, dropped),
            lambda _progress: gather(view, many.reads, units=units, agreed=agreed, apart=apart, dropped=dropped),
            _("Comparing the lines with those of the catalogue…"),
            incoming.drop,
        )

    def carry_on(self, before: Parts) -> None:
        """Take over what was read, corrected and decided, where files were only added or only removed."""
        added, removed = before.uploaded <= self.uploaded, self.uploaded <= before.uploaded
        if not (added or (removed and not any(map(_NUMBERED.search, before.files)))):
            return
        for name, said in before.files.items():
            mine = self.of(name)
            mine.pointed, mine.recalled = said.pointed, said.recalled
        self.units, self.agreed, self.apart = before.units, before.agreed, before.apart
        self.dropped, self._read = before.dropped, before._read

    def scored(self, guidance: Guidance) -> Read:
        """The items of all files together."""
        return self.many(guidance).together(self.name)

    @property
    def refused(self) -> bool:
        """Whether no file could be read, nor can be once its header row is pointed at."""
        many = self._reading.value
        return many is not None and all(
            file.refused is not None and not isinstance(file.refused, NeedsPointing) for file in many.files
        )

    def learn(self, store: Store) -> None:
        """Remember how columns were put right by hand."""
        for file in self._read[2].files if self._read else ():
            if file.read:
                remembering.remember(store, file.read.report.tables, self.of(file.name).pointed)

    def stop(self) -> None:
        """End their reading."""
        self._reading.stop()
        self._gathering.stop()


def take(files: Sequence[tuple[str, bytes]]) -> Held:
    """Hold several files, or one .zip of them, for this session; what was decided of those held before stays."""
    uploaded = frozenset((name, hashlib.sha256(content).hexdigest()) for name, content in files)
    several = len(files) > 1
    name = ngettext("{n} file", "{n} files", len(files)).format(n=number(len(files))) if several else files[0][0]
    sent = [Sent(name, partial(bytes, content)) for name, content in files]
    digest = hashlib.sha256(repr([len(files), *sorted(uploaded)]).encode()).hexdigest()[:16]
    parts, before = Parts(name, digest, sent, uploaded, several=several), incoming.current()
    if isinstance(before, Parts):
        parts.carry_on(before)
    return incoming.hold(parts)
