"""What was approved: a version of a catalogue, which never changes."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from datetime import date, datetime


class VersionKind(enum.StrEnum):
    """How a version came to be."""

    FULL = "full"
    SUPPLEMENT = "supplement"  # holds its basis whole, with what it adds and changes


@dataclass(frozen=True, slots=True)
class Approval:
    """By what decision a catalogue was approved.

    Attributes:
        decision_number: With its signs: "12-QĐ/ĐU".
        decided_on: The date of the decision.
        effective_on: The first day on which it applies.
        signatory: Who signed it.
    """

    decision_number: str
    decided_on: date
    effective_on: date
    signatory: str


@dataclass(frozen=True, slots=True)
class Version:
    """One approved state of a catalogue; its content is read by ``store.approvals.content``.

    Attributes:
        number: 1 for the first of a catalogue, without gaps.
        basis: Number of the version that a supplement adds to; None for a full one.
        seq: Of the change of the log that approved it.
        hash: SHA-256 of the content, 64 hexadecimal digits, see :mod:`kpicat.approval.content`.
        approved_by, approved_at: Who recorded the approval here, and when.
    """

    id: str
    catalogue_id: str
    number: int
    kind: VersionKind
    basis: int | None
    seq: int
    hash: str
    decision_number: str
    decided_on: date
    effective_on: date
    signatory: str
    approved_by: str
    approved_at: datetime

    def encode(self) -> str:
        """What the log keeps of it, as canonical JSON: all but the content, and what the log's line says itself."""
        said = {
            "id": self.id,
            "number": self.number,
            "kind": self.kind.value,
            "basis": self.basis,
            "hash": self.hash,
            "decision_number": self.decision_number,
            "decided_on": self.decided_on.isoformat(),
            "effective_on": self.effective_on.isoformat(),
            "signatory": self.signatory,
        }
        return json.dumps(said, ensure_ascii=False)


def number_of(approved: str) -> int:
    """Number of the version that a catalogue's ``approved`` names, :meth:`Version.encode`; 0 where it is empty."""
    return int(json.loads(approved)["number"]) if approved else 0
