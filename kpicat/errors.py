"""Every error kpicat raises on purpose, split by who must act.

::

    KpicatError
    ├── InputError       the user: a file or a value cannot be taken
    │   └── NeedsPointing    … until they say where the header row is
    ├── NotAllowed       somebody with the right to do it
    │   ├── Forbidden        … whose role in the catalogue allows it
    │   └── SignInRefused    the user: name or password is wrong, or they have to wait
    ├── GuidanceError    whoever maintains data/guidance
    └── StoreError       the database
        ├── StoreBusy        nobody: it passes, the write is tried again
        │   └── Locked           whoever may return the catalogue, or begin a new version
        ├── UnknownCatalogue the user: the link leads to nothing
        └── SchemaTooOld     the IT officer: run ``python -m kpicat upgrade``

Two editors meeting on one cell is not an error: the store answers with a
:class:`kpicat.model.Conflict`. A fault *of a catalogue* is a finding.
A message is one sentence that says where, what, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class KpicatError(Exception):
    """Something that can be said to a person in one sentence."""


class InputError(KpicatError):
    """A file or a value that cannot be taken; the sentence names the remedy."""


class NeedsPointing(InputError):
    """No header row was recognised; the user can point at it.

    Attributes:
        previews: First rows of each sheet, ``{sheet: rows of cell texts}``.
    """

    def __init__(self, message: str, previews: dict[str, Sequence[Sequence[str]]]) -> None:
        super().__init__(message)
        self.previews = previews


class NotAllowed(KpicatError):
    """The person lacks the right; the sentence names who has it."""


class Forbidden(NotAllowed):
    """The person's role does not allow it; the sentence says which one would."""


class SignInRefused(NotAllowed):
    """Nobody was let in; the sentence never tells whether it was the name or the password."""


class GuidanceError(KpicatError):
    """A guidance edition in data/guidance that breaks its own rules."""


class StoreError(KpicatError):
    """The database could not do what was asked."""


class StoreBusy(StoreError):
    """The database is locked, full or away for a moment: nothing was written, try again."""


class Locked(StoreBusy):
    """The catalogue is before the authority, or approved: nothing was written.

    A kind of :class:`StoreBusy`, as what was typed into an open page meanwhile must not be lost: it waits there.
    """


class UnknownCatalogue(StoreError):
    """There is no such catalogue, item or batch."""


class SchemaTooOld(StoreError):
    """The database was made by another version and must be migrated first."""
