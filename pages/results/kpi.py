"""KPI preview: what a person's work scores with this catalogue; nothing is kept."""

from kpicat.language import _
from kpicat.services import kpi
from kpicat.ui import frame, live, no_items, scoring


def preview(desk: frame.Desk) -> None:
    """Whose work it is, what was assigned and completed, what it comes to."""
    nothing = _("There are no items yet. Bring a file in or type the first ones; then score work with them here.")
    if no_items.said(desk, "kpi", nothing):
        return
    person = scoring.person(kpi.rules())
    entries = scoring.rows(desk.view)
    scoring.results(kpi.tried(desk.view, entries, general=person.general, leader=person.leader, given=person.given))


live.page("kpi", _("KPI preview"), preview)
