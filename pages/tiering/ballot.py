"""Ballot: the chair asks, members vote blind on their phones, all see together what came of it."""

from kpicat.language import _
from kpicat.ui import balloting, live

live.page("ballot", _("Ballot"), balloting.ballot)
