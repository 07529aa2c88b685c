"""The page of comparisons: what changed since another version, and bodies side by side."""

from __future__ import annotations

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


def opened(**state):
    return opening.opened("compare", "xa", state=state)


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
    other = next(each for each in comparing.versions(store, view, frame.clock) if each.catalogue_id == "xb")
    app.session_state.compare_from = other
    app.run()
    assert figures(app)["Added"] == "1"
    assert "BC công tác dân vận quý → Báo cáo công tác dân vận quý" in app.dataframe[0].value["Task/Work"].tolist()


def test_a_version_that_is_held_against_itself_has_nothing_to_tell(store):
    view = View(store.reading("xa"))
    now = comparing.versions(store, view, lambda at: at)[0]
    app = opened(compare_from=now)
    assert "Every line is the same in both" in app.info[0].value


def test_bodies_are_compared_when_asked_and_again_only_when_asked(store):
    app = opened(compare_way="bodies")
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
    app = opened(compare_way="bodies", compare_bodies=["xa", "xb"])
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
    table = opened(compare_way="bodies", compare_bodies=["xa", "xc"]).dataframe[1].value
    assert table.columns.tolist() == ["Task/Work", "Xã A", "Task/Work (2)"]
    assert table.iloc[0, 0] == "Tiếp công dân định kỳ"
