"""A long list is shown a page at a time, and nothing of it is lost between two pages."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from kpicat.ui.paging import page_of

    n = st.number_input("n", value=5)
    st.text(list(page_of(range(n), 2, "Rows shown", "rows")))


def test_every_entry_is_on_one_page_and_a_page_that_is_gone_leads_to_the_first():
    app = AppTest.from_function(_page).run()
    assert app.selectbox[0].options == ["1–2 / 5", "3–4 / 5", "5–5 / 5"]
    shown = [app.selectbox[0].set_value(start).run().text[0].value for start in (0, 2, 4)]
    assert shown == ["[0, 1]", "[2, 3]", "[4]"]
    app.number_input[0].set_value(3).run()
    assert app.text[0].value == "[0, 1]"
    app.number_input[0].set_value(2).run()
    assert app.text[0].value == "[0, 1]" and not app.selectbox
