"""Places leave room between any two rows, stay short, and never meet those of rows nobody moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.model.order import between, default_place, is_place, spread

FRACTIONS = st.just("") | st.from_regex(r"[0-9A-Za-z]{0,6}[1-9A-Za-z]", fullmatch=True)
PLACES = st.builds(lambda rank, fraction: default_place(rank) + fraction, st.integers(1, 40), FRACTIONS)
ENDS = st.none() | PLACES


@st.composite
def gaps(draw):
    before, after = draw(ENDS), draw(ENDS)
    if before is not None and after is not None:
        before, after = sorted((before, after))
        if before == after:
            after = None
    return before, after


@given(gaps(), st.integers(0, 200))
def test_places_in_a_gap_grow_strictly_between_its_ends(gap, n):
    before, after = gap
    places = spread(before, after, n)
    whole = [end for end in (before, *places, after) if end is not None]
    assert len(places) == n and sorted(set(whole)) == whole
    assert all(is_place(place) and place not in map(default_place, range(50)) for place in places)


@given(gaps())
def test_a_place_is_found_in_any_gap(gap):
    assert spread(*gap, 1) == [between(*gap)]


def test_a_thousand_rows_fit_into_one_gap_with_short_places():
    assert max(map(len, spread("0000000003", "0000000004", 1_000))) <= 14
    assert max(map(len, spread("0000000003V", "0000000003W", 1_000))) <= 14


def test_a_place_is_no_longer_than_it_need_be_beside_a_long_one():
    assert between("0000000003V", "0000000003WzzzV") == "0000000003W"


@pytest.mark.parametrize("end", ["first", "last"])
def test_a_thousand_rows_moved_to_an_end_one_by_one_have_short_places(end):
    place = default_place(7)
    for _time in range(1_000):
        place = between(None, place) if end == "first" else between(place, None)
    assert len(place) <= 30


def test_a_row_put_at_the_end_stays_before_those_added_later():
    assert default_place(7) < between(default_place(7), None) < default_place(8)


def test_a_row_nobody_moved_stands_by_its_number():
    places = [default_place(rank) for rank in (1, 9, 10, 123_456_789)]
    assert sorted(places) == places and all(map(is_place, places))


@pytest.mark.parametrize(
    "text", [None, "", "1", "0000000000", "00000000010", "0000000001a0", "0000000001é", "000000001V"]
)
def test_what_is_no_place_is_refused(text):
    assert not is_place(text)
    if text is not None:
        with pytest.raises(ValueError):
            between(text, None)


def test_a_gap_the_wrong_way_round_is_refused():
    for ends in (("0000000002", "0000000001"), ("0000000001", "0000000001")):
        with pytest.raises(ValueError):
            between(*ends)
