"""From draft to approved: one function a gesture. Who may do which the store asks (:mod:`kpicat.store.needs`)."""

from kpicat.services.approving.after import (
    a_year_on,
    last_approved,
    start_next_year,
    version_in_force,
    versions,
    view_of,
)
from kpicat.services.approving.checklist import Entry, checklist
from kpicat.services.approving.papers import ENDINGS, content, paper, paper_name
from kpicat.services.approving.standing import Taken, banner, taken
from kpicat.services.approving.steps import approve, begin, return_, submit, today

__all__ = [
    "ENDINGS",
    "Entry",
    "Taken",
    "a_year_on",
    "approve",
    "banner",
    "begin",
    "checklist",
    "content",
    "last_approved",
    "paper",
    "paper_name",
    "return_",
    "start_next_year",
    "submit",
    "taken",
    "today",
    "version_in_force",
    "versions",
    "view_of",
]
