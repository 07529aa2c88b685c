"""What a press agrees to is what was shown: where something was said in the same moment, that is shown first.

A browser tells what was typed into a field when the field is left, and it is left by pressing the button.
Both come in one run, whose callback still stands for what was worked out before: the words would be
replaced by those that stood there a moment ago.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import streamlit as st

from kpicat.language import _

Seen = dict[str, str]
"""Key of a widget -> what it said."""


def seen(*names: str) -> Seen:
    """What these widgets say in this run; what is worked out of it goes with it to a button's callback.

    Args:
        names: Patterns of their keys, as of files; none of them a button's.
    """
    keys = (str(key) for key in st.session_state)
    return {key: repr(st.session_state[key]) for key in keys if any(fnmatchcase(key, name) for name in names)}


def overtaken(by: Seen) -> str | None:
    """In a button's callback: what to say, instead of doing it, where one of them says something else by now."""
    if all(key not in st.session_state or repr(st.session_state[key]) == said for key, said in by.items()):
        return None
    return _("What you chose last has only now been worked out: look at it, then press again.")
