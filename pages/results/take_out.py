"""Take out: what an authority signs, what people and programs work on, a page for leaders, forms for units."""

from kpicat.language import _
from kpicat.ui import frame, live, taking_out


def take_out(desk: frame.Desk) -> None:
    """How much there is, and a file for each who asks."""
    taking_out.contents(desk.view)
    part = taking_out.whose_lines(desk.view)
    decision = taking_out.to_sign(desk.view, part)
    taking_out.to_work_on(desk.view, part, decision)
    taking_out.for_leaders(desk)
    taking_out.for_units(desk.view)


live.page("take_out", _("Export files"), take_out)
