"""The page of the installation in words: who is invited as what, what the audit log says, days as they are typed."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from kpicat.access import Role
from kpicat.services import access, publishing
from kpicat.services.access import CONSOLE, Entry, Event
from kpicat.services.access.signing_in import who_of
from kpicat.ui import audit, frame
from tests.conftest import AT


@pytest.fixture
def page(pages, in_english, monkeypatch) -> AppTest:
    """Lan's, who looks after an installation without any catalogue."""

    def script():
        from kpicat.ui import installation

        installation.show()

    monkeypatch.setenv("KPICAT_HASH_COST", "1,8,1")
    access.add_account(pages, CONSOLE, "Lan", "a long sentence of Lan", admin=True, at=datetime.now(UTC))
    lan = who_of(pages, pages.accounts.by_name("lan"))
    monkeypatch.setenv("KPICAT_ACCESS", "accounts")
    monkeypatch.setattr(frame, "who", lambda: lan)
    return AppTest.from_function(script).run()


def test_whoever_is_invited_becomes_somebody_with_an_account_unless_more_is_chosen(page, pages):
    page.button(key="installation_link_make").click().run()
    token = page.code[0].value.partition("token=")[2]
    minh = access.accept(pages, token, "Minh", "a long sentence of Minh", at=frame.now(), origin="here").who
    assert (minh.admin, dict(minh.roles)) == (False, {})
    page.selectbox(key="installation_of").select("admin").run()
    page.button(key="installation_link_make").click().run()
    token = page.code[0].value.partition("token=")[2]
    assert access.invitation(pages, token, at=frame.now()).admin


def test_the_last_day_of_a_token_is_typed_as_people_write_days(page, pages):
    page.radio(key="tokens_every").set_value(True).run()
    page.text_input(key="tokens_name").input("KPI tỉnh")
    page.text_input(key="tokens_until").input("31.02.2060")
    page.button(key="FormSubmitter:tokens_new-Make a token").click().run()
    assert publishing.tokens(pages, CONSOLE) == []
    assert [toast.value for toast in page.toast] == [
        r"“31\.02\.2060” is no date; write day, month and year like 05/02/2026\."
    ]
    page.text_input(key="tokens_until").input("5-2-2060")
    page.button(key="FormSubmitter:tokens_new-Make a token").click().run()
    (token,) = publishing.tokens(pages, CONSOLE)
    assert f"{publishing.last_day(token)}" == "2060-02-05"


@pytest.mark.parametrize(
    ("act", "detail", "words"),
    [
        (Event.ACCOUNT, "Lan: admin", "Lan: administrator of the installation"),
        (Event.ACCOUNT, "admin: Lan", "admin: Lan"),
        (Event.GRANT, "Lan: chair", "Lan: chair"),
        (Event.ADMIN, "Lan: yes", "Lan: yes"),
        (Event.INVITE, "xa: editor, yb: chair admin", "Danh mục: editor, yb: chair administrator of the installation"),
        (Event.INVITE, "admin", "administrator of the installation"),
        (Event.SIGN_OUT, "everywhere", "everywhere"),
        (Event.REFUSED, "edit", "change lines of this catalogue"),
        (Event.REFUSED, "form: 127.0.0.1", "form: 127.0.0.1"),
        (Event.EXPORT, "editor.xlsx", "editor.xlsx"),
    ],
)
def test_a_line_of_the_audit_log_is_about_what_people_call_it(in_english, act, detail, words):
    assert audit.about(Entry(AT, "Lan", act, detail=detail), {"xa": "Danh mục"}) == words


def test_the_log_names_catalogues_and_leads_on_only_where_there_is_more(page, pages, made, monkeypatch):
    made(name="Danh mục năm 2026")
    access.grant(pages, CONSOLE, "xa", "Lan", Role.CHAIR, at=AT)
    page.run()
    assert "Danh mục năm 2026" in set(page.dataframe[-1].value["Catalogue"])
    assert "Older" not in {button.label for button in page.button}
    monkeypatch.setattr(audit, "_MOST", 1)
    page.run()
    page.button(key="installation_older_go").click().run()
    assert len(page.dataframe[-1].value) == 1 and "Older" not in {button.label for button in page.button}


@pytest.mark.parametrize("module", ["members", "tokens"])
def test_parts_of_the_page_stand_for_themselves(module):
    subprocess.run([sys.executable, "-c", f"import kpicat.ui.{module}"], check=True, capture_output=True)
