"""The page of results: a link opens the view it names, filters are taken off one by one, slides show no person."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from kpicat.model import Edit
from kpicat.ui import frame, pictures
from tests.app import opening
from tests.app.opening import figure
from tests.conftest import AT


@pytest.fixture
def store(pages, made):
    """The store of the pages, with eight lines of two departments."""
    made(*(
        {"code": f"VP.{n}", "task": f"Việc {n}", "tier": n % 4 + 1, "quantity": Decimal(10),
         "department": f"Phòng {n % 2}", "position": f"Chức danh {n}", "responsible": "Đồng chí A",
         "product": "Báo cáo" if n < 4 else "Buổi họp"}
        for n in range(8)
    ))  # fmt: skip
    return pages


def opened(**query):
    app = opening.opened("dashboard", "xa", query=query)
    assert not app.error
    return app


def texts(app):
    return "\n".join(element.value for kind in (app.markdown, app.caption, app.info) for element in kind)


def asked(app, name):
    """What the address bar says of a field."""
    said = app.query_params.get(name, [])
    return [said] if isinstance(said, str) else said


def chips(app):
    return [button.label for button in app.button if (button.key or "").startswith("dashboard_chip_")]


def test_a_link_opens_the_same_view(store):
    app = opened(department=["Phòng 1"], tier=["2", "4"], section="who", by="position")
    assert figure(app, "Items")[0] == "4"
    assert figure(app, "Converted total (standard units)")[0] == "64"  # 10 × (1.2 + 2) × 2
    assert len(chips(app)) == 3
    assert app.segmented_control(key="dashboard_section").value == "who"
    assert app.segmented_control(key="dashboard_by").value == "position"
    assert "4 items behind it" in texts(app)


def test_filters_are_taken_off_one_by_one_or_all_at_once(store):
    app = opened(department=["Phòng 1"], tier=["2", "4"])
    app.button(key="dashboard_chip_tier_1").click().run()
    assert asked(app, "tier") == ["2"] and figure(app, "Items")[0] == "2"
    app.button(key="dashboard_chips_none").click().run()
    assert not asked(app, "tier") and figure(app, "Items")[0] == "8"
    assert asked(app, "c") == ["xa"]


def test_filters_can_be_set_without_a_mouse(store):
    app = opened()
    app.multiselect(key="dashboard_filter_department").select("Phòng 0").run()
    assert asked(app, "department") == ["Phòng 0"] and figure(app, "Items")[0] == "4"


def test_a_link_to_nothing_says_so_and_can_be_taken_off(store):
    app = opened(department=["Phòng đã bỏ"], section="nonsense", by="evil", of="lots", since="never")
    assert "No item fits these filters" in texts(app)
    app.button(key="dashboard_chip_department_0").click().run()
    assert figure(app, "Items")[0] == "8"


def test_a_link_that_makes_no_sense_opens_the_usual_view(store):
    odd = {"section": "nonsense", "by": "evil", "of": "lots", "since": "=1+1", "present": "2", "tier": "9" * 5000}
    app = opened(**odd)
    assert figure(app, "Items")[0] == "8" and not chips(app)
    assert "Most items by count" in texts(app)


def test_what_people_typed_is_never_markup_in_a_title(pages, made):
    made(*({"task": "Họp", "department": name, "tier": 4, "quantity": Decimal(n + 1)}
           for n, name in enumerate(["Phòng 1", "[a](javascript:b) $x$ :material/home:"])))  # fmt: skip
    said = texts(opened(section="who"))
    assert "\\[a\\]\\(javascript" in said and "[a](javascript" not in said
    assert "$x$" not in said.replace("\\$", "") and ":material/home:" not in said


def test_lines_without_a_department_can_be_linked_to(pages, made):
    made({"task": "Họp"}, {"task": "Trực", "department": "Phòng 1"})
    app = opened(department=[""])
    assert figure(app, "Items")[0] == "1" and len(chips(app)) == 1


def test_figures_say_what_changed_since_an_earlier_moment(store):
    store.commit("xa", [Edit("i1", "quantity", Decimal(10), Decimal(30))], actor="Lan", at=AT + timedelta(days=2))
    app = opened(section="changed")
    assert figure(app, "Converted total (standard units)") == ("138", "+24")
    assert "Phòng 1" in texts(app) and "+24 standard units" in texts(app).replace("\\+", "+")
    assert figure(opened(department=["Phòng 0"]), "Converted total (standard units)")[1] == ""


def test_what_moved_is_told_in_its_own_measure_and_with_those_that_moved_as_much(store):
    edits = [Edit("i0", "quantity", Decimal(10), Decimal(15)), Edit("i4", "quantity", Decimal(10), Decimal(5))]
    store.commit("xa", edits, actor="Lan", at=AT + timedelta(days=3))
    told = texts(opened(by="position")).replace("\\", "")
    assert "2 of “title/position” have moved, most of all “Chức danh 0”: by +5 standard units a year" in told
    assert "(as much as 1 other)" in told and "0 items" not in told


def test_no_figure_that_moved_is_said_to_be_unchanged(store):
    store.commit("xa", [Edit("i1", "product", "Báo cáo", "Buổi họp")], actor="Lan", at=AT + timedelta(days=2))
    app = opened(section="changed")
    assert figure(app, "Only papers as product") == ("37.5\N{NO-BREAK SPACE}%", "-12.5 percentage points")
    told = texts(app).replace("\\", "")
    assert "the items, converted quantity and mean coefficient of each department/section are unchanged" in told


def test_lines_without_a_department_are_no_department_that_moved(pages, made):
    made(*({"task": name, "department": name, "tier": 1, "quantity": Decimal(5)} for name in ("", "A", "B")))
    edits = [Edit(f"i{n}", "quantity", Decimal(5), Decimal(9 + n)) for n in range(2)]
    pages.commit("xa", edits, actor="Lan", at=AT + timedelta(days=2))
    told = texts(opened(section="changed")).replace("\\", "")
    assert "1 department/section has moved: “A”, by +5 standard units" in told
    assert "Lines without department/section: +4 standard units a year." in told


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("hard", "Most items by count: No tier yet"),
        ("who", "How evenly the work lies on the positions"),
        ("fair", "Mean coefficient by department/section"),
        ("most", "No item has a converted quantity yet"),
        ("changed", "There is nothing earlier to compare with yet"),
        ("kept", "Kept least"),
    ],
)
def test_every_question_has_an_answer_for_one_line_without_numbers(pages, made, section, said):
    made({"task": "Họp"})
    assert said in texts(opened(section=section)).replace("\\", "")


def test_why_is_told_when_it_is_opened(store):
    app = opened(department=["Phòng 1"])
    app.session_state["dashboard_why"] = True
    app.run()
    assert "The mean coefficient is higher here: 1.6, in the catalogue 1.425" in texts(app).replace("\\", "")
    app.button(key="dashboard_why_0").click().run()
    assert figure(app, "Items")[0] == "1"


def test_slides_go_from_figures_through_every_chart_and_name_no_person(store):
    app = opened(present="1")
    seen = []
    while not seen or app.session_state["dashboard_slide"] == len(seen):
        seen.append(texts(app))
        app.button(key="dashboard_slide_next").click().run()
    assert len(seen) >= 10
    assert "Đồng chí A" not in "".join(seen) and frame.actor() not in "".join(seen)
    app.button(key="dashboard_slide_leave").click().run()
    assert not asked(app, "present") and figure(app, "Items")[0] == "8"


def test_slides_follow_what_others_edit(store):
    app = opened(present="1")
    store.commit("xa", [Edit("i1", "quantity", Decimal(10), Decimal(30))], actor="Minh", at=AT)
    assert figure(app.run(), "Converted total (standard units)")[0] == "138"


def test_marks_lead_to_the_items_behind_them_and_others_nowhere():
    points = [
        {"curve_number": 0, "customdata": ["Phòng 1", 2]},
        {"curve_number": 0, "customdata": []},  # those that are not drawn one by one
        {"curve_number": 2, "customdata": None},  # the totals beside the bars
    ]
    assert pictures._leading(points, [["department", "tier"], []]) == [{"department": "Phòng 1", "tier": 2}]
