"""The decision a catalogue goes with: whose, which, when, signed by whom, sent where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpicat.language import _

N_ = str  # marks words for the translators; they are looked up when somebody reads


@dataclass(frozen=True, slots=True)
class Decision:
    """What the head and the foot of a form say; what is not known yet is dotted there.

    Attributes:
        superior: The body above the one that issues, as the head's first line.
        issuer: The body that issues; "" for the catalogue's own.
        number: With its signs: "12-QĐ/ĐU", "12/QĐ-UBND".
        day: Its date.
        place: Where it was made, before the date.
        on_behalf: Whose name it is signed in, after "T/M" or "TM.".
        office: The signer's office.
        signer: The signer's name.
        recipients: Who gets it ("Nơi nhận"), one a line.
    """

    superior: str = ""
    issuer: str = ""
    number: str = ""
    day: date | None = None
    place: str = ""
    on_behalf: str = ""
    office: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()


_LABELS = {
    "superior": N_("Superior body"),
    "issuer": N_("Issuing body"),
    "number": N_("Number of the decision"),
    "day": N_("Date of the decision"),
    "place": N_("Place"),
    "on_behalf": N_("Signed on behalf of"),
    "office": N_("Signer's office"),
    "signer": N_("Signer's name"),
    "recipients": N_("Recipients"),
}


def decision_label(name: str) -> str:
    """What people call a field of :class:`Decision`, in the reader's language."""
    return _(_LABELS[name])
