"""One contract for every check: the file is there, so it is found, explained and proved by its own cases."""

import re
from pathlib import Path

import pytest

from kpicat import checks, guidance
from kpicat.errors import InputError
from kpicat.language import resolve_with
from kpicat.model import FIELDS, Level

EDITION = guidance.get("phu_luc_3")
EACH_CHECK = pytest.mark.parametrize("check_id", checks.ids())


@pytest.fixture
def findings(small_catalogue):
    return lambda check_id, case: checks.run(small_catalogue(case), EDITION, only=[check_id])


def module(check_id):
    (found,) = checks.chosen([check_id])
    return found


@pytest.fixture(autouse=True, params=["vi", "en"])
def reader(request):
    resolve_with(lambda: request.param)
    yield request.param
    resolve_with(lambda: None)


@EACH_CHECK
def test_its_own_cases_hold(check_id, findings):
    check = module(check_id)
    assert check.PASS and check.FAIL
    for case in check.PASS:
        assert findings(check_id, case) == [], case
    for case in check.FAIL:
        assert findings(check_id, case), case


@EACH_CHECK
def test_its_id_is_its_file_and_its_constants_are_known_words(check_id):
    check = module(check_id)
    assert check_id == check.ID == Path(check.__file__).stem.replace("_", "-")
    assert check.LEVEL in Level
    assert check.SCOPE in ("item", "catalogue", "pairs")
    assert re.match(r"PL3 (§\d|lưu ý)", check.STEP)


@EACH_CHECK
def test_its_docstring_is_its_manual(check_id):
    principle, *rest = checks.paragraphs(check_id)
    assert principle.endswith(".") and not principle.startswith("**")
    assert [p.split("**")[1] for p in rest] == ["Asked by", "Why", "To put right"]
    assert "PL3" in rest[0]
    assert checks.manual(check_id).count("\n\n") == 3
    assert checks.principle(check_id) == checks.manual(check_id).splitlines()[0]


@EACH_CHECK
def test_what_it_finds_is_one_clear_sentence_at_a_known_place(check_id, small_catalogue):
    for case in module(check_id).FAIL:
        items = small_catalogue(case)
        for finding in checks.run(items, EDITION, only=[check_id]):
            assert finding.field in FIELDS or finding.field == ""
            assert finding.item_id is None or finding.item_id in items.index
            assert finding.source == module(check_id).STEP
            words = re.sub("“[^”]*”", "“”", finding.message)
            assert words.endswith(".") and not re.search(r"[.!?] |[{}\n]|None|nan", words), words
            assert len(finding.message) < 260


@EACH_CHECK
def test_a_sound_line_and_an_empty_catalogue_have_nothing_to_answer_for(check_id, findings):
    assert findings(check_id, {"standard_unit": True}) == []
    assert findings(check_id, []) == []


@EACH_CHECK
def test_a_blank_row_kept_for_typing_is_no_item(check_id, findings):
    sound = {"standard_unit": True}
    blank = dict.fromkeys(FIELDS, "")
    assert findings(check_id, [sound, blank, blank]) == []


@EACH_CHECK
def test_a_hostile_text_is_quoted_short_and_breaks_nothing(check_id, findings):
    nasty = {name: "{x} %s \u0000\u202e" + "rất dài " * 2000 for name, f in FIELDS.items() if f.kind.value == "text"}
    for finding in findings(check_id, [nasty, nasty]):
        assert len(finding.message) < 400


def test_the_file_is_enough_for_a_check_to_be_known():
    folder = Path(checks.__file__).parent
    files = {p.stem.replace("_", "-") for p in folder.glob("*.py") if not p.stem.startswith("_")}
    assert set(checks.ids()) == files


def test_checks_are_listed_in_the_order_of_the_contract():
    named = [check_id for check_id in checks.ORDER if check_id in checks.ids()]
    assert list(checks.ids())[: len(named)] == named


def test_a_check_that_is_not_there_is_refused_with_those_that_are(small_catalogue):
    with pytest.raises(InputError, match="missing-task"):
        checks.run(small_catalogue({}), EDITION, only=["no-such"])
