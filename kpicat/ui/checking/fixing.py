"""Dialog: many proposals at once, each shown before it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from kpicat.language import _
from kpicat.model import Finding
from kpicat.services import appraising
from kpicat.ui import frame
from kpicat.ui.bulk.agreeing import agree
from kpicat.ui.bulk.opened import Opened


def fix(desk: frame.Desk, opened: Opened, found: Sequence[Finding]) -> None:
    """What stands in the cells and what is proposed for them; taken as one gesture."""
    agree(desk, opened, appraising.fixes(desk.view, found), _("Take these proposals"))
