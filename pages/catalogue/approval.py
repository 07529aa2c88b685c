"""Submit and approve: what is still open, the steps to approval, the dossier, every version that was approved."""

from kpicat.language import _
from kpicat.ui import approving, frame, live


def approval(desk: frame.Desk) -> None:
    """The steps that can be taken from here, what goes to the authority, and what was approved."""
    approving.stepping(desk)
    approving.dossier(desk)
    approving.listing(desk)


live.page("approval", _("Submit and approve"), approval)
