"""Whatever happens, the log replayed is the table; proved over random histories."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicat.approval.steps import ON_THE_WAY
from kpicat.model import (
    CATALOGUE,
    CATALOGUE_FIELDS,
    CELLS,
    FIELDS,
    Add,
    Catalogue,
    Comment,
    Delete,
    Edit,
    Item,
    Remark,
    Restore,
)
from kpicat.store.replay import replay
from kpicat.store.verifying import contradictions

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
IDS = ("a", "b", "c")
TIERS = st.sampled_from([None, 1, 2])
QUANTITIES = st.sampled_from([None, Decimal(1), Decimal("1.0"), Decimal("2.50")])
TASKS = st.sampled_from(["", "Báo cáo", "Kế hoạch"])
SEEN = st.integers(0, 40)
PLACES = st.sampled_from(["0000000001", "0000000002", "0000000001V", "0000000009"])


def edits(item_ids):
    cells = (
        ("tier", TIERS),
        ("quantity", QUANTITIES),
        ("task", TASKS),
        ("standard_unit", st.booleans()),
        ("place", PLACES),
    )
    return st.one_of(*(st.builds(Edit, item_ids, st.just(name), values, values) for name, values in cells))


def remarks():
    """On item a: comment c begins a thread, comment d answers in it."""

    def comment(id, text):
        return None if text is None else Comment(id, "a", "c", text, "me", AT)

    texts = st.sampled_from([None, "Sao lại 2?", "Đã sửa"])
    both = st.tuples(st.sampled_from("cd"), texts, texts).filter(lambda drawn: drawn[1] or drawn[2])
    return both.map(lambda drawn: Remark("a", comment(drawn[0], drawn[1]), comment(drawn[0], drawn[2])))


ADDS = st.builds(
    lambda item_id, task, tier, more: Add(Item(item_id, {"task": task, "tier": tier} | more)),
    st.sampled_from(IDS),
    TASKS,
    TIERS,
    st.just({}) | PLACES.map(lambda place: {"place": place}),
)
NAMES = st.builds(Edit, st.just(CATALOGUE), st.just("name"), TASKS, TASKS)
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(["me", "other"]),
        st.one_of(
            st.just("undo"),
            st.lists(
                st.one_of(
                    edits(st.sampled_from(IDS)),
                    ADDS,
                    NAMES,
                    remarks(),
                    st.builds(Delete, st.sampled_from(IDS), SEEN),
                    st.builds(Restore, st.sampled_from(IDS)),
                ),
                max_size=6,
            ),
        ),
    ),
    max_size=12,
)


def known(writes, there):
    """The writes whose items have been added by then."""
    for write in writes:
        if isinstance(write, Add):
            there.add(write.item.id)
        if isinstance(write, Add) or write.item_id in there:
            yield write


def texts(values, fields):
    encoded = {name: fields[name].encode(value) for name, value in values.items()}
    return {name: text for name, text in encoded.items() if text is not None}


def plain_value(value):
    return None if value is None or str(value) == "<NA>" else value


@pytest.fixture
def hardly_filled(kind, new_url, open_at):
    """A store of fifteen catalogues at most: all it holds is gone through for contradictions, time and again."""
    stores = (open_at(new_url(kind)) for _fifteen in itertools.count())
    return itertools.chain.from_iterable(itertools.repeat(each, 15) for each in stores)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES)
def test_the_log_replayed_is_the_table(hardly_filled, at, history):
    store = next(hardly_filled)
    catalogue = store.create(Catalogue(uuid.uuid4().hex, "Báo cáo"), actor="founder", at=at).id
    there = {CATALOGUE}
    for actor, writes in history:
        latest = store.batches(catalogue, limit=1)
        if writes != "undo":
            store.commit(catalogue, list(known(writes, there)), actor=actor, at=at)
        elif latest:
            store.undo(catalogue, latest[0].id, actor=actor, at=at)
    changes = store.changes(catalogue)
    state = replay(changes)
    reading = store.reading(catalogue)
    assert [change.seq for change in changes] == list(range(1, reading.catalogue.head + 1))
    assert state.head == reading.catalogue.head
    assert {"name": reading.catalogue.name or None} == {"name": "Báo cáo"} | state.own
    there = [item for item in state.items if item not in state.deleted]
    assert list(reading.items.index) == sorted(there, key=lambda item: state.items[item]["place"])
    for item_id, row in reading.items[list(CELLS)].iterrows():
        values = {name: plain_value(value) for name, value in row.items()}
        assert texts(values | {"tier": values["tier"] and int(values["tier"])}, CELLS) == state.items[item_id]
    said = {comment.id: (comment.item_id, comment.encode()) for comment in reading.comments}
    assert said == {id: kept[:2] for id, kept in state.comments.items() if kept[0] in there}
    assert "d" not in state.comments or "c" in state.comments
    with store._database.read() as connection:
        assert list(contradictions(connection)) == []
    batches = store.batches(catalogue, limit=999)
    assert [(b.first_seq, b.last_seq) for b in reversed(batches)] == runs(changes)


def runs(changes):
    """First and last seq of each batch, as the log's own lines have them."""
    found = {}
    for change in changes:
        found.setdefault(change.batch, []).append(change.seq)
    return [(seqs[0], seqs[-1]) for seqs in found.values()]


def test_every_field_there_is_can_be_kept(store, catalogue, at):
    values = {"tier": 3, "standard_unit": True, "quantity": Decimal("0.1"), "points": Decimal(7), "coefficient": 2}
    whole = {name: values.get(name, f"“{name}” tiếng Việt ế \U0001f600 '%") for name in FIELDS}
    store.commit("xa", [Add(Item("whole", whole))], actor="me", at=at)
    row = store.reading("xa").items.loc["whole"]
    assert {name: row[name] for name in FIELDS} == whole
    for name in set(CATALOGUE_FIELDS) - {"form", *ON_THE_WAY}:  # those only a step writes
        current = getattr(store.catalogue("xa"), name)
        store.commit("xa", [Edit(CATALOGUE, name, current, f"{name}: mới")], actor="me", at=at)
        assert getattr(store.catalogue("xa"), name) == f"{name}: mới"
