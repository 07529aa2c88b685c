"""Long lists of ids, in lengths a statement can name."""

from collections.abc import Iterator, Sequence

_AT_ONCE = 500


def pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """``ids`` in order, some at a time."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
