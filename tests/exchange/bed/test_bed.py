"""The bed as a whole: columns understood, no row lost."""

import pytest

from kpicat import exchange, guidance
from kpicat.model import FIELDS
from tests.exchange import office
from tests.exchange.bed import kinds
from tests.exchange.bed.measure import BED, EDITION, NEW, Tally, judge, measured, read


def test_nineteen_columns_of_twenty_are_taken_for_what_they_are():
    tally, mistakes = measured()
    assert len(BED) >= 30
    assert tally.share >= 0.95, mistakes


def test_of_layouts_written_after_the_rules_too_and_none_of_their_columns_is_taken_for_what_it_is_not():
    tally, mistakes = measured(NEW)
    assert tally.share >= 0.95, mistakes
    assert not tally.wrong, mistakes


def test_hardly_a_column_is_taken_for_what_it_is_not():
    tally, mistakes = measured()
    assert tally.wrong <= tally.columns * 0.02, mistakes


@pytest.mark.parametrize("layout", [*BED, *NEW], ids=lambda layout: layout.name)
def test_every_row_is_taken_or_told_of(layout):
    tally = Tally()
    mistakes = list(judge(layout, read(layout), tally))
    assert not tally.lost, mistakes
    assert not tally.amiss, mistakes


def mapped(found, sheet):
    """Column -> field of the first table of a sheet."""
    return next((t.columns for t in found.report.tables if t.sheet == sheet), {})


def right(layout, columns):
    """How many of a layout's columns are taken for what they are."""
    return sum(columns.get(c, "") == (name if name in FIELDS else "") for c, name in layout.columns.items())


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_the_kind_of_workbook_makes_no_difference(suffix):
    layouts = [*BED, *NEW]
    content = kinds.workbook(layouts)
    if suffix != "xlsx":
        (content,) = office.converted([(content, ".xlsx")], suffix)
    found = exchange.read(content, f"bed.{suffix}", guidance.get(EDITION))
    good = sum(right(layout, mapped(found, str(n))) for n, layout in enumerate(layouts, start=1))
    assert good >= 0.95 * sum(len(layout.columns) for layout in (*BED, *NEW))


def test_a_document_is_understood_like_a_workbook():
    good = 0
    for layout in (*BED, *NEW):
        found = exchange.read(kinds.document(layout), "bed.docx", guidance.get(EDITION))
        good += right(layout, found.report.tables[0].columns if found.report.tables else {})
    assert good >= 0.95 * sum(len(layout.columns) for layout in (*BED, *NEW))
