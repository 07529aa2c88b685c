"""Tokens of other software, on the page of the installation: shown once, listed by what they read, withdrawn."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from kpicat.services import publishing
from kpicat.services.access import CONSOLE
from kpicat.ui import frame


def test_a_token_is_made_on_the_page_shown_once_and_withdrawn(sample, pages, in_english, monkeypatch):
    def script():
        from kpicat.services import publishing
        from kpicat.services.access import CONSOLE
        from kpicat.ui import frame, installation

        store = frame.office().store
        installation.tokens.listing({each.id: each.name for each in store.catalogues()})
        for token in publishing.tokens(store, CONSOLE):
            installation.tokens._one(token)  # as when its line is chosen, which a test of the page cannot do

    monkeypatch.setattr(frame, "who", lambda: CONSOLE)
    app = AppTest.from_function(script).run()
    app.button(key="FormSubmitter:tokens_new-Make a token").click().run()
    assert "type it anew" in app.session_state.notice and not app.code, "a token has a name"
    app.text_input(key="tokens_name").input("KPI tỉnh")
    app.button(key="FormSubmitter:tokens_new-Make a token").click().run()
    assert "at least one catalogue" in app.session_state.notice and not app.code, "all is what somebody chose"
    assert publishing.tokens(pages, CONSOLE) == []
    app.multiselect(key="tokens_of").select(sample)
    app.button(key="FormSubmitter:tokens_new-Make a token").click().run()
    text = app.code[0].value
    (kept,) = publishing.tokens(pages, CONSOLE)
    assert publishing.Gate(pages).admitted(text, at=frame.now(), origin="here").token.id == kept.id
    assert kept.catalogues == {sample} and kept.expires_at is None
    app.button(key="tokens_copied").click().run()
    assert not app.code and text not in str(app)
    (row,) = app.dataframe[0].value.to_dict("records")
    assert (row["Software"], row["Id"], row["State"]) == ("KPI tỉnh", kept.id, "good")
    assert row["Reads"] == pages.catalogue(sample).name
    app.button(key=f"tokens_withdraw_{kept.id}").click().run()
    assert publishing.Gate(pages).admitted(text, at=frame.now(), origin="here").token is None
    assert app.dataframe[0].value["State"].tolist() == ["has been withdrawn"]
    app.radio(key="tokens_every").set_value(True).run()
    assert not app.multiselect
    app.text_input(key="tokens_name").input("KPI huyện")
    app.button(key="FormSubmitter:tokens_new-Make a token").click().run()
    assert publishing.tokens(pages, CONSOLE)[1].catalogues is None
    app.button(key="tokens_copied").click().run()
    assert app.radio(key="tokens_every").value is False, "the next one begins anew"
    assert not app.exception
