"""Text of users, kept from acting as markdown wherever a page shows it."""

from __future__ import annotations

import re

_MARKS = frozenset(r"\`*_{}[]()<>#+-.!|~:$")
# What Streamlit looks for in the finished text, where a backslash no longer stands:
# icons and emoji (:material/home: :smile:) and signs it makes into arrows (-> <= --).
_SHORTHAND = re.compile(r"(?<=:)(?=[\w+-]+[:/])|(?<=[-<>~=])(?=[-<>~=])")


def plain_text(text: str) -> str:
    """``text`` as markdown that shows it as it was typed; spaces at its ends would keep it from being bold."""
    apart = _SHORTHAND.sub("\N{WORD JOINER}", text.strip())  # of no width
    return "".join(f"\\{c}" if c in _MARKS else c for c in apart)
