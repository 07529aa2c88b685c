"""The dossier: every paper of a submission, or of an approved version, in one zip with a list of contents and hashes.

What each paper says of the catalogue as a whole comes from one :class:`Facts`, so no two of them can differ.
"""

from kpicat.exchange.dossier.changed import Changed, changed, own_changes
from kpicat.exchange.dossier.changed import write as write_changes
from kpicat.exchange.dossier.facts import Ballots, Changes, Facts, Findings, Submitted, said
from kpicat.exchange.dossier.packing import Document, codes, document, key_of, pack, steady
from kpicat.exchange.dossier.papers import contents, findings, letter
from kpicat.exchange.dossier.verifying import Verified, verified

__all__ = [
    "Ballots", "Changed", "Changes", "Document", "Facts", "Findings", "Submitted", "Verified", "changed", "codes",
    "contents", "document", "findings", "key_of", "letter", "own_changes", "pack", "said", "steady", "verified",
    "write_changes",
]  # fmt: skip
