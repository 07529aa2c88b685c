"""A comment comes back from its text, and two who say the same agree."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.model import Comment

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
MOMENTS = st.datetimes(timezones=st.just(UTC))
COMMENTS = st.builds(
    Comment,
    id=st.text(min_size=1),
    item_id=st.text(min_size=1),
    thread=st.text(),
    text=st.text(),
    by=st.text(),
    at=MOMENTS,
    mentions=st.lists(st.text()).map(tuple),
    resolved_by=st.text(),
    resolved_at=st.none() | MOMENTS,
)


@given(COMMENTS)
def test_a_comment_comes_back_from_its_text(comment):
    assert Comment.decode(comment.item_id, comment.id, comment.encode()) == comment


def test_the_same_moment_elsewhere_is_the_same_text():
    hanoi = AT.astimezone(timezone(timedelta(hours=7)))
    one, other = (Comment("c", "one", "c", "Sao?", "An", at).encode() for at in (AT, hanoi))
    assert one == other


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(TypeError):
        Comment("c", "one", "c", "Sao?", "An", AT.replace(tzinfo=None)).encode()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"thread": "c"}', '{"at": 5}', "null"])
def test_what_is_no_comment_is_a_value_error(text):
    with pytest.raises(ValueError):
        Comment.decode("one", "c", text)
