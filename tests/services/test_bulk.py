"""Gestures on many rows: what each would do, what it leaves alone, and that one undo takes it back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat import services
from kpicat.convert import converted, total
from kpicat.errors import InputError
from kpicat.model import Add, Catalogue, Item, Reading, items_frame
from kpicat.services import View, bulk
from kpicat.services.bulk import Part, Search, Where
from kpicat.services.bulk.splitting import _parts
from kpicat.text.normalise import tidy
from tests.conftest import AT
from tests.services.room import edited


def view_of(*lines):
    """A catalogue of these lines, with ids 0, 1, 2 …"""
    items = [Item(str(n), values) for n, values in enumerate(lines)]
    return View(Reading(Catalogue("xa", "xã"), items_frame(items)))


@pytest.fixture
def view(store, catalogue):
    return View(store.reading("xa"))


@pytest.fixture
def do(store, at):
    """Carries a proposal out and returns the catalogue after it."""

    def carry_out(view, planned, actor="Lan"):
        bulk.carry_out(store, view, planned, actor=actor, at=at)
        return View(store.reading("xa"))

    return carry_out


@pytest.fixture
def taken_back(store, at):
    """Undoes the newest batch and returns the catalogue after it."""

    def undo():
        store.undo("xa", store.batches("xa", limit=1)[0].id, actor="Lan", at=at)
        return View(store.reading("xa"))

    return undo


def same_items(one, other):
    return one.items.equals(other.items)


# -- setting --


def test_setting_a_field_says_how_many_change_and_how_many_are_so(view):
    planned = bulk.set_field(view, ["one", "two", "three"], "tier", 2)
    assert (planned.rows, planned.same) == (2, 1)
    assert edited(planned)["one", "points"] == 120


def test_setting_a_field_shows_what_becomes_of_the_converted_total(view):
    planned = bulk.set_field(view, ["two"], "tier", 4)
    assert (planned.before, planned.after) == (Decimal("15.00"), Decimal("25.00"))


def test_setting_leaves_out_rows_deleted_meanwhile(view):
    assert edited(bulk.set_field(view, ["one", "gone"], "note", "x")) == {("one", "note"): "x"}


def test_only_one_row_can_be_marked_as_the_standard_unit(view):
    with pytest.raises(InputError):
        bulk.set_field(view, ["one", "two"], "standard_unit", True)
    assert edited(bulk.set_field(view, ["two"], "standard_unit", True)) == {
        ("two", "standard_unit"): True,
        ("one", "standard_unit"): False,
    }


def test_deleting_says_that_the_standard_unit_goes_too(view, do, taken_back):
    assert not bulk.delete(view, ["two"]).remarks
    planned = bulk.delete(view, ["one", "two"])
    assert planned.remarks
    assert list(do(view, planned).items.index) == ["three"]
    assert same_items(taken_back(), view)


# -- find and replace --


@pytest.mark.parametrize(
    ("text", "search", "after"),
    [
        ("Báo cáo tháng", Search("báo cáo", "Tờ trình"), "Tờ trình tháng"),
        ("Báo cáo tháng", Search("báo cáo", "Tờ trình", case=True), None),
        ("Báo cáo, báo cáo", Search("báo cáo", "x", case=True), "Báo cáo, x"),
        ("Báo cáo tháng", Search("Báo cáo", "x", whole=True), None),
        ("Báo cáo", Search("Báo cáo", "x", whole=True), "x"),
        ("Uỷ ban", Search("uy ban", "x"), None),
        ("Uỷ ban nhân dân", Search("uy ban", "hội đồng", bare=True), "Hội đồng nhân dân"),
        ("Đảng ủy xã", Search("dang uy", "Chi bộ", bare=True), "Chi bộ xã"),
        ("Đảng ủy xã", Search("dang uy", "Chi bộ", bare=True, case=True), None),
        ("Đảng ủy xã", Search("Dang uy", "Chi bộ", bare=True, case=True), "Chi bộ xã"),
        ("Văn bản, văn bản", Search("văn bản", "công văn"), "Công văn, công văn"),
        ("ca\u0301", Search("ca", "x"), None),
        ("mức và mục", Search("mức", "bậc"), "bậc và mục"),
        ("Soạn  thảo", Search(" thảo", ""), "Soạn"),
        ("aaaa", Search("aa", "b"), "bb"),
        ("a.b*c", Search(".b*", r"\1"), r"a\1c"),
        ("Soạn\nTrình", Search("soạn", "Viết"), "Viết\nTrình"),
    ],
)
def test_what_is_found_is_what_was_meant(text, search, after):
    found = bulk.matches(view_of({"task": text}), ["0"], search)
    assert [m.after for m in found] == ([] if after is None else [after])


def test_a_search_for_nothing_finds_nothing():
    assert bulk.matches(view_of({"task": "a b"}), ["0"], Search(" ", "x")) == []
    assert bulk.matches(view_of({"task": "a b"}), ["0"], Search("", "x")) == []


def test_replacing_looks_only_where_it_was_told_to():
    one = view_of({"task": "Báo cáo", "product": "Báo cáo"}, {"task": "Báo cáo"})
    assert [(m.item_id, m.field) for m in bulk.matches(one, ["0"], Search("báo cáo", "x"))] == [
        ("0", "task"),
        ("0", "product"),
    ]
    only = bulk.matches(one, ["0", "1"], Search("báo cáo", "x", fields=("product",)))
    assert edited(bulk.replace(one, only)) == {("0", "product"): "X"}


@given(st.text(alphabet="aáAÁđĐd ủỷ\u0301", max_size=12), st.text(alphabet="aáđd", min_size=1, max_size=2))
def test_replacing_with_the_same_words_changes_nothing(text, words):
    assert bulk.matches(view_of({"task": tidy(text)}), ["0"], Search(words, words, case=True)) == []


# -- moving --


def test_several_rows_move_together_and_keep_their_order(view, do, taken_back):
    assert list(do(view, bulk.move(view, ["three", "two"], Where.TOP)).items.index) == ["two", "three", "one"]
    assert same_items(taken_back(), view)


@pytest.mark.parametrize(
    ("ids", "where", "options", "after"),
    [
        (["one"], Where.BOTTOM, {}, ["two", "three", "one"]),
        (["three"], Where.BEFORE, {"beside": "two"}, ["one", "three", "two"]),
        (["one"], Where.AFTER, {"beside": "two"}, ["two", "one", "three"]),
        (["three"], Where.UP, {}, ["one", "three", "two"]),
        (["three"], Where.UP, {"steps": 9}, ["three", "one", "two"]),
        (["one"], Where.DOWN, {}, ["two", "one", "three"]),
        (["one", "two"], Where.DOWN, {}, ["three", "one", "two"]),
        (["one"], Where.UP, {}, ["one", "two", "three"]),
    ],
)
def test_a_row_goes_where_it_is_sent(view, do, ids, where, options, after):
    planned = bulk.move(view, ids, where, **options)
    assert list(do(view, planned).items.index) == after
    assert all(write.item_id in ids for write in planned.writes)


def test_a_row_cannot_go_beside_itself(view):
    with pytest.raises(InputError):
        bulk.move(view, ["one", "two"], Where.AFTER, beside="two")


def test_rows_of_one_place_can_be_parted(store, catalogue, view, at, do):
    place = view.items.at["two", "place"]
    new = [Add(Item(name, {"task": name, "place": place})) for name in ("a", "b")]
    store.commit("xa", new, actor="Lan", at=at, label="add")
    crowded = View(store.reading("xa"))
    assert list(crowded.items.index) == ["one", "two", "a", "b", "three"]
    after = do(crowded, bulk.move(crowded, ["three"], Where.AFTER, beside="a"))
    assert list(after.items.index) == ["one", "two", "a", "three", "b"]


@given(
    st.integers(2, 12),
    st.lists(st.tuples(st.sets(st.integers(0, 11)), st.sampled_from(list(Where)), st.integers(0, 11)), max_size=5),
)
def test_moves_keep_the_order_of_those_that_move_and_of_those_that_stay(n, gestures):
    items = [Item(str(k), {"task": str(k)}) for k in range(n)]
    for ids, where, beside in gestures:
        view = View(Reading(Catalogue("xa", "xã"), items_frame(items)))
        before = [item.id for item in items]
        meant = [i for i in before if int(i) in ids]
        if str(beside) in meant or beside >= n:
            continue
        places = edited(bulk.move(view, meant, where, beside=str(beside)))
        stands = {i: places.get((i, "place"), view.items.at[i, "place"]) for i in before}
        assert len(set(stands.values())) == n
        after = sorted(before, key=stands.__getitem__)
        assert [i for i in after if i in meant] == meant
        assert [i for i in after if i not in meant] == [i for i in before if i not in meant]
        items = [Item(i, {"task": i, "place": stands[i]}) for i in after]


@pytest.mark.parametrize(("text", "found"), [("2", "two"), ("VP.01", "one"), (" vp.02 ", "two")])
def test_a_row_is_named_by_its_number_or_its_code(view, text, found):
    assert bulk.row_named(view, text) == found


@pytest.mark.parametrize("text", ["", "0", "4", "VP.99", "-1"])
def test_a_row_that_is_not_there_is_said_not_to_be(view, text):
    with pytest.raises(InputError):
        bulk.row_named(view, text)


def test_a_code_met_twice_names_no_row():
    with pytest.raises(InputError, match="2"):
        bulk.row_named(view_of({"code": "A"}, {"code": "a"}), "A")


# -- sorting --


@pytest.mark.parametrize(
    ("field", "values", "after"),
    [
        ("task", ["Ủy", "Đảng", "Ân", "An", "Dân", "Ăn"], ["An", "Ăn", "Ân", "Dân", "Đảng", "Ủy"]),
        ("task", ["ba", "bá", "bà", "b", "bạ"], ["b", "ba", "bà", "bá", "bạ"]),
        ("task", ["bán", "bàn", "ban b", "ban"], ["ban", "bàn", "bán", "ban b"]),
        ("code", ["VP.10", "VP.2", "VP.1", ""], ["VP.1", "VP.2", "VP.10", ""]),
        ("quantity", [Decimal(10), None, Decimal("2.5")], [Decimal("2.5"), Decimal(10), None]),
    ],
)
def test_sorting_is_by_the_vietnamese_alphabet_and_by_size(field, values, after):
    view = view_of(*({field: value} for value in values))
    assert order_after(view, bulk.sort(view, list(view.items.index), field), field) == after


def order_after(view, planned, field):
    places = edited(planned)
    ids = sorted(view.items.index, key=lambda i: places.get((i, "place"), view.items.at[i, "place"]))
    return [view.value(i, field) for i in ids]


def test_sorting_downwards_keeps_empty_cells_last_and_equals_as_they_were(view, do):
    view = view_of({"tier": 1, "task": "a"}, {"task": "b"}, {"tier": 2, "task": "c"}, {"tier": 1, "task": "d"})
    planned = bulk.sort(view, list(view.items.index), "tier", descending=True)
    assert order_after(view, planned, "task") == ["c", "a", "d", "b"]


def test_sorting_some_rows_leaves_the_others_where_they_are():
    view = view_of({"task": "c"}, {"task": "x"}, {"task": "b"}, {"task": "a"})
    assert order_after(view, bulk.sort(view, ["0", "2", "3"], "task"), "task") == ["a", "x", "b", "c"]


def test_sorting_moves_no_more_rows_than_it_must():
    view = view_of(*({"task": f"{n:02}"} for n in [9, *range(9), *range(10, 20)]))
    planned = bulk.sort(view, list(view.items.index), "task")
    assert {write.item_id for write in planned.writes} == {"0"}
    assert [(line.before, line.after) for line in planned.lines] == [("1", "10")]
    assert bulk.sort(view, ["1", "2"], "task").writes == []


def test_sorting_takes_a_cell_of_nothing_but_digits_as_it_is():
    view = view_of({"task": "9" * 30_000}, {"task": "9" * 29_999}, {"task": "Số 9"})
    assert order_after(view, bulk.sort(view, ["0", "1", "2"], "task"), "task")[2] == "Số 9"


# -- copying --


def test_a_copy_stands_beside_its_original_for_the_position_chosen(view, do, taken_back):
    planned = bulk.duplicate(view, ["one", "two"], ["Bí thư", "Văn thư"], number_codes=True)
    after = do(view, planned)
    assert list(after.items["position"]) == ["", "Bí thư", "Văn thư", "", "Bí thư", "Văn thư", ""]
    assert list(after.items["code"])[:3] == ["VP.01", "VP.01-2", "VP.01-3"]
    assert list(after.items["standard_unit"]) == [True, *[False] * 6]
    assert planned.after == planned.before + total(after.table["converted_quantity"]) - total(
        view.table["converted_quantity"]
    )
    assert same_items(taken_back(), view)


def test_a_row_gets_no_copy_for_the_position_it_has():
    view = view_of({"task": "a", "position": "Bí thư"}, {"task": "b", "position": "Văn thư"})
    planned = bulk.duplicate(view, ["0", "1"], ["bí thư"])
    assert (len(planned.writes), planned.same) == (1, 1)


@pytest.mark.parametrize(("keep", "responsible"), [(True, "Lan"), (False, "")])
def test_the_person_responsible_is_left_open_unless_kept(keep, responsible):
    view = view_of({"task": "a", "responsible": "Lan", "coefficient": Decimal(2), "code": "A"})
    (add,) = bulk.duplicate(view, ["0"], ["Bí thư"], keep_responsible=keep).writes
    assert add.item["responsible"] == responsible
    assert (add.item["coefficient"], add.item["code"]) == (None, "")


def test_a_number_that_is_nought_is_a_number_and_copied_and_summed_as_such():
    view = view_of({"task": "a", "quantity": Decimal(0), "points": Decimal(0)}, {"task": "b"})
    (add,) = [w for w in bulk.duplicate(view, ["0"], ["Bí thư"]).writes if isinstance(w, Add)]
    assert (add.item["quantity"], add.item["points"]) == (0, 0)
    assert ("0", "quantity") not in edited(merged(view, ["0", "1"]))


# -- splitting --


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a) Lập kế hoạch; b) Tổ chức; c) Báo cáo.", ["Lập kế hoạch", "Tổ chức", "Báo cáo"]),
        ("Tham mưu: a) kế hoạch b) báo cáo", ["Tham mưu: kế hoạch", "Tham mưu: báo cáo"]),
        ("1. Soạn 2. Trình 3. Phát hành", ["Soạn", "Trình", "Phát hành"]),
        ("a) A\nb) B\nc) C\nd) D\nđ) Đ\ne) E", ["A", "B", "C", "D", "Đ", "E"]),
        ("- Soạn thảo\n- Trình ký", ["Soạn thảo", "Trình ký"]),
        ("Soạn thảo; trình ký", ["Soạn thảo", "trình ký"]),
        ("Tiếp công dân", ["Tiếp công dân"]),
        ("Rà soát theo điểm a) khoản 2", ["Rà soát theo điểm a) khoản 2"]),
        ("Công văn số 15.2026", ["Công văn số 15.2026"]),
        ("", [""]),
    ],
)
def test_the_parts_a_line_names_are_proposed(text, parts):
    assert _parts(text) == parts


def test_task_and_product_are_taken_apart_together():
    view = view_of({"task": "Soạn; trình", "product": "Dự thảo; tờ trình", "quantity": Decimal(12)})
    assert [(p.task, p.product) for p in bulk.proposed_parts(view, "0")] == [("Soạn", "Dự thảo"), ("trình", "tờ trình")]
    view = view_of({"task": "Soạn; trình; ký", "product": "Dự thảo; tờ trình"})
    assert {p.product for p in bulk.proposed_parts(view, "0")} == {"Dự thảo; tờ trình"}


NUMBERS = st.decimals(-10_000_000, 10_000_000, allow_nan=False, places=3).map(lambda d: d.normalize())


@given(NUMBERS, st.integers(2, 20))
def test_sharing_out_loses_nothing_and_is_fair(whole, n):
    parts = bulk.share(whole, n)
    assert total(parts) == whole
    assert len(parts) == n
    assert parts == sorted(parts, key=abs, reverse=True)
    assert all(parts) or not whole
    step = max(abs(a - b) for a in parts for b in parts)
    assert step <= abs(parts[-1])


@pytest.mark.parametrize(
    ("whole", "n", "parts"),
    [("10", 3, "4 3 3"), ("1", 3, "0.4 0.3 0.3"), ("12.5", 3, "4.2 4.2 4.1"), ("150", 2, "75 75"), ("0", 2, "0 0")],
)
def test_what_is_left_over_goes_to_the_first(whole, n, parts):
    assert bulk.share(Decimal(whole), n) == [Decimal(part) for part in parts.split()]


def same_parts(view, item_id):
    """A split that leaves the line itself as it is."""
    part = bulk.proposed_parts(view, item_id)[0]
    return bulk.split(view, item_id, [part, part])


def parts_of(view, item_id, quantities, points):
    item = [Part(f"việc {n}", "", q, p) for n, (q, p) in enumerate(zip(quantities, points, strict=True))]
    return bulk.split(view, item_id, item)


@given(NUMBERS.filter(lambda d: d > 0), st.sampled_from([100, 120, 150, 200, 133]), st.integers(2, 6))
def test_splitting_with_the_quantity_shared_out_keeps_the_converted_total(quantity, points, n):
    view = view_of({"task": "a", "quantity": quantity, "points": Decimal(points)})
    planned = parts_of(view, "0", bulk.share(quantity, n), [Decimal(points)] * n)
    assert planned.before == planned.after


@given(st.integers(1, 3000), st.integers(2, 6))
def test_splitting_with_the_points_shared_out_loses_no_points(points, n):
    view = view_of({"task": "a", "quantity": Decimal(1), "points": Decimal(points)})
    planned = parts_of(view, "0", [Decimal(1)] * n, bulk.share(Decimal(points), n))
    first = edited(planned).get(("0", "points"), Decimal(points))
    rest = [w.item["points"] for w in planned.writes if isinstance(w, Add)]
    assert total([first, *rest]) == points


def test_a_split_line_stays_as_the_first_part_and_the_others_follow_it(view, do, taken_back):
    planned = parts_of(view, "one", bulk.share(Decimal(24), 3), [None] * 3)
    after = do(view, planned)
    assert list(after.items["task"])[:4] == ["việc 0", "việc 1", "việc 2", "Báo cáo tháng"]
    assert list(after.items["code"])[:3] == ["VP.01", "VP.01-2", "VP.01-3"]
    assert list(after.items["tier"])[:3] == [1, 1, 1]
    assert list(after.items["standard_unit"])[:3] == [True, False, False]
    assert after.items.index[0] == "one"
    assert same_items(taken_back(), view)


def test_points_shared_out_bring_their_tier_and_withdraw_a_stated_coefficient(view, do):
    one = view_of({"task": "a", "tier": 4, "points": Decimal(200), "coefficient": Decimal(2)})
    planned = parts_of(one, "0", [None, None], [Decimal(100), Decimal(100)])
    assert edited(planned)["0", "tier"] == 1
    assert edited(planned)["0", "coefficient"] is None
    (add,) = [w for w in planned.writes if isinstance(w, Add)]
    assert (add.item["tier"], add.item["coefficient"]) == (1, None)


def test_a_part_without_words_and_a_line_deleted_meanwhile_are_refused(view):
    with pytest.raises(InputError):
        bulk.split(view, "one", [Part("a", "", None, None), Part(" ", "", None, None)])
    with pytest.raises(InputError):
        bulk.split(view, "one", [Part("a", "", None, None)])
    with pytest.raises(InputError):
        bulk.split(view, "gone", [Part("a", "", None, None)] * 2)


# -- merging --


def merged(view, ids, chosen=None, **more):
    return bulk.merge(view, ids, chosen, actor="Lan", at=AT, **more)


def test_merging_sums_quantities_and_keeps_the_first_with_the_standard_unit(view, do, taken_back):
    planned = merged(view, ["three", "two", "one"], {"task": "Cả ba"})
    after = do(view, planned)
    assert list(after.items.index) == ["one"]
    assert (after.value("one", "quantity"), after.value("one", "task")) == (Decimal("36.5"), "Cả ba")
    assert after.value("one", "standard_unit") is True
    assert planned.before == total(view.table["converted_quantity"])
    assert planned.after == total(after.table["converted_quantity"])
    assert same_items(taken_back(), view)


def test_the_standard_unit_survives_on_the_row_kept(view, do):
    moved = do(view, bulk.move(view, ["one"], Where.BOTTOM))
    after = do(moved, merged(moved, ["one", "two"]))
    assert list(after.items.index) == ["two", "three"]
    assert after.value("two", "standard_unit") is True


def test_what_only_one_of_them_says_is_kept_and_what_differs_can_be_chosen():
    view = view_of(
        {"task": "a", "tier": 1, "points": Decimal(100), "coefficient": Decimal(1)},
        {"task": "b", "note": "nhớ", "tier": 3, "points": Decimal(150)},
    )
    assert bulk.alternatives(view, ["0", "1"]) == {"task": ["a", "b"], "note": ["nhớ"]}
    assert bulk.valuations(view, ["0", "1"]) == [(1, 100), (3, 150)]
    plain, chosen = (
        merged(view, ["0", "1"]),
        merged(view, ["0", "1"], {"task": "a; b"}, valuation=(3, Decimal(150))),
    )
    assert edited(plain) == {("0", "note"): "nhớ"}
    assert edited(chosen) == {
        ("0", "note"): "nhớ", ("0", "task"): "a; b", ("0", "tier"): 3, ("0", "points"): 150, ("0", "coefficient"): None,
    }  # fmt: skip
    assert bulk.joined(["Soạn.", "trình;", "ký"]) == "Soạn; trình; ký"


def test_merging_what_is_counted_differently_is_said_aloud():
    assert not merged(view_of({"measure": "Báo cáo"}, {"measure": "báo cáo"}), ["0", "1"]).remarks
    assert merged(view_of({"measure": "Báo cáo"}, {"measure": "Cuộc"}), ["0", "1"]).remarks


def test_one_row_cannot_be_merged(view):
    with pytest.raises(InputError):
        merged(view, ["one", "gone"])


def test_the_figures_of_a_preview_are_those_of_the_catalogue_after_it(view):
    planned = bulk.set_field(view, ["one", "two", "three"], "tier", 4)
    frame = view.items.assign(points=[Decimal(200)] * 3)
    assert planned.after == total(converted(frame, view.guidance)["converted_quantity"])


# -- in the history --


def test_every_gesture_has_a_name_in_the_history_and_a_move_shows_no_place(store, view, at):
    planned = [
        bulk.set_field(view, ["one"], "note", "x"),
        bulk.move(view, ["one"], Where.BOTTOM),
        bulk.duplicate(view, ["one"], ["Bí thư"]),
        parts_of(view, "two", [None, None], [None, None]),
        merged(view, ["one", "two"]),
        bulk.delete(view, ["one"]),
    ]
    assert all(services.gesture_name(gesture.label) != gesture.label for gesture in planned)
    bulk.carry_out(store, view, planned[1], actor="Lan", at=at)
    (moved,) = services.in_words(view, store.changes("xa", since=view.seq)).itertuples()
    assert (moved.before, moved.after) == ("", "")
    assert moved.what != "place"
