"""Pages say what there is, as it was typed, and lose nothing that somebody was typing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from kpicat import guidance, services
from kpicat.model import CATALOGUE, FIELDS, Edit, Form, Kind
from kpicat.services.catalogues import form_name
from kpicat.ui import frame
from kpicat.ui.plain import plain_text
from tests.app.opening import figure, opened, said
from tests.conftest import AT

TYPED = "<b>x</b> *y* $z$ [a](javascript:b) :material/home: -> :red[c]"
OF_A_CATALOGUE = [page for page in frame.PAGES if page != "vote"]  # a phone that votes sees nothing of the catalogue

OF_ITEMS = {"checks", "standard_unit", "assign", "ballot", "what_if", "dashboard", "load", "kpi"}  # nothing without any

pytestmark = pytest.mark.usefixtures("made")


@pytest.mark.parametrize("page", OF_A_CATALOGUE)
def test_a_name_is_shown_as_it_was_typed_on_every_page(made, page):
    row = {name: TYPED for name, field in FIELDS.items() if field.kind is Kind.TEXT}
    about = dict.fromkeys(("name", "body", "period"), TYPED)
    app = opened(page, made(row | {"tier": 1, "standard_unit": True}, **about))
    assert not app.error
    shown = said(app.subheader) + said(app.caption) + said(app.markdown)
    assert plain_text(TYPED) in shown
    assert TYPED not in shown
    assert not acting(app)


def acting(app: AppTest) -> list[str]:
    """What a page says in which a typed text would act: as markup in HTML, as markdown in words and on widgets."""
    found = [each.proto.body for each in app.get("html") if "<b>x</b>" in each.proto.body]
    for kind in ("markdown", "caption", "info", "warning", "success", "subheader"):
        shown = [each for each in app.get(kind) if TYPED in each.value or getattr(each.proto, "allow_html", False)]
        found += [each.value for each in shown]
    widgets = [*app.button, *app.checkbox, *app.selectbox, *app.multiselect, *app.text_input, *app.text_area]
    return found + [each.label for each in (*widgets, *app.expander, *app.tabs, *app.metric) if TYPED in each.label]


@pytest.mark.parametrize("sign", list(r"\`*_{}[]()<>#+-.!|~:$"))
def test_no_sign_of_markdown_acts(sign):
    assert plain_text(f"a{sign}b") == f"a\\{sign}b"


def test_spaces_at_the_ends_do_not_keep_a_name_from_being_bold():
    assert plain_text(" Văn phòng ") == "Văn phòng"


@pytest.mark.parametrize("shorthand", [":material/home:", ":smile:", "a -> b", "a <= b", "a -- b"])
def test_shorthand_that_survives_a_backslash_is_taken_apart(shorthand):
    shown = plain_text(shorthand)
    assert "\N{WORD JOINER}" in shown
    assert shown.replace("\N{WORD JOINER}", "").replace("\\", "") == shorthand


@pytest.mark.parametrize("page", frame.PAGES)
def test_a_catalogue_without_items_has_something_to_say(made, page):
    app = opened(page, made())
    assert not app.error
    assert app.subheader
    leads = [button for button in app.button if str(button.key).endswith("_bring_in")]
    assert bool(leads) == (page in OF_ITEMS)


def test_an_empty_dashboard_leads_to_bringing_a_file_in(made):
    app = opened("dashboard", made())
    assert [info.value for info in app.info]
    assert app.button(key="dashboard_bring_in")


def test_a_link_to_no_catalogue_is_said_to_lead_nowhere():
    assert "not here" in said(opened("home", "there-is-none").warning)


@pytest.mark.parametrize("page", OF_A_CATALOGUE)
def test_marks_of_another_scale_close_no_page(made, page):
    app = opened(page, made({"task": "Họp", "tier": 2}, guidance="khung_xa", marks='{"important": {"points": 130}}'))
    assert not app.error
    assert "guidance's apply" in said(app.warning)


def test_a_total_of_nothing_is_0_as_in_every_paper_and_workbook(made):
    app = opened("dashboard", made({"task": "Họp", "tier": 1}))
    assert figure(app, "Converted total (standard units)")[0] == "0"


def test_a_dashboard_of_many_departments_draws_the_largest_and_lists_them_all(made):
    rows = [{"task": "Họp", "department": f"Phòng {n}", "tier": 1} for n in range(20)]
    app = opened("dashboard", made(*rows, rows[0]))
    assert "12 largest are drawn; 8 others have 8 items together (38.1\N{NO-BREAK SPACE}%)" in said(
        app.caption
    ).replace("\\", "")
    app.session_state["dashboard_heatmap_numbers"] = True  # a person unfolds them
    table = next(frame.value for frame in app.run().dataframe if "Department/Section" in frame.value)
    assert len(table) == 20
    assert table.iloc[0].tolist() == ["Phòng 0", "2", "0", "0", "0", "2 (9.5\N{NO-BREAK SPACE}%)"]


def test_what_lacks_points_is_said_not_to_be_counted(made):
    app = opened("dashboard", made({"task": "Họp", "tier": 2, "quantity": Decimal(3)}, guidance="khung_xa"))
    assert "1 item has no points" in said(app.caption)


def test_points_off_the_scale_are_counted_and_not_said_to_be_missing(made):
    app = opened("dashboard", made({"task": "Họp", "points": Decimal(130), "quantity": Decimal(3)}))
    assert figure(app, "Converted total (standard units)")[0] == "3.9"
    assert "not in the converted quantity" not in said(app.caption)


def test_the_last_step_says_what_really_is_missing(made):
    lacking = services.steps(frame.view(made({"task": "Họp", "tier": 1}, {"task": "Trực", "tier": 1})))[-1]
    assert lacking.missing == "2 items have no quantity, so they are not counted."


def test_an_empty_catalogue_is_said_to_be_empty_before_it_is_exported(made):
    assert "no items yet" in said(opened("take_out", made()).info)


def test_one_item_is_spoken_of_as_one(made):
    assert "1 item as it stands" in said(opened("take_out", made({"task": "Họp"})).caption)


def test_a_file_that_cannot_be_read_starts_no_catalogue():
    app = opened("home")
    app.file_uploader[0].upload("van-ban.xlsx", b"PK\x03\x04xl/", "application/octet-stream").run()
    assert "van" in said(app.error)
    assert not [button for button in app.button if button.key == "home_from_file_go"]
    assert app.button(key="home_empty_go"), "the other ways to start stay open"
    assert not services.shelf(frame.store())


def test_several_files_of_which_none_can_be_read_start_no_catalogue():
    app = opened("home")
    broken = [(name, b"PK\x03\x04xl/", "application/octet-stream") for name in ("mot.xlsx", "hai.xlsx")]
    app.file_uploader[0].set_value(broken).run()
    assert "mot" in said(app.markdown) and "hai" in said(app.markdown)
    assert not [button for button in app.button if button.key == "home_from_file_go"]
    app.file_uploader[0].set_value([*broken, ("ba.csv", b"aaa,bbb\n1,2\n", "text/csv")]).run()
    assert app.button(key="home_from_file_go"), "of one of them the headings can be pointed at"


def test_a_file_whose_headings_are_to_be_pointed_at_starts_a_catalogue_and_asks_there():
    app = opened("home")
    app.file_uploader[0].upload("ghi-chu.csv", b"aaa,bbb\n1,2\n", "text/csv").run()
    app.button(key="home_from_file_go").click().run()
    assert [each.name for each in services.shelf(frame.store())] == ["ghi-chu"]
    assert "point at the row" in said(app.warning)


@pytest.mark.parametrize(("points", "scale"), [("45", "khung_xa"), ("120", "phu_luc_3")])
def test_a_new_catalogue_is_proposed_on_the_scale_of_its_file(points, scale):
    app = opened("home")
    content = f"Mã,Nhiệm vụ,Sản phẩm,Điểm chấm\nA1,Họp,Biên bản,{points}\n".encode()
    app.file_uploader[0].upload("xa.csv", content, "text/csv").run()
    app.button(key="home_from_file_go").click().run()
    (found,) = services.shelf(frame.store())
    assert found.guidance == scale
    assert not app.warning


def test_a_file_put_away_stays_away(made):
    catalogue = made()
    app = opened("bring_in", catalogue)
    app.file_uploader[0].upload("a.csv", "Mã,Nhiệm vụ,Sản phẩm\nA1,Họp,Biên bản\n".encode(), "text/csv").run()
    assert said(app.success)
    app.button(key="bring_in_drop").click().run()
    assert not app.success
    assert app.info


def brought(catalogue: str, text: str) -> AppTest:
    app = opened("bring_in", catalogue)
    return app.file_uploader[0].upload("a.csv", text.encode(), "text/csv").run()


def test_a_file_of_another_scale_is_told_and_an_empty_catalogue_can_take_its_scale(made):
    app = brought(made(), "Mã,Nhiệm vụ,Sản phẩm,Điểm chấm\nA1,Họp,Biên bản,45\nA2,Trực,Sổ,100\n")
    assert "1 item has points that the scale of this catalogue" in said(app.warning)
    app.button(key="bring_in_scale").click().run()
    assert frame.store().catalogue("xa").guidance == "khung_xa"
    assert not app.warning


def test_a_catalogue_with_items_is_not_moved_to_another_scale_by_a_file(made):
    app = brought(made({"task": "Họp"}), "Mã,Nhiệm vụ,Sản phẩm,Điểm chấm\nA1,Họp,Biên bản,45\n")
    assert "before bringing it in" in said(app.warning)
    assert not [button for button in app.button if button.key == "bring_in_scale"]


def test_points_of_the_catalogues_scale_need_no_warning(made):
    assert not brought(made(), "Mã,Nhiệm vụ,Sản phẩm,Điểm chấm\nA1,Họp,Biên bản,120\n").warning


def test_a_sheet_that_gave_no_item_is_opened_for_its_columns_to_be_chosen(made):
    app = brought(made(), "Cột một,Cột hai,Cột ba\n12,x y,z w\n")
    next(button for button in app.button if str(button.key).startswith("bring_in_point_")).click().run()
    assert "choose what its columns are taken for" in said(app.warning)
    assert not app.success


def test_headings_of_no_catalogue_are_understood_by_their_cells_once_pointed_at_and_said_to_be_checked(made):
    app = brought(made(), "Phụ trách,Nghĩa vụ,Kết cục\nA1,Họp giao ban,Biên bản\n")
    next(button for button in app.button if str(button.key).startswith("bring_in_point_")).click().run()
    assert "1 item found" in said(app.success)
    assert any("taken for what they seem" in frame.value.to_csv() for frame in app.dataframe)


def test_a_file_whose_only_sheet_is_left_out_says_that_nothing_is_left(made):
    app = brought(made(), "Mã,Nhiệm vụ,Sản phẩm\nA1,Họp,Biên bản\n")
    app.button(key="bring_in_skip_0").click().run()
    assert "nothing is left" in said(app.warning)
    assert app.button(key="bring_in_drop")


def test_an_update_shows_each_cell_it_would_change(made):
    app = brought(made({"code": "A1", "task": "Họp", "product": "Sổ"}), "Mã,Nhiệm vụ,Sản phẩm\nA1,Họp,Biên bản\n")
    app.radio(key="bring_in_mode").set_value("update").run()
    foreseen = next(frame.value for frame in app.dataframe if "Before" in frame.value)
    assert foreseen.values.tolist() == [["A1", "Product (output)", "Sổ", "Biên bản"]]


def test_a_file_that_says_nothing_new_gives_nothing_to_press(made):
    app = brought(made({"code": "A1", "task": "Họp", "product": "Sổ"}), "Mã,Nhiệm vụ,Sản phẩm\nA1,Họp,Sổ\n")
    assert not app.button(key="bring_in_go").disabled
    app.radio(key="bring_in_mode").set_value("update").run()
    assert app.button(key="bring_in_go").disabled


def test_a_replacement_shows_each_row_it_would_remove(made):
    app = brought(made({"code": "A1", "task": "Họp"}), "Mã,Nhiệm vụ,Sản phẩm\nB1,Trực,Sổ\n")
    app.radio(key="bring_in_mode").set_value("replace").run()
    foreseen = next(frame.value for frame in app.dataframe if "Before" in frame.value)
    assert foreseen.values.tolist() == [["A1", "the whole row", "Họp", ""]]


def test_lines_that_would_stand_in_the_catalogue_twice_are_told_before_they_are_added(made):
    app = brought(made({"code": "A1", "task": "Họp"}), "Mã,Nhiệm vụ,Sản phẩm\nA1,Họp,Biên bản\n,Trực,Sổ\n")
    assert "1 item of the file has a code that the catalogue has already" in said(app.warning)
    app.radio(key="bring_in_mode").set_value("update").run()
    assert not app.warning


def test_a_catalogue_without_a_name_is_refused_and_the_rest_of_the_page_stays(made):
    app = opened("home", made({"task": "Họp"}))
    next(field for field in app.text_input if field.key.startswith("home_about_")).set_value(" ").run()
    app.button(key="home_about_save").click().run()
    assert "a name" in said(app.error)
    assert app.button(key="home_open_xa") and app.button(key="home_empty_go")


def test_bringing_a_file_in_says_how_much_and_that_it_can_be_taken_back(made):
    catalogue = made()
    app = opened("bring_in", catalogue)
    app.file_uploader[0].upload("a.csv", "Mã,Nhiệm vụ,Sản phẩm\nA1,Họp,Biên bản\n".encode(), "text/csv").run()
    app.button(key="bring_in_go").click().run()
    assert not app.error
    assert "1 change brought in" in said(app.success)
    assert len(frame.view(catalogue).items) == 1


def test_what_is_typed_into_the_settings_outlives_the_work_of_others(made):
    catalogue = made({"task": "Họp"})
    app = opened("home", catalogue)
    name = next(field for field in app.text_input if field.key.startswith("home_about_") and "name" in field.key)
    name.set_value("Tên mới").run()
    frame.store().commit(catalogue, [Edit("i0", "task", "Họp", "Họp giao ban")], actor="Minh", at=AT)
    app.run()
    assert [field.value for field in app.text_input if field.key == name.key] == ["Tên mới"]


def test_own_marks_are_saved_and_taken_back(made):
    catalogue = made({"task": "Họp", "tier": 2})
    app = opened("assign", catalogue)
    mark = next(field for field in app.text_input if field.key.startswith("scale_") and field.value == "120")
    mark.set_value("130")
    app.button(key="scale_save").click().run()
    assert frame.store().catalogue(catalogue).marks
    app.button(key="scale_reset").click().run()
    assert frame.store().catalogue(catalogue).marks == ""


def test_marks_out_of_order_are_refused_in_words(made):
    catalogue = made({"task": "Họp", "tier": 2})
    app = opened("assign", catalogue)
    next(field for field in app.text_input if field.key.startswith("scale_") and field.value == "120").set_value("90")
    app.button(key="scale_save").click().run()
    assert "order" in said(app.error)
    assert frame.store().catalogue(catalogue).marks == ""


def test_settings_are_said_in_words_in_the_history(made):
    store, catalogue = frame.store(), made()
    key = guidance.get("khung_xa").tiers[1].key
    marks = json.dumps({key: {"highest": "60", "lowest": "11"}})
    wanted = {"form": "state", "guidance": "khung_xa", "marks": marks}
    about = store.catalogue(catalogue)
    writes = [Edit(CATALOGUE, field, getattr(about, field), new) for field, new in wanted.items()]
    store.commit(catalogue, writes, actor="Lan", at=AT, label="settings")
    view = frame.view(catalogue)
    shown = services.in_words(view, store.changes(catalogue))
    after = dict(zip(shown["what"], shown["after"], strict=True))
    assert after["Form of paper"] == form_name(Form.STATE)
    assert after["Guidance edition"] == view.guidance.title
    assert after["Own marks"].endswith(": 11–60")


@pytest.mark.parametrize(
    ("name", "period", "file"),
    [
        ("Danh mục xã An Bình", "2026", "danh-muc-xa-an-binh-2026.xlsx"),
        ("", "", "kpicat.xlsx"),
        ("từ " * 60, "2026", "tu-" * 23 + "2026.xlsx"),
    ],
)
def test_a_file_is_named_after_its_catalogue_and_period(made, name, period, file):
    view = frame.view(made(name=name or "…", period=period))
    assert services.file_name(view, ".xlsx") == file


def test_a_catalogue_is_removed_after_a_question_that_names_it_and_put_back(made):
    catalogue = made({"task": "Họp"}, name="Danh mục năm cũ")
    app = opened("home", catalogue)
    app.button(key=f"home_remove_{catalogue}").click().run()
    assert "**Danh mục năm cũ**" in said(app.markdown) and "1 item" in said(app.caption)
    app.button(key="home_remove_go").click().run()
    assert not services.shelf(frame.store())
    assert any("Removed catalogues (1)" in one.label for one in app.expander)
    app.session_state["home_removed"] = True  # a person unfolds them
    app.run()
    assert "removed by" in said(app.caption)
    app.button(key=f"home_put_back_{catalogue}").click().run()
    assert [each.name for each in services.shelf(frame.store())] == ["Danh mục năm cũ"]
    assert not app.exception


def test_the_standard_unit_is_not_called_chosen_while_the_checks_call_it_an_error(made):
    work = {"task": "Theo dõi tình hình", "product": "Kết quả thực hiện", "tier": 1, "standard_unit": True}
    unclear = services.steps(frame.view(made(work)))[1]
    assert (unclear.done, unclear.of) == (0, 1)
    assert "Theo dõi tình hình" in unclear.missing
