"""Merging the units' parts: whose each is, what is new, changed, same and gone, and what nobody may decide alone."""

import pytest

from kpicat import guidance
from kpicat.exchange import Read, read
from kpicat.model import Add, Catalogue, Delete, Edit, Item, Reading, ReadReport, Source, items_frame
from kpicat.services import View, new_id, save
from kpicat.services.gathering import by_sheet, gather, guess_units, key_of

KT, VP = "Phòng Kinh tế", "Văn phòng"


def part(file, *lines, sheet="DM", titles=()):
    items = [Item(str(n), values, Source(file, sheet, n + 4)) for n, values in enumerate(lines, start=1)]
    return Read(items, ReadReport(file, titles={sheet: list(titles)}))


def view_of(*lines):
    """A catalogue; each line may say its id and the file it came from."""
    items = [
        Item(
            values.get("id", f"i{n}"),
            {name: value for name, value in values.items() if name not in ("id", "file")},
            Source(values.get("file", ""), "DM", n),
        )
        for n, values in enumerate(lines)
    ]
    return View(Reading(Catalogue("xa", "xã", head=9), items_frame(items)))


def line(task, product="Báo cáo", **more):
    return {"task": task, "product": product, **more}


def tasks(items):
    return [item["task"] for item in items]


# -- whose part it is ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Phòng Kinh tế.xlsx", KT),
        ("DM_Phong_Kinh_te_2026.xlsx", KT),
        ("3. Danh mục sản phẩm - Phòng Kinh tế (bản cuối).xls", KT),
        ("Phòng Kinh tế/danh muc.xlsx", KT),
        ("xa/Van phong/DM lan 2.ods", VP),
        ("Trung tâm Y tế_danh mục SP.xlsx", "Trung tâm Y tế"),
        ("PKT gửi lần 2.xlsx", KT),
        ("DM SP V.PHÒNG.xlsx", ""),
        ("Phong VH-XH nop lan 2.xlsx", "Phong VH-XH"),
        ("Sở Nội vụ.xlsx", "Sở Nội vụ"),
        ("Danh mục sản phẩm quy đổi năm 2026.xlsx", ""),
        ("Book1.xlsx", ""),
    ],
)
def test_a_file_is_the_units_it_is_called_after(name, unit):
    assert guess_units([part(name, line("Họp"))], {KT, VP}) == {(name, "DM"): unit}


@pytest.mark.parametrize(
    ("titles", "unit"),
    [
        (["UBND XÃ NGHĨA SƠN\nPHÒNG KINH TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], KT),
        (["DANH MỤC SẢN PHẨM CỦA VĂN PHÒNG"], VP),
        (["DANH MỤC", "Đơn vị: Trạm Y tế xã"], "Trạm Y tế xã"),
        (["DANH MỤC SẢN PHẨM NĂM 2026"], ""),
        (["DANH MỤC CÔNG VIỆC PHÒNG KINH TẾ NĂM 2026"], KT),
        (["Đơn vị tính: điểm"], ""),
        (["Tên đơn vị: ……………"], ""),
        (["(Kèm theo Công văn số 5 của Ủy ban nhân dân xã An Bình)"], ""),
    ],
)
def test_a_file_is_the_units_its_title_names(titles, unit):
    assert guess_units([part("a.xlsx", line("Họp"), titles=titles)], {KT, VP}) == {("a.xlsx", "DM"): unit}


def test_a_name_in_capitals_gives_way_to_any_other_spelling_whichever_file_comes_first():
    capitals = part("a.xlsx", line("Họp"), titles=["ĐẢNG ỦY XÃ AN BÌNH\nPHÒNG KINH TẾ"])
    plain = part("Phòng Kinh tế.xlsx", line("Trực"))
    bare = part("phong kinh te.xlsx", line("Tiếp dân"))
    for reads in ([capitals, plain, bare], [plain, bare, capitals]):
        assert set(guess_units(reads).values()) == {KT}
    assert set(guess_units([capitals]).values()) == {"PHÒNG KINH TẾ"}


def test_an_abbreviation_that_two_units_have_is_nobodys():
    units = {"Văn phòng Đảng ủy", "Ban Xây dựng Đảng", "Văn phòng điều phối đô ứng"}
    sent = [part(f"{name}.xlsx", line("Họp")) for name in ("BAN XDĐ", "VPĐU", "Văn phòng ĐU")]
    assert list(guess_units(sent, units).values()) == ["Ban Xây dựng Đảng", "Văn phòng Đảng ủy", "Văn phòng Đảng ủy"]
    assert guess_units([part("VPĐ.xlsx", line("Họp"))], {"Văn phòng Đảng", "Văn phòng Đoàn"}) == {
        ("VPĐ.xlsx", "DM"): ""
    }


def test_what_the_lines_say_themselves_goes_before_any_name():
    sent = part("Văn phòng.xlsx", line("Họp", department="PHÒNG KINH TẾ"), line("Trực", department="PHÒNG KINH TẾ"))
    assert guess_units([sent], {KT, VP}) == {("Văn phòng.xlsx", "DM"): KT}


def test_a_workbook_with_a_sheet_for_each_unit_has_several():
    one, other = part("xã.xlsx", line("Họp"), sheet="VĂN PHÒNG"), part("xã.xlsx", line("Trực"), sheet="Phòng Kinh tế")
    both = Read([*one.items, *other.items], one.report)
    assert guess_units([both], {VP}) == {("xã.xlsx", "VĂN PHÒNG"): VP, ("xã.xlsx", "Phòng Kinh tế"): KT}


def test_lines_of_a_workbook_with_a_sheet_for_each_unit_take_it_and_that_is_said():
    one, other = part("xã.xlsx", line("Họp"), sheet=VP), part("xã.xlsx", line("Trực", department="Tổ 1"), sheet=KT)
    third = part("xã.xlsx", line("Tuần tra"), sheet="Ban Chỉ huy")
    found = by_sheet(Read([*one.items, *other.items, *third.items], one.report))
    assert [item["department"] for item in found.items] == [VP, "Tổ 1", "Ban Chỉ huy"]
    assert [remark.sheet for remark in found.report.remarks] == [VP, "Ban Chỉ huy"]


def test_a_workbook_of_one_unit_takes_nothing_from_its_name():
    sent = part("Phòng Kinh tế.xlsx", line("Họp"))
    assert by_sheet(sent) is sent


def test_a_title_is_read_from_the_file_and_a_heading_of_a_column_is_none():
    text = 'PHÒNG KINH TẾ,,\nDANH MỤC,,\nMã CV,"Phòng, ban",Nhiệm vụ\n1,,Họp\n'
    found = read(text.encode(), "a.csv", guidance.get("phu_luc_3"))
    assert found.report.titles == {"a": ["PHÒNG KINH TẾ", "DANH MỤC"]}
    assert guess_units([found]) == {("a.csv", "a"): "PHÒNG KINH TẾ"}


# -- what becomes of a line ----------------------------------------------------------


def test_an_empty_catalogue_takes_every_line_with_its_unit_and_its_place():
    found = gather(view_of(), [part("Phòng Kinh tế.xlsx", line("Họp")), part("Văn phòng.xlsx", line("Trực"))])
    added = [write.item for write in found.writes if isinstance(write, Add)]
    assert [(item["task"], item["department"], item.source.file) for item in added] == [
        ("Họp", KT, "Phòng Kinh tế.xlsx"),
        ("Trực", VP, "Văn phòng.xlsx"),
    ]
    assert [part.units for part in found.files] == [[KT], [VP]]


def test_a_unit_can_be_put_right_and_a_lines_own_department_stays():
    sent = part("a.xlsx", line("Họp"), line("Trực", department="Ban Tổ chức"))
    found = gather(view_of(), [sent], units={("a.xlsx", "DM"): VP})
    assert [item["department"] for item in found.files[0].added] == [VP, "Ban Tổ chức"]


def test_a_code_is_matched_within_its_unit_only():
    view = view_of(
        {"id": "kt", "code": "01", "department": KT, **line("Họp")},
        {"id": "vp", "code": "01", "department": VP, **line("Trực")},
    )
    found = gather(view, [part("Văn phòng.xlsx", {"code": "01", **line("Trực cơ quan")})])
    assert [(write.item_id, write.field, write.seen, write.new) for write in found.writes] == [
        ("vp", "task", "Trực", "Trực cơ quan")
    ]
    assert not found.files[0].gone


def test_without_a_code_the_words_tell_and_case_and_tone_marks_do_not():
    view = view_of({"id": "a", "department": KT, **line("Thẩm định hồ sơ của Uỷ ban", quantity=5)})
    found = gather(
        view,
        [part("kt.xlsx", line("THẨM ĐỊNH hồ sơ của Ủy ban", quantity=5))],
        units={("kt.xlsx", "DM"): "phòng kinh tế"},
    )
    assert not found.writes
    assert [item.id for item in found.files[0].same] == ["a"]


def test_a_renumbered_line_is_known_by_its_words():
    view = view_of({"id": "a", "code": "KT.01", "department": KT, **line("Họp")})
    found = gather(view, [part("Phòng Kinh tế.xlsx", {"code": "KT.07", **line("Họp")})])
    assert [(write.field, write.new) for write in found.writes] == [("code", "KT.07")]


def test_what_a_file_leaves_blank_stays():
    view = view_of({"id": "a", "code": "1", "department": KT, "deadline": "Quý I", "measure": "văn bản", **line("Họp")})
    sent = part("Phòng Kinh tế.xlsx", {"code": "1", "measure": "cuộc", "position": "Chuyên viên", **line("Họp")})
    assert {(write.field, write.new) for write in gather(view, [sent]).writes} == {
        ("measure", "cuộc"),
        ("position", "Chuyên viên"),
    }


def test_a_line_that_is_nearly_an_item_is_proposed_and_added_until_somebody_agrees():
    view = view_of({"id": "a", "department": KT, **line("Tham mưu kế hoạch phát triển kinh tế năm 2026")})
    sent = part("Phòng Kinh tế.xlsx", line("Tham mưu kế hoạch phát triển kinh tế xã năm 2026"))
    found = gather(view, [sent])
    (proposal,) = found.proposals
    assert (proposal.item_id, len(found.files[0].added)) == ("a", 1)
    assert not found.files[0].gone
    agreed = gather(view, [sent], agreed={key_of(proposal.line): "a"})
    assert [(write.item_id, write.field) for write in agreed.writes] == [("a", "task")]
    assert not agreed.proposals
    apart = gather(view, [sent], apart={key_of(proposal.line)})
    assert (apart.proposals, len(apart.files[0].added), apart.files[0].gone) == ([], 1, ["a"])


def test_nothing_is_proposed_across_units():
    view = view_of({"id": "a", "department": VP, **line("Tham mưu kế hoạch phát triển kinh tế năm 2026")})
    sent = part("Phòng Kinh tế.xlsx", line("Tham mưu kế hoạch phát triển kinh tế xã năm 2026"))
    assert not gather(view, [sent]).proposals


def test_what_a_unit_says_no_more_is_gone_but_stays_until_somebody_drops_it():
    view = view_of(
        {"id": "a", "department": KT, "file": "cu.xlsx", **line("Họp")},
        {"id": "b", "department": KT, **line("Trực")},
        {"id": "c", "department": VP, **line("Văn thư")},
    )
    sent = [part("Phòng Kinh tế.xlsx", line("Họp"))]
    found = gather(view, sent)
    assert (found.files[0].gone, found.writes) == (["b"], [])
    assert gather(view, sent, dropped={"b", "c"}).writes == [Delete("b", 9)]


def test_a_code_that_tells_nothing_is_named_and_its_lines_are_added():
    view = view_of({"id": "a", "code": "1", "department": KT, **line("Họp")})
    sent = part("Phòng Kinh tế.xlsx", {"code": "1", **line("Trực")}, {"code": "1", **line("Văn thư")})
    found = gather(view, [sent])
    assert found.ambiguous == [(KT, "1")]
    assert tasks(found.files[0].added) == ["Trực", "Văn thư"]


def test_lines_of_one_code_are_told_apart_by_their_words():
    view = view_of(*({"code": "1", "department": KT, "id": task, **line(task)} for task in ("Họp", "Trực")))
    sent = part("Phòng Kinh tế.xlsx", {"code": "1", **line("Trực")}, {"code": "1", **line("Họp")})
    found = gather(view, [sent])
    assert not found.writes
    assert not found.ambiguous


def test_the_same_file_sent_twice_brings_its_lines_once():
    lines = [line("Họp"), line("Họp"), line("Trực")]
    found = gather(view_of(), [part("kt/a.xlsx", *lines), part("kt/b.xlsx", *lines)], units={})
    assert [len(part.added) for part in found.files] == [3, 0]
    assert [len(part.repeated) for part in found.files] == [0, 3]


def test_a_work_of_two_units_is_named_and_whether_they_value_it_alike():
    view = view_of({"id": "tc", "department": "Ban Tổ chức", "tier": 1, **line("Tiếp công dân")})
    sent = [part("Phòng Kinh tế.xlsx", line("Tiếp công dân", tier=2)), part("Văn phòng.xlsx", line("tiếp công dân"))]
    (twins,) = gather(view, sent).twins
    assert [(place.unit, place.item_id, place.row) for place in twins.places] == [
        (KT, "", 5),
        (VP, "", 5),
        ("Ban Tổ chức", "tc", 0),
    ]
    assert twins.unequal
    assert not gather(view_of(), sent).twins[0].unequal


def test_a_file_makes_no_second_standard_unit():
    view = view_of({"id": "a", "department": KT, "standard_unit": True, **line("Họp")})
    claim = part("Văn phòng.xlsx", line("Trực", standard_unit=True))
    found = gather(view, [claim])
    assert tasks(found.claims) == ["Trực"]
    assert not found.files[0].added[0]["standard_unit"]
    assert gather(view_of(), [claim]).files[0].added[0]["standard_unit"]
    assert len(gather(view_of(), [claim, part("kt.xlsx", line("Họp", standard_unit=True))]).claims) == 2


def test_items_without_a_department_are_known_too_and_get_theirs():
    view = view_of({"id": "a", "code": "7", **line("Họp")}, {"id": "b", **line("Trực")})
    sent = part("Văn phòng.xlsx", {"code": "7", **line("Họp")}, line("Trực"))
    found = gather(view, [sent])
    assert {(write.item_id, write.field, write.new) for write in found.writes} == {
        ("a", "department", VP),
        ("b", "department", VP),
    }


def test_written_and_gathered_again_nothing_is_left_to_write(store, catalogue, at):
    sent = [
        part("Phòng Kinh tế.xlsx", *(line(f"Việc {n}", code=f"{n}", quantity=n) for n in range(1, 9))),
        part("Văn phòng.xlsx", *(line("Trực", deadline=f"Quý {n}") for n in range(1, 4))),
    ]
    first = gather(View(store.reading("xa")), sent)
    before = len(store.reading("xa").items)
    save(store, View(store.reading("xa")), first.writes, actor="Lan", at=at, label="import", request=new_id())
    view = View(store.reading("xa"))
    assert len(view.items) == before + 11
    assert not [write for write in gather(view, sent).writes if not isinstance(write, Edit)]
    assert not gather(view, sent).writes


def test_no_line_is_lost():
    lines = [line(task, code=code) for task in ("Họp", "Trực", "") for code in ("", "1", "2") for _twice in range(2)]
    view = view_of(*({"department": KT, **values} for values in lines[::3]))
    found = gather(view, [part("kt.xlsx", *lines), part("vp.xlsx", *lines)], units={("kt.xlsx", "DM"): KT})
    for done in found.files:
        assert len(done.added) + len(done.changed) + len(done.same) + len(done.repeated) == len(lines)
    laid = [item.id for done in found.files for item in [*done.changed, *done.same]]
    assert len(laid) == len(set(laid))


def test_a_line_keeps_the_file_it_first_came_from():
    first = gather(view_of(), [part("phong-kinh-te.xlsx", {"task": "Họp", "product": "Biên bản"})])
    (add,) = first.writes
    assert add.item.source.file == "phong-kinh-te.xlsx"
    told = part("tong-hop.xlsx", {"task": "Họp", "product": "Biên bản"})
    told.origins["1"] = Source("phong-kinh-te.xlsx", "DM", 7)
    (add,) = gather(view_of(), [told]).writes
    assert add.item.source == Source("phong-kinh-te.xlsx", "DM", 7)
