"""Submit and approve: the steps on the page, the versions approved, and rows of a catalogue that cannot be changed."""

from kpicat.ui.approving.handing_over import dossier
from kpicat.ui.approving.listing import listing
from kpicat.ui.approving.locked import is_locked, rows, why
from kpicat.ui.approving.stepping import stepping

__all__ = ["dossier", "is_locked", "listing", "rows", "stepping", "why"]
