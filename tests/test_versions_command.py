"""``versions`` says what was approved, a line of JSON each, and what is in force on a day."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kpicat import approval
from kpicat.approval import Step
from kpicat.guidance import get
from kpicat.model.approvals import Approval


@pytest.fixture
def address(store, catalogue, url, at, monkeypatch):
    """A database whose catalogue "xa" was approved by two decisions, the second in force ten days later."""
    monkeypatch.setenv("KPICAT_DATABASE", url)

    def take(step, **options):
        return store.approvals.take("xa", step, seen=store.standing("xa"), actor="Minh", at=at, **options)

    for n, day in ((1, 22), (2, 30)):
        take(Step.SUBMIT)
        content = approval.freeze(store.reading("xa"), get("phu_luc_3"))
        decision = Approval(f"{n}-QĐ/ĐU", date(2026, 11, 20 + n), date(2026, 11, day), "Hoa")
        store.approvals.approve("xa", decision, content, seen=store.standing("xa"), actor="Minh", at=at)
        take(Step.BEGIN_SUPPLEMENT)
    return url


@pytest.mark.usefixtures("address")
def test_every_version_is_a_line_of_json(run, store):
    status, out, err = run("versions", "xa")
    first, second = map(json.loads, out.splitlines())
    assert (status, err) == (0, "")
    assert first | {"id": "", "hash": ""} == {
        "catalogue": "xa", "id": "", "number": 1, "kind": "full", "basis": None, "hash": "",
        "decision_number": "1-QĐ/ĐU", "decided_on": "2026-11-21", "effective_on": "2026-11-22",
        "signatory": "Hoa", "seq": 6, "approved_by": "Minh",
        "approved_at": "2026-11-22T07:30:00+00:00",
    }  # fmt: skip
    assert (second["kind"], second["basis"]) == ("supplement", 1)
    assert [each["hash"] for each in (first, second)] == [version.hash for version in store.approvals.of("xa")]


@pytest.mark.usefixtures("address")
@pytest.mark.parametrize(
    ("day", "numbers"), [("2026-11-21", []), ("2026-11-22", [1]), ("2026-11-29", [1]), ("2026-11-30", [2])]
)
def test_on_a_day_it_is_the_one_in_force(run, day, numbers):
    status, out, _err = run("versions", "xa", "--on", day)
    assert (status, [json.loads(line)["number"] for line in out.splitlines()]) == (0, numbers)


@pytest.mark.usefixtures("address")
def test_what_cannot_be_answered_is_said_in_one_sentence(run, capsys, tmp_path):
    status, out, err = run("versions", "khac")
    assert (status, out) == (2, "") and "There is no catalogue “khac”" in err
    status, out, err = run("versions", "xa", "--database", f"sqlite:///{tmp_path / 'none.db'}")
    assert (status, out) == (2, "") and "There is no database" in err and not (tmp_path / "none.db").exists()
    with pytest.raises(SystemExit) as stopped:
        run("versions", "xa", "--on", "hôm nay")
    assert stopped.value.code == 2 and "“hôm nay” is no day" in capsys.readouterr().err
