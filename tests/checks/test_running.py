"""Running all checks together: order, what a change makes stale, and the catalogue that is flawed on purpose."""

import gc
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat import checks, exchange, guidance
from kpicat.model import FIELDS, Item, Source, items_frame

ROOT = Path(__file__).parent.parent.parent
FLAWED = ROOT / "data" / "samples" / "flawed.csv"
REAL = ROOT.parent / "shared" / "real" / "nghia-lam.xlsx"
EDITION = guidance.get(guidance.DEFAULT)

few = {
    "code": ["", "A.1", "A.2", "a.1"],
    "task": ["", "Tiếp công dân", "TIẾP CÔNG DÂN", "Tham mưu tiếp dân", "Duy trì TCDTX", "Nhiệm vụ khác", "-"],
    "product": ["", "Buổi tiếp", "Báo cáo"],
    "deadline": ["", "Hằng tháng", "Kịp thời", "Trước 30/6"],
    "responsible": ["", "Văn phòng", "Chánh Văn phòng"],
    "tier": [None, 1, 2, 5],
    "points": [None, Decimal(100), Decimal(120), Decimal(130), Decimal(-1)],
    "coefficient": [None, Decimal(1), Decimal("1.2")],
    "standard_unit": [False, True],
}
lines = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in few.items()})
catalogues = st.dictionaries(st.sampled_from("abcdef"), lines, max_size=6)


def frame(catalogue):
    return items_frame(
        Item(item_id, values, Source(row=n + 5)) for n, (item_id, values) in enumerate(catalogue.items())
    )


@given(before=catalogues, after=catalogues)
def test_rerunning_after_a_change_gives_what_running_afresh_gives(before, after):
    changed = {i for i in before.keys() | after.keys() if before.get(i) != after.get(i)}
    old, new = frame(before), frame(after)
    found = checks.rerun(checks.run(old, EDITION), new, EDITION, changed)
    assert found == checks.run(new, EDITION)


@given(catalogue=catalogues, edits=st.lists(catalogues, max_size=4))
def test_after_edit_upon_edit_all_is_found_that_running_afresh_finds(catalogue, edits):
    """Rows stay where they are, as while people type; lines are filled, blanked, and become one another's twins."""
    ids = list("abcdef")
    cells = {each: {} for each in ids} | catalogue
    found = checks.run(frame({each: cells[each] for each in ids}), EDITION)
    for edit in edits:
        cells |= edit
        now = frame({each: cells[each] for each in ids})
        found = checks.rerun(found, now, EDITION, edit.keys())
        assert found == checks.run(now, EDITION)


@pytest.mark.parametrize("many", [15, 60])
def test_what_many_changed_lines_come_to_is_what_running_afresh_finds(many):
    cells = {f"i{n}": {"code": f"A.{n}", "task": f"Tiếp công dân thôn {n}", "tier": 1} for n in range(80)}
    found = checks.run(frame(cells), EDITION)
    for n in range(many):
        cells[f"i{n}"] = cells[f"i{n}"] | {"task": f"Tham mưu tiếp dân thôn {n // 2}", "tier": 2}
    now = frame(cells)
    assert checks.rerun(found, now, EDITION, {f"i{n}" for n in range(many)}) == checks.run(now, EDITION)
    assert gc.isenabled()


@given(catalogue=catalogues)
def test_findings_come_in_item_order_and_those_of_the_catalogue_last(catalogue):
    items = frame(catalogue)
    rows = {item_id: n for n, item_id in enumerate(items.index)}
    places = [rows.get(f.item_id, len(rows)) for f in checks.run(items, EDITION)]
    assert places == sorted(places)


@given(catalogue=catalogues)
def test_running_leaves_the_items_as_they_were(catalogue):
    items = frame(catalogue)
    checks.run(items, EDITION)
    pd.testing.assert_frame_equal(items, frame(catalogue))


def test_only_the_checks_asked_for_are_run():
    items = frame({"a": {"task": "Tiếp công dân"}})
    assert {f.check for f in checks.run(items, EDITION, only=["missing-deadline", "catch-all"])} == {"missing-deadline"}


def test_a_suggested_value_put_in_its_cell_takes_the_finding_away():
    lines = [
        {"task": "a", "tier": 2, "points": Decimal(130)},
        {"task": "b", "tier": 2, "points": Decimal(120), "coefficient": Decimal(3)},
        {"task": "c", "tier": 2, "points": Decimal(120), "standard_unit": True},
    ]
    wanted = ["off-scale-points", "coefficient-mismatch", "standard-unit-not-100"]
    for line, check_id in zip(lines, wanted, strict=True):
        (finding,) = checks.run(frame({"a": line}), EDITION, only=[check_id])
        mended = {**line, finding.field: FIELDS[finding.field].decode(finding.suggestion)}
        assert checks.run(frame({"a": mended}), EDITION, only=[check_id]) == []


def test_a_repeated_line_points_at_its_twin_by_a_name_no_other_line_has(small_catalogue):
    twins = small_catalogue([{"code": "VP.01"}, {"code": "VP.01"}])
    (finding,) = checks.run(twins, EDITION, only=["duplicate"])
    assert "VP.01" not in finding.message
    (finding,) = checks.run(small_catalogue([{}, {}]), EDITION, only=["duplicate"])
    assert "VP.01" in finding.message


def test_a_mismatch_of_points_and_tier_names_both_ways_out():
    (finding,) = checks.run(frame({"a": {"tier": 2, "points": Decimal(150)}}), EDITION, only=["points-tier-mismatch"])
    assert "3" in finding.suggestion and "120" in finding.suggestion


# -- whole catalogues --------------------------------------------------------


@pytest.fixture(scope="module")
def flawed():
    header = FLAWED.read_text("utf-8").partition("\n")[0].strip()
    assert header.split(",") == list(FIELDS)
    return items_frame(exchange.read(FLAWED.read_bytes(), FLAWED.name, EDITION).items)


OF_MOST_LINES = ("no-standard-unit", "paper-share", "other-scale")


@pytest.mark.parametrize("check_id", [i for i in checks.ids() if i not in OF_MOST_LINES])
def test_the_flawed_sample_holds_a_case_for_every_check(flawed, check_id):
    assert checks.run(flawed, EDITION, only=[check_id])


def test_the_flawed_sample_without_its_standard_units_has_none(flawed):
    without = flawed.assign(standard_unit=False)
    (finding,) = checks.run(without, EDITION, only=["no-standard-unit"])
    assert finding.item_id is None


def test_the_sound_lines_of_the_flawed_sample_have_no_finding_of_their_own(flawed):
    sound = flawed[flawed["note"].str.startswith("Dòng đạt yêu cầu")]
    assert len(sound) >= 6
    found = checks.run(flawed, EDITION)
    assert [f for f in found if f.item_id in sound.index and f.check != "many-standard-units"] == []


def test_every_line_that_is_flawed_on_purpose_says_so(flawed):
    found = {f.item_id for f in checks.run(flawed, EDITION)}
    meant = flawed["note"].str.startswith("Cố ý: ")
    standard = flawed["standard_unit"]
    assert found <= set(flawed[meant | standard].index)


@pytest.mark.skipif(not REAL.exists(), reason="the real workbook is not at hand")
def test_a_real_commune_catalogue_is_sound_in_its_numbers_and_has_no_deadline():
    edition = guidance.get("khung_xa")
    items = items_frame(exchange.read(REAL.read_bytes(), REAL.name, edition).items)
    found = checks.run(items, edition)
    counts = {check_id: sum(f.check == check_id for f in found) for check_id in checks.ids()}
    assert len(items) == 371
    numbers = ("off-scale-points", "points-tier-mismatch", "coefficient-mismatch", "missing-tier")
    standard = ("no-standard-unit", "many-standard-units", "standard-unit-not-100")
    lines = ("duplicate", "duplicate-code", "missing-product", "missing-task")
    for check_id in (*numbers, *standard, *lines):
        assert counts[check_id] == 0, check_id
    assert counts["missing-deadline"] == 371
    assert counts["catch-all"] == 3  # what is asked of a sudden, across fields, or is in no catalogue yet


PAIRS = ("duplicate", "near-duplicate", "unequal-tiers")


@pytest.mark.parametrize("check_id", PAIRS)
def test_two_lines_told_apart_hide_no_third_that_repeats_one_of_them(small_catalogue, check_id):
    task = {"near-duplicate": ["Phát hành văn bản đi của Đảng ủy", "Thực hiện phát hành VB đi của Đảng uỷ"]}
    words = task.get(check_id, ["Tiếp công dân"])
    texts = [words[n % len(words)] + ("  " * n if check_id == "near-duplicate" else "") for n in range(3)]
    tiers = (1, 2, 2) if check_id == "unequal-tiers" else (1, 1, 1)
    posts = ["A", "A", "A"] if check_id != "near-duplicate" else ["", "", ""]
    lines = [{"task": t, "tier": tier, "position": p} for t, tier, p in zip(texts, tiers, posts, strict=True)]
    if check_id == "near-duplicate":
        lines[2]["task"] = "Tổ chức phát hành VB đi của Đảng ủy"
    items = small_catalogue(lines)

    def found(*apart):
        return {(f.item_id, f.other) for f in checks.run(items, EDITION, [check_id], apart=set(apart))}

    assert found() == {("i1", "i0"), ("i2", "i0")}
    assert found(("i0", "i2")) == {("i1", "i0")} | ({("i2", "i1")} if check_id != "unequal-tiers" else set())
    assert found(("i0", "i1")) == {("i2", "i0")}
    assert found(("i0", "i1"), ("i0", "i2"), ("i1", "i2")) == set()


@given(catalogue=catalogues, other=catalogues, apart=st.sets(st.sampled_from([("a", "b"), ("a", "c"), ("b", "c")])))
def test_rerunning_after_pairs_were_told_apart_gives_what_running_afresh_gives(catalogue, other, apart):
    changed = {i for i in catalogue.keys() | other.keys() if catalogue.get(i) != other.get(i)}
    old, new = frame(catalogue), frame(other)
    found = checks.rerun(checks.run(old, EDITION), new, EDITION, changed, apart=apart)
    assert found == checks.run(new, EDITION, apart=apart)
    assert not {tuple(sorted((f.item_id, f.other))) for f in found if f.other} & apart
