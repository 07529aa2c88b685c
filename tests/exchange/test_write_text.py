"""A written .csv and .json carry every item exactly, and nothing that runs."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import WRITERS, read, write
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.neutral import DANGEROUS, neutralise, restore
from kpicat.model import FIELDS, Catalogue, Comment, Finding, Item, Level, Reading, Ruling, Source, items_frame
from kpicat.model import Decision as Ruled

PL3 = guidance.get("phu_luc_3")
TEXT = st.text(st.sampled_from(["a", "ệ", "'", *DANGEROUS, " ", ",", '"', "\n"]), max_size=8)


def reading(*rows, source=Source()):  # noqa: B008 - frozen
    items = items_frame(Item(str(n), row, source) for n, row in enumerate(rows))
    return Reading(Catalogue("c", "Danh mục", "Đảng ủy xã", "2026", head=7), items)


@given(TEXT)
def test_neutral_text_is_restored_exactly(text):
    assert restore(neutralise(text)) == text
    assert not neutralise(text).startswith(tuple(DANGEROUS))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_whatever_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(first):
    assert neutralise(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["Báo cáo", "", "'trích'", "a=1", "1-2"])
def test_harmless_text_is_left_as_it_is(text):
    assert neutralise(text) == text == restore(text)


def test_csv_starts_with_a_mark_so_that_excel_shows_vietnamese():
    assert write(reading({"task": "Việc"}), PL3, ".csv").startswith(b"\xef\xbb\xbfcode,")


def test_csv_has_the_identifiers_and_a_decimal_point():
    content = write(reading({"task": "Việc", "tier": 3, "quantity": Decimal("2.50")}), PL3, ".csv").decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(content))
    assert set(line) == {*FIELDS, "converted_quantity"}
    assert [line[n] for n in ("tier", "points", "coefficient", "quantity", "converted_quantity")] == [
        "3", "150", "1.5", "2.5", "3.75",
    ]  # fmt: skip


def test_three_decimals_do_not_come_back_as_thousands():
    for quantity in (Decimal("1.125"), Decimal("1250.125"), Decimal("0.5"), Decimal("1125")):
        content = write(reading({"task": "Việc", "product": "Hồ sơ", "quantity": quantity}), PL3, ".csv")
        (item,) = read(content, "a.csv", PL3).items
        assert item["quantity"] == quantity


@given(st.lists(TEXT.map(lambda text: f"={text}x"), min_size=1, max_size=5))
@settings(max_examples=30)
def test_no_cell_of_csv_runs_as_a_formula(texts):
    content = write(reading(*({"task": text, "note": text} for text in texts)), PL3, ".csv").decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(content, newline="")) for cell in line]
    assert not any(cell.startswith(tuple(DANGEROUS)) for cell in cells)


def test_csv_is_read_back_without_the_apostrophe():
    rows = [
        {"task": "=1+1", "product": "-báo cáo", "tier": 2, "quantity": Decimal("0.5"), "standard_unit": True},
        {"task": "'+84", "product": "'trích dẫn'", "points": Decimal("137.5"), "measure": "@mục"},
    ]
    back = read(write(reading(*rows), PL3, ".csv"), "x.csv", PL3).items
    assert [{name: item[name] for name in row} for item, row in zip(back, rows, strict=True)] == rows


def test_json_says_the_catalogue_the_scale_and_every_item():
    row = {"task": "Việc", "tier": 2, "quantity": Decimal("2.50"), "standard_unit": True}
    told = json.loads(write(reading(row, {}, source=Source("a.xlsx", "Văn phòng", 5)), PL3, ".json"))
    assert told["catalogue"]["body"] == "Đảng ủy xã"
    assert told["guidance"]["id"] == "phu_luc_3" and told["guidance"]["standard_points"] == 100
    first, empty = told["items"]
    assert set(first) == {*FIELDS, "converted_quantity", "source", "comments", "criteria"}
    assert first["source"] == {"file": "a.xlsx", "sheet": "Văn phòng", "row": 5}
    assert (first["quantity"], first["coefficient"], first["converted_quantity"]) == (2.5, 1.2, 3)
    assert isinstance(first["converted_quantity"], int) and first["standard_unit"] is True
    assert empty["quantity"] is None and empty["task"] == "" and empty["standard_unit"] is False


def test_json_of_an_item_from_no_file_has_an_empty_source():
    (item,) = json.loads(write(reading({"task": "Việc"}), PL3, ".json"))["items"]
    assert item["source"] == {"file": "", "sheet": "", "row": None}


SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schema.json").read_text("utf-8"))


@pytest.mark.parametrize("edition", guidance.editions().values(), ids=lambda edition: edition.id)
def test_json_is_what_its_schema_promises(edition):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    rows = ({"task": "Việc", "tier": 2, "quantity": Decimal("2.50"), "standard_unit": True, "note": "=1"}, {})
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    said = (Comment("c1", "0", "c1", "Ở đâu?", "Lan", at, ("Minh",), "Hoa", at),)
    told = Decision(number="12-QĐ/ĐU", day=date(2026, 2, 5), recipients=("Một",))
    check = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    ruled = [(None, Ruled("0", "k", "near-duplicate", Ruling.DIFFERENT, "", "Lan", at, other="1"))]
    for decision, rulings in ((Decision(), ruled), (told, [])):
        content = write(replace(reading(*rows), comments=said), edition, ".json", decision=decision, ruled=rulings)
        check.validate(json.loads(content))
    assert set(SCHEMA["$defs"]["item"]["required"]) == {*FIELDS, "converted_quantity", "source", "comments"}
    broken = json.loads(content)
    broken["items"][0]["tier"] = "2"
    assert not check.is_valid(broken)


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_format_can_be_written_empty(suffix):
    assert write(reading(), PL3, suffix)


def test_an_unknown_ending_is_refused_with_those_there_are():
    with pytest.raises(InputError, match=r"\.xlsx, \.docx, \.pdf, \.csv, \.json"):
        write(reading(), PL3, ".pages")


def test_json_has_what_people_decided_about_findings_each_once():
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    waived = Ruled("1", "k", "vague-task", Ruling.WAIVED, "Đã thống nhất.", "Lan", at)
    found = [Finding("vague-task", Level.WARNING, "1", "task", text, "PL3") for text in ("một", "hai")]
    whole = Ruled("", "no-standard-unit", "no-standard-unit", Ruling.WAIVED, "Chọn sau.", "Lan", at)
    pair = Ruled("0", "k2", "near-duplicate", Ruling.RELATED, "", "Hoa", at, other="1")
    ruled = [*((one, waived) for one in found), (found[0], whole), (None, pair)]
    told = json.loads(write(reading({"task": "Một"}, {"task": "Hai"}), PL3, ".json", ruled=ruled))["rulings"]
    assert [(one["line"], one["other_line"], one["verdict"], one["reason"], one["by"]) for one in told] == [
        (2, None, "waived", "Đã thống nhất.", "Lan"),
        (None, None, "waived", "Chọn sau.", "Lan"),
        (1, 2, "related", "", "Hoa"),
    ]
    assert told[0]["at"] == at.isoformat() and told[0]["check"] == "vague-task"


def test_json_has_the_comments_on_each_item():
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    said = Comment("c1", "0", "c1", "Lấy ở đâu, @Minh?", "Lan", at, ("Minh",), "Hoa", at)
    told = json.loads(write(replace(reading({"task": "Một"}, {"task": "Hai"}), comments=(said,)), PL3, ".json"))
    assert [item["comments"] for item in told["items"]] == [
        [
            {
                "id": "c1", "thread": "c1", "text": "Lấy ở đâu, @Minh?", "by": "Lan", "at": at.isoformat(),
                "mentions": ["Minh"], "resolved_by": "Hoa", "resolved_at": at.isoformat(),
            }
        ],
        [],
    ]  # fmt: skip
