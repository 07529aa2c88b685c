"""What a client, or a program, can try at the address of a kpicat with accounts: a real server, in process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime

from kpicat import server as served_by
from kpicat.access import Role
from kpicat.doors import cookies
from kpicat.model import Catalogue
from kpicat.office import Office
from kpicat.services import access
from kpicat.store import open_store
from kpicat.ui import served
from tests.doors.conftest import filled, password_of, stamp_in

HERE = "http://127.0.0.1"
STREAM = "ws://127.0.0.1/_stcore/stream"
AS_A_PROGRAM = {"accept": "*/*"}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Lan, the administrator, and Minh, at a kpicat that takes files of one megabyte."""
    with pytest.MonkeyPatch.context() as patch:
        url = f"sqlite:///{tmp_path_factory.mktemp('http') / 'kpicat.db'}"
        for name, value in {
            "KPICAT_DATABASE": url, "KPICAT_ACCESS": "accounts", "KPICAT_HASH_COST": "1,8,1", "KPICAT_UPLOAD_MB": "1",
        }.items():  # fmt: skip
            patch.setenv(name, value)
        patch.delenv("KPICAT_ORIGINS", raising=False)
        office = Office(open_store(url), pushes=True)
        for name in ("Lan", "Minh"):
            access.add_account(
                office.store, access.CONSOLE, name, password_of(name), admin=name == "Lan", at=datetime.now(UTC)
            )
        patch.setattr(served, "_served_by", office)
        patch.setattr(Runtime, "_instance", None)
        config.set_option("server.maxUploadSize", 1)
        yield office
        config.set_option("server.maxUploadSize", 20)
        office.close()


@pytest.fixture(scope="module")
def running(installation: Office) -> Iterator[TestClient]:
    """The real server, and a browser at it."""
    app = served_by.application(installation)
    with TestClient(app, base_url=HERE, follow_redirects=False, headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture
def client(running: TestClient, cheap: None, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Another browser at the same server, that shows nothing yet."""
    monkeypatch.setenv("KPICAT_ACCESS", "accounts")
    running.cookies.clear()
    return running


def sit_down(client: TestClient, name: str) -> str:
    """Sign somebody in; the session's token."""
    client.cookies.clear()
    assert filled(client, "/sign-in", name=name, password=password_of(name)).status_code == 303
    return client.cookies[cookies.SESSION]


def refusals(office: Office) -> list[str]:
    found = office.store.accounts.entries(None, limit=100, before=None)
    return [entry.detail.partition(":")[0] for entry in found if entry.act == "refused"]


GUARDED = [
    ("GET", "/media/0123456789abcdef.xlsx"), ("GET", "/media/"), ("PUT", "/_stcore/upload_file/s/f"),
    ("DELETE", "/_stcore/upload_file/s/f"), ("GET", "/_stcore/metrics"), ("GET", "/_stcore/bidi-components/x/x.js"),
    ("GET", "/component/kpicat/x"), ("GET", "/app/static/x"), ("POST", "/_stcore/agent/interact"),
    ("GET", "/_stcore/agent/openapi.json"), ("GET", "/_stcore/script-health-check"), ("GET", "//media/x"),
    ("GET", "/edit"), ("POST", "/edit"), ("GET", "/_stcore/stream/../../media/x"), ("GET", "/static/../media/x"),
]  # fmt: skip


@pytest.mark.parametrize("shown", [None, "forged", "' OR 1=1 --", "A" * 43])
def test_without_a_session_nothing_is_served_but_the_doors(client, shown):
    if shown:
        client.cookies.set(cookies.SESSION, shown)
    for method, path in GUARDED:
        assert client.request(method, path, headers=AS_A_PROGRAM).status_code in (401, 404), path
    assert client.get("/edit?c=xa").headers["location"] == "/sign-in?next=%2Fedit%3Fc%3Dxa"


def test_a_forged_a_stolen_and_an_expired_cookie_open_nothing_and_are_noted(client, installation, monkeypatch):
    noted = len(refusals(installation))
    monkeypatch.setattr("kpicat.doors.noting._QUIET", timedelta())  # each of them, to see each
    stolen = sit_down(client, "Minh")
    assert client.get("/edit").status_code == 200
    client.post("/sign-out", data={"stamp": stamp_in(client.get("/password").text)})
    expired = sit_down(client, "Minh")
    for token, hours in (("forged", 0), (stolen, 0), (expired, 13)):
        at = datetime.now(UTC) + timedelta(hours=hours)
        monkeypatch.setattr("kpicat.doors.accounts._now", lambda at=at: at)
        client.cookies.clear()
        client.cookies.set(cookies.SESSION, token)
        assert client.get("/edit").status_code == 303
    assert refusals(installation)[: len(refusals(installation)) - noted] == ["session"] * 3


def test_a_page_asks_itself_who_is_there_so_a_line_without_a_session_shows_only_the_way_in(client, installation):
    with client.websocket_connect(STREAM, headers={"origin": HERE}, subprotocols=["streamlit"]) as line:
        shown = run(line, "edit")
    assert "/sign-in" in shown
    assert "Danh mục" not in shown


def run(line, page: str) -> str:
    """Have a page run, and all that it sends, as text."""
    asked = BackMsg()
    asked.rerun_script.query_string = "c=xa"
    asked.rerun_script.page_name = page
    line.send_bytes(asked.SerializeToString())
    told, message = [], ForwardMsg()
    while message.WhichOneof("type") != "script_finished":
        message.ParseFromString(line.receive_bytes())
        told.append(str(message))
    return "\n".join(told)


def session_of(line) -> str:
    """The id by which a browser's page is known."""
    message = ForwardMsg()
    line.send_bytes(BackMsg(rerun_script={}).SerializeToString())
    while message.WhichOneof("type") != "new_session":
        message.ParseFromString(line.receive_bytes())
    return message.new_session.initialize.session_id


def test_a_file_is_taken_with_its_forms_own_token_up_to_the_limit_and_for_an_open_page_only(client):
    sit_down(client, "Minh")
    token = client.get("/_stcore/health").cookies.get("_streamlit_xsrf") or client.cookies["_streamlit_xsrf"]
    ours = {"X-Xsrftoken": token}
    with client.websocket_connect(STREAM, headers={"origin": HERE}, subprotocols=["streamlit", token, ""]) as line:
        mine = session_of(line)
        address = f"/_stcore/upload_file/{mine}/f1"

        def put(to=address, content=b"x", headers=ours):
            return client.put(to, files={"file": ("a.csv", content)}, headers=headers).status_code

        assert put() == 204
        assert put(headers={}) == put(headers={"X-Xsrftoken": "2|00000000|00|1"}) == 403
        assert put(content=b"x" * 1_100_000) == 413
        assert put(to="/_stcore/upload_file/another/f1") == 400
        assert client.request("DELETE", address).status_code == 403
        client.cookies.delete(cookies.SESSION)
        assert put() == 401


def test_who_is_in_reads_nothing_of_a_catalogue_without_a_role_whatever_the_address_says(client, installation):
    if "xa" not in {each.id for each in installation.store.catalogues()}:
        installation.store.create(Catalogue("xa", "Danh mục mật"), actor="x", at=datetime.now(UTC))
    access.grant(installation.store, access.CONSOLE, "xa", "Lan", Role.CHAIR, at=datetime.now(UTC))
    sit_down(client, "Minh")
    with client.websocket_connect(STREAM, headers={"origin": HERE}, subprotocols=["streamlit"]) as line:
        shown = run(line, "edit")
    assert "Danh mục mật" not in shown
    assert "Minh" in shown
    ticket = installation.ticket("xa", "Minh", "v")
    assert client.get("/live", params={"ticket": ticket}).status_code == 401
    assert client.get("/live", params={"ticket": installation.ticket("xa", "Lan", "v")}).status_code == 401
    logged = installation.store.accounts.entries("xa", limit=20, before=None)
    assert ("Minh", "refused", "read") in [(entry.who, entry.act, entry.detail) for entry in logged]
