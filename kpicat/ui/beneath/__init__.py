"""What kpicat changes in Streamlit (1.67) itself: each for a cost or a loss it names, each so that Streamlit
goes on as ever where it should one day be otherwise."""

from functools import cache

from kpicat.ui.beneath import fetching, heard, last_words, letting_go, theme
from kpicat.ui.beneath.claims import away, claims

__all__ = ["away", "claims", "settle"]


@cache
def settle() -> None:
    """Change it for this process, once; to be called before the first session."""
    theme.tell_it_once()
    heard.hear_out()
    letting_go.spare_runs()
    fetching.give_time()
    last_words.hear_to_the_end()
