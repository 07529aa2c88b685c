"""An identity provider of the office's own vouches for people: what it says holds for hours, not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from kpicat import doors, settings
from kpicat.access import Who
from kpicat.doors import cookies, provider
from kpicat.errors import InputError
from kpicat.services import access
from kpicat.ui import beneath
from tests.doors.conftest import POLICY, _page

pytestmark = [  # what the provider of these tests still does
    pytest.mark.filterwarnings("ignore:authlib.jose module is deprecated"),
    pytest.mark.filterwarnings("ignore:get_jwt_config"),
]
SAID = {"iss": "https://id.tinh.gov.vn", "sub": "42", "name": "Lan"}


@pytest.fixture
def door(store):
    """A door to which the provider's word comes as the cookie ``vouched``: how many hours ago it was given."""
    now = datetime.now(UTC).timestamp()

    def claims(shown):
        return SAID | {"iat": now - 3600 * float(shown["vouched"])} if "vouched" in shown else {}

    return doors.Provider(store, claims=claims, away=lambda: "/auth/login?provider=x")


def test_one_goes_to_the_provider_by_a_click_and_comes_back_to_the_page_one_wanted(visitor, door):
    client = visitor("oidc", door)
    asked = client.get("/edit?c=xa").headers["location"]
    page = client.get(asked)
    assert 'href="/sign-in?go=1&amp;next=%2Fedit%3Fc%3Dxa"' in page.text
    assert client.get("/sign-in?go=1&next=%2Fedit%3Fc%3Dxa").headers["location"] == "/auth/login?provider=x"
    assert client.get("/oauth2callback").status_code == 200
    client.cookies.set("vouched", "0")
    assert client.get("/").headers["location"] == "/edit?c=xa"
    assert client.get("/edit?c=xa").status_code == 200
    assert client.get("/").status_code == 200  # it leads there once


def test_what_the_provider_said_holds_as_long_as_a_session_may_last(store, monkeypatch):
    monkeypatch.setenv("KPICAT_IDLE_MINUTES", "100000")
    came = datetime.now(UTC)
    said = SAID | {"iat": came.timestamp()}
    for minutes, cases in (("", ((0, True), (11, True), (13, False))), ("30", ((0.4, True), (0.6, False)))):
        monkeypatch.setenv("KPICAT_SESSION_MINUTES", minutes)
        for hours, is_in in cases:
            at = came + timedelta(hours=hours)
            who = provider.vouched(store, said, at, is_gesture=True, origin="10.0.0.9")
            assert (who is not None) is is_in, (minutes, hours)


def test_what_the_provider_said_begins_a_session_only_while_one_comes_straight_from_there(visitor, door):
    client = visitor("oidc", door)  # else what was kept of a session that a restore has forgotten would begin it anew
    for hours, status in (("0.1", 200), ("0.2", 303)):
        client.cookies.set("vouched", hours)
        assert client.get("/edit").status_code == status


def test_a_way_that_leads_elsewhere_is_not_gone(visitor, door):
    client = visitor("oidc", door)
    client.cookies.set("vouched", "0")
    client.cookies.set(cookies.WAY, cookies.packed("//evil.example"))
    assert client.get("/").status_code == 200


def test_claims_that_name_nobody_let_nobody_in(store):
    now = datetime.now(UTC)
    for said in ({"iat": now.timestamp()}, {}):
        assert provider.vouched(store, said, now, is_gesture=True, origin="10.0.0.9") is None


def test_how_the_provider_knows_kpicat_comes_from_the_environment_or_a_file(monkeypatch, tmp_path: Path):
    (tmp_path / "secret").write_text("thật bí mật\n", encoding="utf-8")
    for name, value in {
        "KPICAT_OIDC_METADATA": "https://id.tinh.gov.vn/.well-known/openid-configuration",
        "KPICAT_OIDC_CLIENT": "kpicat",
        "KPICAT_OIDC_SECRET_FILE": str(tmp_path / "secret"),
        "KPICAT_ORIGINS": "https://kpi.xa.vn",
    }.items():
        monkeypatch.setenv(name, value)
    known = provider.known_to(settings.oidc(), "signs")["auth"]
    assert known["client_secret"] == "thật bí mật"
    assert known["redirect_uri"] == "https://kpi.xa.vn/oauth2callback"
    monkeypatch.delenv("KPICAT_OIDC_CLIENT")
    with pytest.raises(InputError, match="KPICAT_OIDC_CLIENT"):
        settings.oidc()
    monkeypatch.setenv("KPICAT_OIDC_SECRET_FILE", str(tmp_path / "none"))
    with pytest.raises(InputError, match="cannot be read"):
        settings.oidc()


@pytest.fixture
def real(store, monkeypatch) -> Iterator[TestClient]:
    """A browser at a kpicat that a real provider signs people in to, over the network and by Streamlit's own routes."""
    from oidc_provider_mock import run_server_in_thread  # warns of its own, as it is imported

    monkeypatch.setattr(secrets_singleton, "_secrets", None)
    monkeypatch.setattr(secrets_singleton, "_programmatic_secrets", None)
    with run_server_in_thread() as vouching:
        for name, value in {
            "KPICAT_ACCESS": "oidc",
            "KPICAT_OIDC_METADATA": f"http://localhost:{vouching.server_port}/.well-known/openid-configuration",
            "KPICAT_OIDC_CLIENT": "kpicat",
            "KPICAT_OIDC_SECRET": "hush",
            "KPICAT_ORIGINS": "http://kpi.xa.vn",
        }.items():
            monkeypatch.setenv(name, value)
        secrets_singleton.merge_programmatic_secrets(provider.known_to(settings.oidc(), store.secret("oidc")))
        door = doors.Provider(store, claims=beneath.claims, away=beneath.away)
        guard = Middleware(doors.Guard, mode="oidc", whose=door.whose, noted=door.noted, policy=POLICY)
        sessions = Middleware(SessionMiddleware, secret_key="of this test")
        pages = [*door.routes(), *create_auth_routes(""), Route("/{path:path}", _page)]
        app = Starlette(routes=pages, middleware=[guard, sessions])
        with TestClient(
            app, base_url="http://kpi.xa.vn", follow_redirects=False, headers={"accept": "text/html"}
        ) as client:
            yield client


def test_a_real_provider_lets_somebody_in_who_is_somebody_from_then_on(real, store):
    there = real.get("/sign-in?go=1&next=%2Fedit%3Fc%3Dxa")
    there = real.get(there.headers["location"]).headers["location"]
    back = httpx2.post(there, data={"sub": "lan@xa.vn"}).headers["location"]
    assert back.startswith("http://kpi.xa.vn/oauth2callback?")
    assert real.get(back).headers["location"] == "/"
    assert real.get("/").headers["location"] == "/edit?c=xa"
    assert real.get("/edit?c=xa").text == "page /edit"
    (account,) = store.accounts.all()
    assert account.subject == "lan@xa.vn"
    true = dict(real.cookies)["_streamlit_user"]
    real.cookies.clear()
    real.cookies.set("_streamlit_user", true[:-4] + "AAAA")
    assert real.get("/edit").status_code == 303
    real.cookies.clear()
    real.cookies.set("_streamlit_user", true)
    assert real.get("/edit").status_code == 200
    now = datetime.now(UTC)
    access.sign_out(store, access.word(beneath.claims(real.cookies)), at=now)
    assert real.get("/edit").status_code == 303  # whoever kept a copy of the cookie is out, too
    there = real.get(real.get("/sign-in?go=1").headers["location"]).headers["location"]
    real.get(httpx2.post(there, data={"sub": "lan@xa.vn"}).headers["location"])
    assert real.get("/edit").status_code == 200
    access.sign_out_everywhere(store, Who("Lan", account=account.id), at=now)
    assert real.get("/edit").status_code == 303


def test_who_is_sent_back_without_having_asked_is_not_let_in(real):
    assert real.get("/oauth2callback?code=stolen&state=guessed").headers["location"] == "/"
    assert real.get("/").headers["location"] == "/sign-in"
