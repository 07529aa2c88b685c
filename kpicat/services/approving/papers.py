"""A version as files, made from what was approved and from nothing that came later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpicat import exchange
from kpicat.exchange.forms.decision import Decision
from kpicat.language import _
from kpicat.model.approvals import Version
from kpicat.services.appraising import settled
from kpicat.services.approving.after import view_of
from kpicat.services.taking_out import named

if TYPE_CHECKING:
    from kpicat.store import Store

ENDINGS = (".xlsx", ".docx", ".pdf", ".json")


def paper(store: Store, version: Version, suffix: str) -> bytes:
    """A version as a file, with the decision that approved it.

    Raises:
        StoreError: It is not what was approved any more.
    """
    view = view_of(store, version)
    decision = Decision(number=version.decision_number, day=version.decided_on, signer=version.signatory)
    return exchange.write(view.reading, view.guidance, suffix, ruled=settled(view), decision=decision)


def content(store: Store, version: Version) -> bytes:
    """The very text whose SHA-256 is the version's hash.

    Raises:
        StoreError: It is not what was approved any more.
    """
    return store.approvals.content(version).encode()


def paper_name(store: Store, version: Version, suffix: str, *, frozen: bool = False) -> str:
    """A name for a file of a version: danh-muc-xa-2026-ban-2.xlsx."""
    about = view_of(store, version).catalogue
    words = _("frozen content") if frozen else _("version")
    return named(f"{about.name} {words} {version.number}", about.period, suffix)
