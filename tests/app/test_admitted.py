"""Pages where people sign in: nothing without a session, nothing offered that a role does not allow."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpicat import services
from kpicat.access import Forbidden, Role
from kpicat.doors import cookies
from kpicat.model import Add, Catalogue, Item
from kpicat.scenario import Scenario
from kpicat.services import access, appraising, approving, scenarios
from kpicat.services.access import Event
from kpicat.store import Store
from kpicat.ui import admitted, live
from tests.app.opening import opened, said
from tests.conftest import AT

PEOPLE = {"Lan": Role.CHAIR, "Minh": Role.VIEWER, "Thu": Role.APPROVER, "Tú": Role.EDITOR, "Hoa": None}


@pytest.fixture
def xa(sample: str, pages: Store, in_english: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The sample, with people of several roles; Lan looks after the installation, too."""
    monkeypatch.setenv("KPICAT_HASH_COST", "1,8,1")
    at = datetime.now(UTC)
    for name, role in PEOPLE.items():
        access.add_account(pages, access.CONSOLE, name, f"a long sentence of {name}", admin=name == "Lan", at=at)
        if role:
            access.grant(pages, access.CONSOLE, sample, name, role, at=at)
    monkeypatch.setenv("KPICAT_ACCESS", "accounts")
    monkeypatch.setattr(admitted, "_cookies", dict)
    return sample


@pytest.fixture
def as_(pages: Store, xa: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Signs somebody in at the window: ``as_("Lan")``."""

    def sit_down(name: str) -> None:
        signed = access.sign_in(pages, name, f"a long sentence of {name}", at=datetime.now(UTC), origin="here")
        monkeypatch.setattr(admitted, "_cookies", lambda: {cookies.SESSION: signed.token})

    return sit_down


def words(app: AppTest) -> str:
    return said([*app.markdown, *app.info, *app.warning, *app.error, *app.caption, *app.subheader])


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("page", ["home", "edit", "dashboard", "take_out", "history"])
def test_without_a_session_a_page_shows_only_the_way_in(xa, page):
    app = opened(page, xa)
    assert "Sign in to work here" in words(app)
    assert 'href="/sign-in' in html(app)
    assert "Danh mục mẫu" not in words(app)
    assert not app.button
    assert not app.sidebar.text_input


def test_whoever_has_a_meetings_code_needs_no_account(xa):
    assert opened("vote").text_input(key="vote_code")


def test_the_log_calls_people_by_their_account_and_nobody_renames_themselves(as_, xa):
    as_("Lan")
    app = opened("edit", xa)
    assert "**Lan**" in said(app.sidebar.markdown)
    assert not app.sidebar.text_input
    assert 'action="/sign-out-everywhere"' in html(app)


@pytest.mark.parametrize(("button", "left"), [("frame_sign_out", 1), ("frame_sign_out_everywhere", 0)])
def test_who_came_by_a_provider_ends_this_session_or_all_and_not_only_its_cookie(xa, pages, monkeypatch, button, left):
    now, gone = datetime.now(UTC), []
    here, there = ({"iss": "https://id", "sub": "7", "iat": now.timestamp(), "nonce": one} for one in "ab")
    for claims in (here, there):
        access.who_of_claims(pages, claims, at=now, origin="10.0.0.9")
    monkeypatch.setenv("KPICAT_ACCESS", "oidc")
    monkeypatch.setattr(admitted.beneath, "claims", lambda _shown: here)
    monkeypatch.setattr(st, "logout", lambda: gone.append(True))
    opened("home", xa).sidebar.button(key=button).click().run()
    still = [access.who_of_claims(pages, claims, at=now, origin="10.0.0.9") for claims in (here, there)]
    assert gone and still[0] is None and sum(each is not None for each in still) == left


def test_who_may_only_read_is_offered_nothing_that_writes(as_, xa):
    as_("Minh")
    edit = opened("edit", xa)
    assert "You are viewer here" in words(edit)
    assert not edit.get("data_editor")
    assert not {"Add blank rows", "Paste from Excel"} & labels(edit)
    home = opened("home", xa)
    assert not {"Remove…", "Make a link"} & labels(home)
    assert not [fold for fold in home.expander if fold.label in ("Members", "About this catalogue")]
    assert opened("approval", xa).button(key="approval_submit").disabled


@pytest.mark.parametrize(("name", "offered"), [("Lan", True), ("Tú", False)])
def test_what_holds_for_every_line_is_offered_to_the_chair_only(as_, xa, name, offered):
    as_(name)
    assign = opened("assign", xa)
    assert ("Save the marks" in labels(assign)) is offered
    assert bool([fold for fold in opened("home", xa).expander if fold.label == "About this catalogue"]) is offered


def test_who_has_no_role_in_a_catalogue_sees_nothing_of_it(as_, xa):
    as_("Hoa")
    app = opened("edit", xa)
    assert "Hoa is without a role in it" in words(app)
    assert "Danh mục mẫu" not in words(app)
    assert "Danh mục mẫu" not in words(opened("home"))


def test_a_role_that_is_taken_away_is_gone_at_the_next_gesture(as_, xa, pages):
    as_("Minh")
    app = opened("dashboard", xa)
    assert app.metric
    access.revoke(pages, access.CONSOLE, xa, "Minh", at=datetime.now(UTC))
    app.run()
    assert not app.metric
    assert "Minh is without a role in it" in words(app)


@pytest.mark.parametrize("between", [False, True])
def test_whoever_signs_in_after_another_finds_nothing_of_theirs(as_, xa, monkeypatch, between):
    as_("Lan")
    app = opened("edit", xa, state={"half typed": "secret"})
    if between:  # the session of the one before had ended
        monkeypatch.setattr(admitted, "_cookies", dict)
        app.run()
        assert "half typed" in app.session_state
    as_("Minh")
    app.run()
    assert "half typed" not in app.session_state
    assert "**Minh**" in said(app.sidebar.markdown)


def test_approving_is_offered_only_to_the_authority(as_, xa, pages):
    view = services.View(pages.reading(xa))
    pages.commit(xa, appraising.waive(view, view.open_findings, "why", actor="Lan", at=AT), actor="Lan", at=AT)
    approving.submit(pages, services.View(pages.reading(xa)), actor="Lan", at=AT)
    as_("Lan")
    chair = opened("approval", xa)
    assert "Lan is chair" in words(chair)
    assert not labels(chair) & {"Return"}
    as_("Thu")
    authority = opened("approval", xa)
    assert not authority.button(key="approval_approve").disabled


def test_the_chair_says_who_works_on_the_catalogue(as_, xa, pages):
    as_("Lan")
    app = opened("home", xa)
    app.text_input(key="members_name").input("hoa")
    app.selectbox(key="members_role").select(Role.EDITOR)
    app.button(key="FormSubmitter:members_add-Give the role").click().run()
    hoa = pages.accounts.by_name("hoa").id
    assert pages.accounts.roles(hoa) == {xa: Role.EDITOR}
    app.selectbox(key=f"members_{hoa}_editor").select(Role.COMMENTER).run()
    assert pages.accounts.roles(hoa) == {xa: Role.COMMENTER}
    app.button(key=f"members_{hoa}_out").click().run()
    assert pages.accounts.roles(hoa) == {}
    app.button(key="members_link_make").click().run()
    assert "/invitation?token=" in app.code[0].value


def test_the_administrator_lets_somebody_in_no_more_and_reads_the_log_of_it(as_, xa, pages):
    def script():
        from kpicat.ui import installation

        installation.show()

    as_("Lan")
    app = AppTest.from_function(script).run()
    assert not app.exception
    assert list(app.dataframe[0].value["Name"]) == ["Hoa", "Lan", "Minh", "Thu", "Tú"]
    log = app.dataframe[-1].value
    assert "signed in" in set(log["What"])
    as_("Minh")
    assert AppTest.from_function(script).run().exception


def test_a_file_is_made_for_who_may_have_it_by_then_and_the_audit_log_says_so(as_, xa, pages, monkeypatch):
    offered = []
    monkeypatch.setattr(st, "download_button", lambda *_words, data, **_options: offered.append(data))
    as_("Minh")
    opened("take_out", xa)
    as_("Lan")  # whoever asks elsewhere meanwhile
    with ThreadPoolExecutor() as without_session:
        assert without_session.submit(offered[0]).result()
        exported = [entry for entry in pages.accounts.entries(xa, limit=9, before=None) if entry.act == Event.EXPORT]
        assert [entry.who for entry in exported] == ["Minh"]
        access.revoke(pages, access.CONSOLE, xa, "Minh", at=datetime.now(UTC))
        with pytest.raises(Forbidden):
            without_session.submit(offered[0]).result()


def test_of_two_catalogues_of_one_name_the_administrator_gives_the_one_chosen_its_chair(as_, pages):
    def script():
        from kpicat.ui import installation

        installation.show()

    at = datetime.now(UTC)
    for id in ("one", "other"):
        pages.create(Catalogue(id, "Danh mục cũ", body="Xã An Bình"), actor="founder", at=at)
    as_("Lan")
    app = AppTest.from_function(script).run()
    app.selectbox(key="installation_catalogue_2").select("one").run()
    app.text_input(key="members_name").input("Tú")
    app.button(key="FormSubmitter:members_add-Give the role").click().run()
    assert access.without_chair(pages, access.CONSOLE) == {"other"}


def test_the_administrator_gives_a_catalogue_its_first_chair_and_names_who_approves(as_, xa, pages):
    def script():
        from kpicat.ui import installation

        installation.show()

    at = datetime.now(UTC)
    pages.create(Catalogue("old", "Danh mục cũ"), actor="founder", at=at)
    as_("Lan")
    app = AppTest.from_function(script).run()
    assert "1 catalogue has no chair" in words(app)
    assert app.selectbox(key="installation_catalogue_1").value == "old"
    assert app.selectbox(key="members_role").value == Role.CHAIR
    app.text_input(key="members_name").input("Tú")
    app.button(key="FormSubmitter:members_add-Give the role").click().run()
    assert access.without_chair(pages, access.CONSOLE) == set()
    assert "no chair" not in words(app)
    app.selectbox(key="installation_catalogue_0").select("old").run()
    app.text_input(key="members_name").input("Thu")
    app.selectbox(key="members_role").select(Role.APPROVER)
    app.button(key="FormSubmitter:members_add-Give the role").click().run()
    told = {member.name: member.role for member in access.members(pages, access.CONSOLE, "old")}
    assert told == {"Tú": Role.CHAIR, "Thu": Role.APPROVER}


def test_a_role_taken_away_while_one_types_is_said_and_what_was_typed_stays_to_be_copied(
    as_, xa, pages, monkeypatch, caplog
):
    def script():
        import streamlit as st

        from kpicat.ui import grid_view

        grid_view._typed(grid_view.state("edit", st.session_state.typed_in))

    ran = []
    monkeypatch.setattr(live, "run_page", lambda: ran.append(1))
    as_("Tú")
    app = opened("edit", xa)
    grid = app.session_state.grids["edit", xa]
    before = services.View(pages.reading(xa)).value(grid.ids[0], "note")
    grid.waiting[grid.ids[0], "note"] = "đang gõ dở"
    access.grant(pages, access.CONSOLE, xa, "Tú", Role.VIEWER, at=datetime.now(UTC))
    typed = AppTest.from_function(script)
    typed.session_state.grids, typed.session_state.typed_in = app.session_state.grids, xa
    assert not typed.run().exception
    assert ran, "the page runs, and says so"
    app.run()
    assert "You are viewer here" in words(app)
    assert "1 cell that you typed was not saved" in words(app)
    assert "đang gõ dở" in app.code[0].value
    access.revoke(pages, access.CONSOLE, xa, "Tú", at=datetime.now(UTC))
    assert not typed.run().exception
    gone = opened("edit", xa, state={"grids": app.session_state.grids})
    assert "Tú is without a role in it" in words(gone)
    assert "đang gõ dở" in gone.code[0].value
    monkeypatch.setattr(admitted, "_cookies", dict)
    app.run()
    assert "Sign in to work here" in words(app)
    assert "đang gõ dở" in app.code[0].value
    assert services.View(pages.reading(xa)).value(grid.ids[0], "note") == before
    refused = [(entry.who, entry.detail) for entry in pages.accounts.entries(xa, limit=9, before=None) if not entry.ok]
    assert ("Tú", "edit") in refused
    assert not [record for record in caplog.records if record.exc_info]


def test_nothing_is_offered_that_would_be_refused(as_, xa, pages):
    """On the pages that a role sees whole; those with a grid show it locked."""
    twice = ("Phát hành văn bản đi của Đảng ủy", "Thực hiện phát hành VB đi của Đảng uỷ")
    lines = [Add(Item(task, {"task": task, "product": "Văn bản", "department": "Văn phòng"})) for task in twice]
    pages.commit(xa, lines, actor="Lan", at=AT)
    as_("Minh")
    pairs = opened("checks", xa, state={"checks_part": "pairs"})
    answers = [
        button for button in pairs.button if str(button.key).startswith("checks_pair_") and "_go_" not in button.key
    ]
    assert answers
    assert all(button.disabled for button in answers)
    assert {button.help for button in answers} == {
        "To change lines of this catalogue one must be editor or chair; Minh is viewer.",
        "To decide that two lines of this catalogue are two works one must be editor or chair or appraiser; "
        "Minh is viewer.",
    }
    batch = pages.batches(xa, limit=1)[0]
    history = opened("history", xa, state={f"history_{batch.id}": True})
    undo = history.button(key=f"history_{batch.id}_undo")
    assert (undo.disabled, undo.help) == (True, pairs.button(key=answers[0].key).help)
    access.grant(pages, access.CONSOLE, xa, "Minh", Role.APPRAISER, at=datetime.now(UTC))
    judge = opened("checks", xa, state={"checks_part": "findings"})
    assert "Leave as it is…" in labels(judge)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("compare", {"show": "bodies", "body": ["yb", "zc"]}),
        ("compare", {"from": "yb:", "to": "yb:1"}),
        ("what_if", {}),
    ],
)
def test_a_link_with_another_catalogues_ids_in_it_shows_nothing_of_it(as_, xa, pages, page, query):
    at = datetime.now(UTC)
    pages.create(Catalogue("yb", "Danh mục Xyzzy"), actor="x", at=at, items=[Item("i1", {"task": "Việc Xyzzy"})])
    pages.create(Catalogue("zc", "Danh mục thứ ba"), actor="x", at=at)
    secret = scenarios.begin(
        pages, services.View(pages.reading("yb")), Scenario(tiers={"i1": 2}), name="Thử Xyzzy", actor="x", at=at
    )
    access.grant(pages, access.CONSOLE, "zc", "Tú", Role.VIEWER, at=at)
    as_("Tú")
    app = opened(page, xa, query=query | {"s": secret.id, "since": "yb:1"})
    shown = [words(app), html(app), *(table.value.to_string() for table in app.dataframe)]
    shown += [str(choice.options) for choice in (*app.selectbox, *app.multiselect)]
    assert not [text for text in shown if "Xyzzy" in text]
