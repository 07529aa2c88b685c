"""The Word table a unit fills in without kpicat and sends back; its headings are those that kpicat knows."""

from __future__ import annotations

from decimal import Decimal

from kpicat.exchange.forms.columns import Column, lay_out
from kpicat.exchange.forms.filling_in import example, instructions
from kpicat.exchange.forms.word import CELL, HEADING, fill, row, table
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _, number

LINES = 25
_COLUMNS = ("code", "task", "product", "measure", "quantity", "deadline", "quality", "position", "responsible")
_LEAST = 12  # characters that every column has room for


def blank(guidance: Guidance, *, unit: str = "") -> bytes:
    """An empty .docx to fill in.

    Args:
        guidance: The catalogue's edition with its adjusted marks.
        unit: Whose part it will be, if known.
    """
    shown = example(guidance)
    names = (*_COLUMNS, "tier" if guidance.has_marks else "points", "note")
    columns = [Column(_("No."), ("number",)), *(Column(field_label(name), (name,), wraps=True) for name in names)]
    texts = [_("Example:"), *(_text(shown.get(name, "")) for name in names)]
    layout = lay_out(columns, [[(text.ljust(_LEAST, "\N{NO-BREAK SPACE}"),)] for text in texts])
    header = row([((column.heading,), HEADING, 1) for column in columns], header=True)
    shown_row = row([(("", text), CELL, 1) for text in texts])
    empty = row([((), CELL, 1)] * len(columns))
    words = {
        "title": _("CONVERTED CATALOGUE OF PRODUCTS AND WORK"),
        "unit": _("Part of: {unit}").format(unit=unit or "……………………"),
        "instructions": instructions(derived=False),
    }
    tiers = [((tier.label,), CELL, 1) for tier in guidance.tiers]
    marks = [((f"{tier.level}: {tier.range}",), CELL, 1) for tier in guidance.tiers]
    width = sum(layout.widths) / len(tiers)
    tables = {
        "scale": table([width] * len(tiers), [row(marks), row(tiers)]),
        "table": table(layout.widths, [header, shown_row, *[empty] * LINES]),
    }
    return fill("blank.docx", words, tables, layout.size)


def _text(value: str | Decimal) -> str:
    return value if isinstance(value, str) else number(value)
