"""``docs/openapi.json`` is what is served: every address, every status, and every answer as it says."""

from __future__ import annotations

import io
import json
import re
import urllib.error
import urllib.response
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from starlette.routing import Mount

from kpicat import api
from kpicat.model import FIELDS, Catalogue, Item
from tests.api.asking import FEED, LIST, OPEN, XA

DESCRIBED = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text("utf-8"))


def resolved(part):
    while "$ref" in part:
        whole = DESCRIBED
        for name in part["$ref"].removeprefix("#/").split("/"):
            whole = whole[name]
        part = whole
    return part


def said_of(template, status):
    return resolved(DESCRIBED["paths"][template]["get"]["responses"][str(status)])


def validate(answer, template):
    """Hold an answer to what is said of its address and status."""
    told = said_of(template, answer.status_code)
    assert all(name.lower() in answer.headers for name in told.get("headers", {})), answer.headers
    if "content" not in told:
        assert answer.content == b""
        return
    media = answer.headers["content-type"]
    schema = told["content"][media]["schema"] | {"components": DESCRIBED["components"]}
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(answer.json())
    if media == "application/problem+json":
        assert f"`{answer.json()['type']}`" in told["description"]


def test_every_address_that_is_served_is_described_and_no_other(store):
    (mount,) = api.routes(store)
    assert isinstance(mount, Mount)
    assert {f"{mount.path}{route.path}" for route in mount.routes} == set(DESCRIBED["paths"])
    assert all(route.methods == {"GET", "HEAD"} for route in mount.routes)
    assert all(set(path) == {"get"} for path in DESCRIBED["paths"].values())


def test_every_answer_is_as_it_is_described(approved, approve, caller, token, store, monkeypatch, clock):
    approve("xa", date(2027, 1, 1))
    text = token()
    client = caller(text)
    templates = {XA: "/api/v1/catalogues/{id}/approved", LIST: LIST, FEED: FEED, OPEN: OPEN}
    seen = set()

    def ask(address, template, *, by=client, **headers):
        answer = by.get(address, headers=headers)
        validate(answer, template)
        seen.add((template, answer.status_code))
        return answer

    for address, template in templates.items():
        etag = ask(address, template).headers["etag"]
        ask(address, template, **{"if-none-match": etag})
        ask(f"{address}{'&' if '?' in address else '?'}x=1", template)
        posted = client.post(address)
        validate(posted, template)
        seen.add((template, posted.status_code))
        if address != OPEN:
            ask(address, template, by=caller())
            ask(address, template, by=caller("x"))
    for address in (f"{FEED}?since=x", f"{FEED}?limit=x", f"{LIST}?on=x"):
        ask(address, address.partition("?")[0])
    for address in (XA.replace("2026-12", "2026-11"), XA.replace("xa", "to")):
        ask(address, templates[XA])
    wrong = caller("x", peer="10.2.0.1")
    while (held := wrong.get(LIST)).status_code == 401:
        pass
    validate(held, LIST)
    with monkeypatch.context() as broken:
        broken.setattr(store.published, "marks", lambda *_args: 1 / 0)
        ask(XA, templates[XA])
        ask(LIST, LIST)
    described = {
        (template, int(status)) for template, path in DESCRIBED["paths"].items() for status in path["get"]["responses"]
    }
    assert seen - described == set()
    unseen = {(template, status) for template, status in described - seen if status not in (429, 500, 503)}
    assert unseen == set(), "described and never said"


def test_it_is_served_to_everybody_as_it_is(caller):
    answer = caller().get(OPEN)
    assert answer.json() == DESCRIBED


def test_every_field_of_a_line_is_described():
    fields = DESCRIBED["components"]["schemas"]["Item"]["required"]
    assert set(fields) == {*FIELDS, "id", "converted_quantity"}


def test_every_problem_is_described_and_every_described_one_can_be_said():
    described = set(re.findall(r"urn:kpicat:([a-z-]+)", json.dumps(DESCRIBED)))
    code = "".join(path.read_text("utf-8") for path in Path(api.__file__).parent.glob("*.py"))
    said = set(re.findall(r"Problem\(\s*\d+,\s*\"([a-z-]+)\"", code))
    assert said - described == {"no-such-address"} and described <= said


def test_a_reference_leads_somewhere():
    jsonschema.Draft202012Validator.check_schema({"$defs": DESCRIBED["components"]["schemas"]})
    for found in re.findall(r'"\$ref": "([^"]+)"', json.dumps(DESCRIBED)):
        assert resolved({"$ref": found})


@pytest.mark.parametrize("broken", [{"items": [{}]}, {"items": "x"}, {"version": {"number": "1"}}])
def test_an_answer_that_is_not_as_described_is_noticed(approved, caller, token, broken):
    told = caller(token()).get(XA).json() | broken
    schema = {"$ref": "#/components/schemas/Approved", "components": DESCRIBED["components"]}
    assert not jsonschema.Draft202012Validator(schema).is_valid(told)


@pytest.mark.parametrize("name", ["api.md", "api.en.md"])
def test_the_example_does_what_it_says(name, store, approve, caller, token, clock, at, monkeypatch):
    text = (Path(__file__).parents[2] / "docs" / name).read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (id,) = set(re.findall(r"\b[0-9a-f]{12}\b(?=\")", code))
    monkeypatch.setenv("KPICAT_ORIGINS", "https://kpi.xa.gov.vn")
    monkeypatch.setenv("KPICAT_TOKEN", token())
    store.create(Catalogue(id, "Danh mục"), actor="x", at=at, items=[Item("a", {"tier": 2}), Item("b", {"task": "V"})])
    approve(id, date(2026, 11, 20))
    client = caller(url="https://kpi.xa.gov.vn")

    def urlopen(asked):
        answer = client.get(asked.full_url, headers=dict(asked.header_items()))
        told = io.BytesIO(answer.content)
        if answer.status_code != 200:
            raise urllib.error.HTTPError(asked.full_url, answer.status_code, "", answer.headers, told)
        return urllib.response.addinfourl(told, answer.headers, asked.full_url)

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    there = {}
    exec(code, there)
    assert there["coefficients"] == {"a": Decimal("1.2")}
    assert there["approved"]("https://kpi.xa.gov.vn", id, there["etag"]) == (None, there["etag"])
    with pytest.raises(SystemExit, match="danh mục"):
        there["approved"]("https://kpi.xa.gov.vn", "nowhere")
