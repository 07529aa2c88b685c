"""The bed as a whole: columns understood, no row lost."""

import pytest

from tests.exchange.bed.measure import BED, Tally, judge, measured, read


def test_nineteen_columns_of_twenty_are_taken_for_what_they_are():
    tally, mistakes = measured()
    assert len(BED) >= 30
    assert tally.share >= 0.95, mistakes


def test_hardly_a_column_is_taken_for_what_it_is_not():
    tally, mistakes = measured()
    assert tally.wrong <= tally.columns * 0.02, mistakes


@pytest.mark.parametrize("layout", BED, ids=lambda layout: layout.name)
def test_every_row_is_taken_or_told_of(layout):
    tally = Tally()
    mistakes = list(judge(layout, read(layout), tally))
    assert not tally.lost, mistakes
    assert not tally.amiss, mistakes
