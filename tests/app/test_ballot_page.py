"""The ballot's two pages: what a chair, a second screen and a member are shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from kpicat.labels import field_label
from kpicat.language import _
from kpicat.services import View, tiering
from kpicat.ui import frame
from tests.app.opening import APP, opened
from tests.conftest import AT


@pytest.fixture
def meeting(sample, pages):
    """A meeting on the sample with one question."""
    made = pages.ballots.open(sample, actor="Khanh", at=AT)
    item = str(pages.reading(sample).items.index[0])
    pages.ballots.ask(made.key, {item: {"task": "Báo cáo [tháng]"}}, actor="Khanh", at=AT)
    return pages, made


def shown(app):
    """All that stands on the page."""
    found = [getattr(node, "proto", None) for node in app.main]
    return "\n".join(str(getattr(proto, name, "")) for proto in found for name in ("body", "label", "value", "options"))


def keys(app):
    return {button.key for button in app.button}


def voter(meeting, name="Lan"):
    _store, made = meeting
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["m"] = made.code
    app.run()
    app.switch_page(frame.PAGES["vote"]).run()
    app.text_input(key="vote_code").set_value(made.code)
    app.text_input(key="vote_name").set_value(name)
    next(button for button in app.button if button.label == _("Join the vote")).click().run()
    return app


def test_a_member_joins_votes_and_sees_nothing_of_the_catalogue(meeting):
    app = voter(meeting)
    store, made = meeting
    assert not app.exception and not app.error
    marks = sorted(key for key in keys(app) if key and key.startswith("vote_mark_"))
    assert len(marks) == 4
    app.button(key=marks[2]).click().run()
    assert _("You have chosen tier {tier}; you may change it until the reveal.").format(tier=3) in app.success[0].value
    assert [len(ids) for ids in store.ballots.board(made.meeting.id).voted.values()] == [1]
    assert "Báo cáo [tháng]" in shown(app)
    assert "Đăng ký văn bản đến" not in shown(app)


def test_a_vote_that_came_too_late_is_told_at_once_and_not_at_the_next_question(meeting, sample):
    app, (store, made) = voter(meeting), meeting
    mark = min(key for key in keys(app) if key and key.startswith("vote_mark_"))
    app.button(key=mark).click().run()
    store.ballots.reveal(made.key, {store.ballots.board(made.meeting.id).questions[0].id: 1})
    app.button(key=mark.replace("_1_1", "_1_4")).click().run()
    told = _("This round is closed, so your vote was not taken; wait for the next one.")
    assert [error.value for error in app.error] == [frame.plain_text(told)]
    assert _("Your vote: tier {tier}.").format(tier=1) in [caption.value for caption in app.caption]
    question = store.ballots.board(made.meeting.id).questions[0]
    store.ballots.again(made.key, question.id, 1)
    app.run()
    assert not app.error and any(key and key.endswith("_2_4") for key in keys(app))


def test_the_vote_told_after_the_reveal_is_the_one_that_counts_whichever_window_it_came_from(meeting):
    app, (store, made) = voter(meeting), meeting
    mark = min(key for key in keys(app) if key and key.startswith("vote_mark_"))
    app.button(key=mark).click().run()
    question = store.ballots.board(made.meeting.id).questions[0]
    store.ballots.cast(app.session_state["kpicat_voter"], question.id, 1, 3, "", at=AT)
    store.ballots.reveal(made.key, {question.id: 1})
    app.run()
    assert _("Your vote: tier {tier}.").format(tier=3) in [caption.value for caption in app.caption]


def test_a_meeting_ends_when_the_button_is_pressed_not_when_it_was_drawn(chair, meeting, monkeypatch):
    store, made = meeting
    monkeypatch.setattr(frame, "now", lambda: AT + timedelta(hours=2))
    chair.button(key="ballot_end_now").click().run()
    (ended,) = store.ballots.meetings(made.meeting.catalogue_id)
    assert ended.ended_at == AT + timedelta(hours=2)


def test_who_is_let_out_is_told_so(meeting):
    app = voter(meeting)
    store, made = meeting
    store.ballots.let_out(made.key, store.ballots.board(made.meeting.id).voters[0].id, at=AT)
    app.run()
    assert app.info[0].value == _("The chair has let you out of the meeting.")


def test_somebody_else_at_the_catalogue_sees_the_question_and_no_button_of_the_chair(meeting, sample):
    app = opened("ballot", sample, spoken=None)
    assert not app.exception and not app.error
    assert not keys(app) & {"ballot_reveal", "ballot_withdraw", "ballot_ask", "ballot_adopt"}
    assert "Báo cáo [tháng]" in shown(app)
    assert meeting[1].code not in shown(app)


def test_who_holds_the_key_reveals_and_adopts(meeting, sample):
    store, made = meeting
    token = store.ballots.join(made.code, "Lan", at=AT)
    question = store.ballots.board(made.meeting.id).questions[0]
    store.ballots.cast(token, question.id, 1, 4, "", at=AT)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["c"] = sample
    app.session_state[f"kpicat_chair_{made.meeting.id}"] = made.key
    app.run()
    app.switch_page(frame.PAGES["ballot"]).run()
    app.button(key="ballot_reveal").click().run()
    app.button(key="ballot_adopt").click().run()
    assert not app.exception and not app.error
    assert store.ballots.board(made.meeting.id).questions[0].tier == 4
    assert store.batches(sample)[0].label == "ballot"


@pytest.fixture
def chair(meeting, sample):
    """The chair at a meeting with three questions, the third one on screen; Lan has voted on it."""
    store, made = meeting
    others = store.reading(sample).items.index[1:3]
    store.ballots.ask(made.key, {item: {"task": f"Việc {item}"} for item in others}, actor="Khanh", at=AT)
    third = store.ballots.board(made.meeting.id).questions[2]
    store.ballots.cast(store.ballots.join(made.code, "Lan", at=AT), third.id, 1, 4, "", at=AT)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["c"] = sample
    app.session_state[f"kpicat_chair_{made.meeting.id}"] = made.key
    app.run().switch_page(frame.PAGES["ballot"]).run()
    for _n in range(2):
        app.button(key="ballot_next").click().run()
    return app


def questions(app, n=3):
    """The list of all questions."""
    said = [_("Question {n} of {all}").format(n=at, all=n) for at in range(1, n + 1)]
    return next(box for box in app.selectbox if box.label in said)


def on_screen(app, n=3):
    """Which question of how many, as the list over it says."""
    return questions(app, n).label


def test_the_question_on_screen_stays_while_it_is_revealed_asked_again_and_adopted(chair, meeting):
    store, made = meeting
    third = _("Question {n} of {all}").format(n="3", all="3")
    assert on_screen(chair) == third
    for key in ("ballot_reveal", "ballot_again"):
        chair.button(key=key).click().run()
        assert on_screen(chair) == third
    question = store.ballots.board(made.meeting.id).questions[2]
    voter = store.ballots.join(made.code, "Minh", at=AT)
    store.ballots.cast(voter, question.id, question.round, 2, "", at=AT)
    for key in ("ballot_reveal", "ballot_adopt"):
        chair.run().button(key=key).click().run()
        assert on_screen(chair) == third
    assert store.ballots.board(made.meeting.id).questions[2].tier == 2
    chair.button(key="ballot_previous").click().run()
    assert on_screen(chair) == _("Question {n} of {all}").format(n="2", all="3")


def test_of_two_questions_in_the_same_words_the_one_chosen_comes_on_screen(chair, meeting, sample):
    store, made = meeting
    item = str(store.reading(sample).items.index[3])
    store.ballots.ask(made.key, {item: {"task": "Báo cáo [tháng]"}}, actor="Khanh", at=AT)
    first, *_others, last = store.ballots.board(made.meeting.id).questions
    for n, question in ((1, first), (4, last)):
        questions(chair.run(), 4).set_value(question.id).run()
        assert on_screen(chair, 4) == _("Question {n} of {all}").format(n=n, all=4)


def test_only_questions_that_somebody_voted_on_are_revealed_together(chair, meeting):
    store, made = meeting
    assert "ballot_reveal_all" not in keys(chair)
    first, _second, _third = store.ballots.board(made.meeting.id).questions
    store.ballots.cast(store.ballots.join(made.code, "Minh", at=AT), first.id, 1, 2, "", at=AT)
    chair.run().button(key="ballot_reveal_all").click().run()
    assert [each.revealed for each in store.ballots.board(made.meeting.id).questions] == [1, 0, 1]


def test_a_tier_the_chair_has_chosen_is_adopted_with_the_others_where_it_is_no_longer_on_screen(chair, meeting):
    store, made = meeting
    first, _second, third = store.ballots.board(made.meeting.id).questions
    store.ballots.cast(store.ballots.join(made.code, "Minh", at=AT), first.id, 1, 2, "", at=AT)
    chair.run().button(key="ballot_reveal_all").click().run()
    chair.segmented_control(key=f"ballot_tier_{third.id}_1").set_value(3).run()
    for key in ("ballot_previous", "ballot_previous"):
        chair.button(key=key).click().run()
    chair.toggle(key="ballot_together").set_value(True).run()
    chair.button(key="ballot_adopt").click().run()
    assert [each.tier for each in store.ballots.board(made.meeting.id).questions] == [2, None, 3]


def test_the_minutes_of_every_meeting_are_offered_the_newest_first(sample, pages):
    for n in range(22):
        pages.ballots.end(pages.ballots.open(sample, actor=f"Chủ tọa {n}", at=AT + timedelta(n)).meeting.id, at=AT)
    app = opened("ballot", sample)
    (meetings,) = [box for box in app.selectbox if box.label == "Meeting"]
    assert len(meetings.options) == 22 and meetings.options[0].endswith("Chủ tọa 21")


def test_the_least_sure_of_all_come_first_not_those_of_a_page(chair, meeting, sample, monkeypatch):
    monkeypatch.setattr("kpicat.ui.filters.MOST_ROWS", 3)
    view = View(meeting[0].reading(sample))
    chair.session_state.ballot_chooser_0 = True
    chair.run().segmented_control(key="ballot_order").set_value("least sure").run()
    (items,) = [table.value for table in chair.dataframe if field_label("task") in table.value]
    first = tiering.in_order(view, tiering.Order.UNCERTAIN)[:3]
    assert items[field_label("task")].tolist() == view.items.loc[first, "task"].tolist()
