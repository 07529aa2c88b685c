"""What kpicat changes in Streamlit (1.67) itself: each for a cost or a loss it names, each so that Streamlit
goes on as ever where it should one day be otherwise."""

from functools import cache

from kpicat.ui.beneath import fetching, gestures, heard, last_words, letting_go, offline, theme, undelayed
from kpicat.ui.beneath.claims import away, claims
from kpicat.ui.beneath.gestures import at_work
from kpicat.ui.beneath.stopping import let_runs_end, within

__all__ = ["at_work", "away", "claims", "let_runs_end", "settle", "within"]


@cache
def settle() -> None:
    """Change it for this process, once; to be called before the first session."""
    theme.tell_it_once()
    heard.hear_out()
    letting_go.spare_runs()
    fetching.give_time()
    last_words.hear_to_the_end()
    gestures.know_gestures()
    offline.stay_offline()
    undelayed.answer_at_once()
