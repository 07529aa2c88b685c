"""What kpicat changes in Streamlit (1.67) itself: each for a cost or a loss it names, each so that Streamlit
goes on as ever where it should one day be otherwise."""

from kpicat.ui.beneath import last_words, letting_go, theme


def settle() -> None:
    """Change it for this process; to be called once, before the first session."""
    theme.tell_it_once()
    letting_go.spare_runs()
    last_words.hear_to_the_end()
