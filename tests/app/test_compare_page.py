"""The page of comparisons: what changed since another version, and bodies side by side."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import streamlit as st

from kpicat import language
from kpicat.model import Add, Catalogue, Delete, Edit, Item
from kpicat.services import View, comparing
from kpicat.ui import frame
from tests.app import opening

AT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
LATER = AT + timedelta(days=2)


def item(id, task, points, quantity=10):
    return Add(Item(id, {"task": task, "points": Decimal(points), "quantity": Decimal(quantity)}))


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A database of the test's own: a catalogue changed two days after it was begun, that of another body."""
    monkeypatch.setenv("KPICAT_DATABASE", f"sqlite:///{tmp_path / 'kpicat.db'}")
    st.cache_resource.clear()
    language.resolve_with(lambda: "en")
    store = frame.store()
    store.create(Catalogue("xa", "Danh mục", body="Xã A"), actor="Lan", at=AT)
    lines = [item("i1", "Tiếp công dân định kỳ", 100), item("i2", "Báo cáo công tác dân vận quý", 100)]
    store.commit("xa", [*lines, item("i3", "Trồng cây", 120)], actor="Lan", at=AT, label="import")
    head = store.head("xa")
    edits = [Edit("i2", "points", Decimal(100), Decimal(150)), Delete("i3", head), item("i4", "Giám sát", 200, 1)]
    store.commit("xa", edits, actor="Minh", at=LATER, label="edit")
    store.create(Catalogue("xb", "Danh mục", body="Xã B"), actor="Lan", at=AT)
    other = [item("i1", "Tiếp công dân định kỳ", 100), item("i2", "BC công tác dân vận quý", 200)]
    store.commit("xb", other, actor="Lan", at=AT, label="import")
    yield store
    store.close()
    st.cache_resource.clear()
    language.resolve_with(frame._session_language)


def opened(**query):
    return opening.opened("compare", "xa", query=query)


def figures(app):
    return {metric.label: metric.value for metric in app.metric}


def test_what_changed_since_the_last_day_is_shown_at_once(store):
    app = opened()
    found = figures(app)
    assert (found["Added"], found["Dropped"], found["Another tier"], found["Renamed"]) == ("1", "1", "1", "0")
    assert "The converted total fell by 5 to 27" in [each.value.removeprefix("#### ") for each in app.markdown]
    table = app.dataframe[0].value
    assert table["What became of it"].tolist() == ["another tier", "added", "dropped"]
    assert table["Points"].tolist() == ["100 → 150", "– → 200", "120 → –"]
    assert table["Adds to the total"].tolist() == ["+5", "+2", "-12"]


def test_another_catalogue_is_one_more_version(store):
    view = View(store.reading("xa"))
    names = [version.name for version in comparing.versions(store, view, lambda at: at)]
    assert names[0] == "As it stands now" and names[-1] == "Catalogue: Danh mục · Xã B"
    app = opened()
    app.selectbox(key="compare_from").select_index(len(names) - 1).run()
    assert app.query_params["from"] == "xb:"
    assert figures(app)["Added"] == "1"
    assert "BC công tác dân vận quý → Báo cáo công tác dân vận quý" in app.dataframe[0].value["Task/Work"].tolist()


def test_a_version_that_is_held_against_itself_has_nothing_to_tell(store):
    app = opened(**{"from": "xa:"})
    assert "Every line is the same in both" in app.info[0].value


def test_bodies_are_compared_when_asked_and_again_only_when_asked(store):
    app = opened(show="bodies")
    assert "Choose another body" in app.info[0].value
    app.multiselect(key="compare_bodies").set_value(["xa", "xb"]).run()
    assert not app.exception
    works = app.dataframe[1].value
    assert works["Task/Work"].tolist() == ["Báo cáo công tác dân vận quý"]
    assert works["Xã A"].tolist() == ["tier 3 of 4 · ×1.00"] and works["Xã B"].tolist() == ["tier 4 of 4 · ×1.33"]
    store.commit("xb", [Edit("i2", "points", Decimal(200), Decimal(150))], actor="Hoa", at=LATER)
    app.run()
    assert app.dataframe[1].value["Xã B"].tolist() == ["tier 4 of 4 · ×1.33"]
    app.button(key="compare_again").click().run()
    assert not app.exception
    assert any("valued alike" in each.value for each in app.success)


def test_the_way_to_a_line_leads_to_its_own_catalogue(store):
    app = opened(show="bodies", body=["xa", "xb"])
    app.button(key="compare_to_1").click().run()
    assert app.session_state.catalogue == "xb"
    assert app.session_state.edit_words == "BC công tác dân vận quý"


def test_bodies_of_one_name_are_told_apart(store):
    store.create(Catalogue("cu", "Danh mục 2025", body="Xã A"), actor="Lan", at=AT)
    found = comparing.bodies(["xa", "cu", "xb"], lambda id: View(store.reading(id)))
    assert [body.name for body in found.bodies] == ["Xã A · Danh mục", "Xã A · Danh mục 2025", "Xã B"]
    assert comparing.ranks_chart(found.spreads).series[0].values[1] == 0  # an empty catalogue


def test_a_body_called_like_a_heading_has_a_column_of_its_own(store):
    store.create(Catalogue("xc", "Danh mục", body="Task/Work"), actor="Lan", at=AT)
    store.commit("xc", [item("i1", "Tiếp công dân định kỳ", 200)], actor="Lan", at=AT, label="import")
    table = opened(show="bodies", body=["xa", "xc"]).dataframe[1].value
    assert table.columns.tolist() == ["Task/Work", "Xã A", "Task/Work (2)"]
    assert table.iloc[0, 0] == "Tiếp công dân định kỳ"


def asked(app):
    """What the address bar says besides the catalogue."""
    return {name: value for name, value in app.query_params.items() if name != "c"}


def test_a_link_opens_the_same_comparison_of_versions(store):
    app = opened()
    assert asked(app) == {}  # as usual
    first = store.batches("xa")[-1].last_seq
    app.selectbox(key="compare_from").select_index(2).run()
    app.selectbox(key="compare_to").select_index(1).run()
    app.pills(key="compare_wanted").set_value(["added"]).run()
    link = asked(app)
    assert link == {"from": "xb:", "to": f"xa:{first}", "only": "added"}
    again = opened(**link)
    assert again.dataframe[0].value["Task/Work"].tolist() == ["– → Trồng cây"]
    assert again.selectbox(key="compare_from").value == app.selectbox(key="compare_from").value
    for name in link:  # the person goes back
        del app.query_params[name]
    assert app.run().dataframe[0].value["What became of it"].tolist() == ["another tier", "added", "dropped"]


def test_a_link_opens_the_same_bodies(store):
    app = opened()
    app.segmented_control(key="compare_way").set_value("bodies").run()
    app.multiselect(key="compare_bodies").set_value(["xb", "xa"]).run()
    app.toggle(key="compare_every").set_value(True).run()
    link = asked(app)
    assert link == {"show": "bodies", "body": ["xb", "xa"], "every": "1"}
    again = opened(**link)
    assert again.dataframe[1].value.columns.tolist() == ["Task/Work", "Xã B", "Xã A"]
    assert len(again.dataframe[1].value) == 2
    app.segmented_control(key="compare_way").set_value("versions").run()
    assert "show" not in asked(app)


def test_a_link_to_a_moment_that_is_offered_no_more_still_opens_it(store, monkeypatch):
    first = store.batches("xa")[-1].last_seq
    monkeypatch.setattr(sys.modules["kpicat.services.comparing.versions"], "MOST_MOMENTS", 0)
    app = opened(**{"from": f"xa:{first}"})
    assert figures(app)["Dropped"] == "1" and "Lan" in app.selectbox(key="compare_from").value.name


@pytest.mark.parametrize("key", ["xa:0", "xa:99999", "xa:-1", "xa:²", "xb:1", ":", "", "nonsense"])
def test_a_link_that_names_no_version_opens_the_usual_one(store, key):
    view = View(store.reading("xa"))
    assert comparing.moment_of(store, view, key, frame.clock) is None
    if key == "nonsense":
        app = opened(**{"from": key}, only=["nonsense"], body=["nobody"])
        assert figures(app)["Dropped"] == "1" and len(app.dataframe[0].value) == 3
