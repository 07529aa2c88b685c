"""What leaders ask: parts by filter, totals as exported, what contributes most, what changed since when."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat import services
from kpicat.approval import Step
from kpicat.convert import total
from kpicat.errors import UnknownCatalogue
from kpicat.exchange import write_xlsx
from kpicat.model import Add, Catalogue, Delete, Edit, Item
from kpicat.model.approvals import Approval
from kpicat.services import View, appraising, approving, comparing, results
from kpicat.services.results import Changed, Filter, Moment
from kpicat.store import backup, restore

AT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


@pytest.fixture
def view(store):
    return View(store.reading("xa"))


@pytest.fixture
def store(store):
    """Twelve items of three departments, of which the first has the most work by one item."""
    store.create(Catalogue("xa", "Danh mục"), actor="Lan", at=AT)
    rows = [
        {
            "code": f"VP.{n:02}", "task": f"Việc {n}", "product": "Báo cáo" if n % 3 == 0 else "Buổi tiếp công dân",
            "department": f"Phòng {n % 3}", "position": f"Chức danh {n % 4}", "tier": n % 4 + 1 if n else None,
            "quantity": Decimal(900 if n == 3 else n) / 8,
        }
        for n in range(12)
    ]  # fmt: skip
    store.commit("xa", [Add(Item(f"i{n}", row)) for n, row in enumerate(rows)], actor="Lan", at=AT, label="import")
    return store


def ids(view, **asked):
    return results.part_of(view, Filter.of(asked)).items.index.tolist()


def test_values_of_a_field_are_alternatives_and_fields_are_asked_together(view):
    assert ids(view, department=["Phòng 1", "Phòng 2"], tier=["2"]) == ["i1", "i5"]
    assert ids(view, tier=["0"]) == ["i0"]
    assert ids(view, item=["i4"]) == ["i4"]
    assert ids(view, department=["Phòng 9"]) == []
    assert ids(view) == [f"i{n}" for n in range(12)]


@pytest.mark.parametrize("tier", ["9" * 5000, "12", "٣", "²", "-1", ""])
def test_a_tier_no_link_of_ours_writes_is_left_aside(view, tier):
    assert len(ids(view, tier=[tier])) == 12


def test_a_tier_unknown_to_the_scale_is_found_with_those_that_have_none(store, view):
    store.commit("xa", [Edit("i4", "tier", view.value("i4", "tier"), 5)], actor="Lan", at=AT)
    now = View(store.reading("xa"))
    assert ids(now, tier=["0"]) == ["i0", "i4"] and ids(now, tier=["5"]) == []


def test_papers_and_principles_can_be_asked_for(view):
    assert ids(view, papers=["1"]) == ["i0", "i3", "i6", "i9"]
    assert "i0" in ids(view, principle=["scale"])  # it has no tier
    assert ids(view, principle=["nonsense"]) == []


@given(st.dictionaries(st.sampled_from([*results.FIELDS, "evil"]), st.lists(st.text(max_size=5), max_size=3)))
def test_a_filter_made_of_a_link_is_the_same_when_made_again(values):
    made = Filter.of(values)
    assert Filter.of(dict(made.chosen)) == made
    assert made.everything == (not made.chosen)


def test_what_is_clicked_takes_the_place_of_what_was_asked_of_its_fields():
    asked = Filter.of({"department": ["A"], "tier": ["1"]})
    clicked = asked.narrowed([{"department": "B"}, {"department": ""}])
    assert dict(clicked.chosen) == {"department": ("", "B"), "tier": ("1",)}
    assert clicked.without("department", "").without("department", "B") == Filter.of({"tier": ["1"]})


def test_totals_are_those_of_the_workbook_to_the_last_digit(view):
    part = results.part_of(view, Filter())
    written = openpyxl.load_workbook(io.BytesIO(write_xlsx.write(view.reading, view.guidance)), data_only=True)
    cells = [cell for sheet in written for line in sheet.iter_rows(values_only=True) for cell in line]
    whole = part.figures.converted_total
    assert any(isinstance(cell, (int, float)) and Decimal(str(cell)) == whole for cell in cells), whole
    for name in ("stacked", "heatmap", "treemap"):
        chart = part.chart(name, "department", "converted_quantity", most=None)
        assert total(value for series in chart.series for value in series.values) == whole


def test_parts_of_a_field_add_up_to_the_whole(view):
    whole = results.part_of(view, Filter()).figures
    parts = [results.part_of(view, Filter.of({"department": [f"Phòng {n}"]})).figures for n in range(3)]
    assert sum(part.items for part in parts) == whole.items
    assert total(part.converted_total for part in parts) == whole.converted_total


def test_why_names_what_contributes_most_and_how_it_is_made(view):
    found = results.why(results.part_of(view, Filter.of({"department": ["Phòng 0"]})))
    heaviest = found.items[0]
    assert (heaviest.value, heaviest.quantity, heaviest.coefficient) == ("i3", Decimal("112.5"), Decimal("2.00"))
    assert heaviest.amount == Decimal(225)
    assert heaviest.part == heaviest.amount / found.amount > Decimal("0.9")
    assert found.of_items == Decimal(4) / 12
    assert found.of_work == found.amount / view.figures.converted_total < 1
    assert found.quantity > found.all_quantity
    assert [one.field for one in found.fields] == ["position"]  # the others have one value each


def test_why_means_quantities_however_large_halves_away_from_zero(store):
    huge = f"1{'0' * 40}"
    edits = [Edit(f"i{n}", "quantity", Decimal(n) / 8, Decimal(f"{huge}.{end}")) for n, end in ((4, 0), (5, 5))]
    assert store.commit("xa", edits, actor="Lan", at=AT).applied
    found = results.why(results.part_of(View(store.reading("xa")), Filter.of({"item": ["i4", "i5"]})))
    assert found.quantity == Decimal(f"{huge}.3")


def test_nothing_counted_contributes_nothing(view):
    found = results.why(results.part_of(view, Filter.of({"item": ["i0"]})))
    assert (found.amount, found.items, found.coefficient) == (0, [], None)


def test_a_view_made_of_the_last_looks_at_edited_products_alone(store, view):
    before = results.part_of(view, Filter()).papers
    edits = [
        Edit("i1", "product", "Buổi tiếp công dân", "Kế hoạch"),
        Edit("i3", "product", "Báo cáo", "Đường được sửa"),
    ]
    store.commit("xa", edits, actor="Lan", at=AT)
    after = View(store.reading("xa"))
    after.follow(view, {"i1", "i3"})
    assert results.part_of(after, Filter()).papers == before - {"i3"} | {"i1"}


# -- earlier ---------------------------------------------------------------------

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def moments(store, now):
    return results.moments(store, View(store.reading("xa")), now.astimezone(HANOI))


def test_a_catalogue_just_brought_in_has_nothing_earlier(store):
    assert moments(store, AT + timedelta(minutes=5)) == []


def test_figures_are_held_against_the_start_of_the_readers_day(store):
    store.commit("xa", [Edit("i1", "tier", 2, 3)], actor="Lan", at=AT + timedelta(hours=1))  # 15.30 in Hanoi
    store.commit("xa", [Edit("i2", "tier", 3, 4)], actor="Lan", at=AT + timedelta(hours=10))  # after midnight there
    found = moments(store, AT + timedelta(hours=11))
    assert [moment.key for moment in found] == ["today", "first"]
    then = results.stood(store, View(store.reading("xa")), found[0])
    assert (then.value("i1", "tier"), then.value("i2", "tier")) == (3, 3)
    first = results.stood(store, View(store.reading("xa")), found[1])
    assert first.value("i1", "tier") == 2


def test_what_is_done_at_the_stroke_of_midnight_belongs_to_the_new_day(store):
    midnight = datetime(2026, 11, 21, tzinfo=HANOI)
    store.commit("xa", [Edit("i1", "tier", 2, 3)], actor="Lan", at=midnight - timedelta(hours=1))
    store.commit("xa", [Edit("i2", "tier", 3, 4)], actor="Lan", at=midnight)
    (today, *_others) = moments(store, midnight + timedelta(hours=9))
    then = results.stood(store, View(store.reading("xa")), today)
    assert (then.value("i1", "tier"), then.value("i2", "tier")) == (3, 3)


def test_a_moment_the_log_no_longer_has_is_refused_in_words(store):
    with pytest.raises(UnknownCatalogue):
        results.stood(store, View(store.reading("xa")), Moment("today", "hôm nay", 500))
    assert results.stood_at(store, "xa", 3) is results.stood_at(store, "xa", 3)  # read once for all who look


def test_a_link_names_the_moment_and_any_other_word_is_the_usual_one():
    usual, other = Moment("today", "hôm nay", 9), Moment("week", "tuần trước", 3)
    assert results.moment_of([usual, other], "week") is other
    assert results.moment_of([usual, other], "=1+1") is usual
    assert results.moment_of([], "week") is None


def test_the_same_moment_is_offered_once_under_its_usual_name(store):
    store.commit("xa", [Edit("i1", "tier", 2, 3)], actor="Lan", at=AT + timedelta(days=40))
    assert [moment.key for moment in moments(store, AT + timedelta(days=40, hours=1))] == ["today"]


def test_what_changed_counts_what_came_and_went_and_is_led_by_what_moved_most(store, view):
    new = Item("n", {"task": "Mới", "department": "Phòng mới", "tier": 1, "quantity": Decimal(500)})
    store.commit("xa", [Add(new), Delete("i3", view.seq)], actor="Lan", at=AT)
    now = results.part_of(View(store.reading("xa")), Filter())
    rows = results.changed(now, results.part_of(view, Filter()), "department")
    assert [(row.name, row.more_work, row.items - row.items_then) for row in rows[:2]] == [
        ("Phòng mới", Decimal(500), 1), ("Phòng 0", Decimal(-225), -1),
    ]  # fmt: skip
    assert rows[0].mean_then is None and rows[0].harder == 0
    moved = total(row.more_work for row in rows)
    assert moved == now.figures.converted_total - results.part_of(view, Filter()).figures.converted_total


def test_why_says_how_many_others_bring_as_much(store):
    store.create(Catalogue("xb", "Danh mục"), actor="Lan", at=AT)
    rows = [{"task": f"Việc {n}", "department": f"Phòng {n}", "position": "AB"[n // 2], "tier": 1,
             "quantity": Decimal(5)} for n in range(3)]  # fmt: skip
    store.commit("xb", [Add(Item(f"i{n}", row)) for n, row in enumerate(rows)], actor="Lan", at=AT)
    found = results.why(results.part_of(View(store.reading("xb")), Filter()))
    assert {one.field: one.others for one in found.fields} == {"department": 2, "position": 0}


def test_what_moved_as_much_as_the_first_is_counted_either_way():
    def changed(name, items=(1, 1), work=(0, 0), mean=(1, 1)):
        now, then = zip(items, map(Decimal, work), map(Decimal, mean), strict=True)
        return Changed(name, name, *(n for pair in zip(now, then, strict=True) for n in pair))

    more, less, harder = changed("A", work=(9, 4)), changed("B", work=(4, 9)), changed("C", mean=(3, 1))
    assert results.others_as_much([more, less, harder]) == 1
    assert results.others_as_much([harder, changed("D", mean=(1, 3)), changed("E", items=(2, 1))]) == 1
    assert results.others_as_much([changed("E", items=(2, 1))]) == 0


def test_where_a_backup_was_put_back_the_same_seq_is_another_moment(store, url, tmp_path):
    def then(seen, new):
        store.commit("xa", [Edit("i4", "quantity", Decimal(seen), Decimal(new))], actor="Lan", at=AT)
        return results.stood_at(store, "xa", store.head("xa")).items.at["i4", "quantity"]

    backup(url, tmp_path / "backup.db")
    assert then("0.5", 7) == 7
    restore(url, tmp_path / "backup.db")
    assert then("0.5", 9) == 9


def approved(store):
    """The catalogue as it stands, approved, and then changed."""
    now = View(store.reading("xa"))
    waived = appraising.waive(now, now.open_findings, "Đã báo cáo", actor="Lan", at=AT)
    services.save(store, now, waived, label="decide", actor="Lan", at=AT)
    approving.submit(store, View(store.reading("xa")), actor="Lan", at=AT)
    decision = Approval("12-QĐ/ĐU", AT.date(), AT.date(), "Minh")
    approving.approve(store, View(store.reading("xa")), decision, actor="Minh", at=AT)
    return View(store.reading("xa"))


def test_figures_are_held_against_what_was_approved_last(store):
    agreed = approved(store)
    assert all(moment.approved is None for moment in results.moments(store, agreed, AT))  # nothing came after it
    approving.begin(store, agreed, Step.BEGIN_SUPPLEMENT, actor="Lan", at=AT + timedelta(hours=1))
    changed_since = Edit("i3", "quantity", agreed.value("i3", "quantity"), Decimal(1))
    store.commit("xa", [changed_since], actor="Lan", at=AT + timedelta(hours=2))
    now = View(store.reading("xa"))
    usual = results.moment_of(results.moments(store, now, AT + timedelta(days=40)), "")
    assert (usual.key, usual.approved.number) == ("version-1", 1) and "12-QĐ/ĐU" in usual.words
    then = results.stood(store, now, usual)
    assert then.value("i3", "quantity") == agreed.value("i3", "quantity") and then.guidance == agreed.guidance
    versions = comparing.versions(store, now, lambda at: at)
    assert comparing.before_today(versions, UTC) == versions[1] and versions[1].approved == usual.approved
    found = comparing.compared(store, now, lambda _id: now, versions[1], versions[0])
    assert found.effects["quantity"] == (1 - agreed.value("i3", "quantity")) * 2
    assert comparing.moment_of(store, now, versions[1].key, lambda at: at) == versions[1]


def test_the_same_work_at_different_tiers_is_counted_unless_somebody_lets_it_stand(store, view):
    assert results.part_of(view, Filter()).valued_differently == frozenset()
    store.commit("xa", [Edit("i7", "task", "Việc 7", "Việc 2"), Edit("i7", "position", "Chức danh 3", "")],
                 actor="Lan", at=AT)  # fmt: skip
    now = View(store.reading("xa"))
    assert results.part_of(now, Filter()).valued_differently == {"i7"}
    assert results.part_of(now, Filter.of({"item": ["i2"]})).valued_differently == frozenset()
    found = [one for one in now.open_findings if one.check == "unequal-tiers"]
    services.save(store, now, appraising.waive(now, found, "Khác quy mô", actor="Lan", at=AT), label="decide",
                  actor="Lan", at=AT)  # fmt: skip
    assert results.part_of(View(store.reading("xa")), Filter()).valued_differently == frozenset()
