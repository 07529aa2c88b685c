"""What people say about lines: who is addressed, who may change what, and what becomes of a thread."""

import io
import json
import re
import unicodedata
from datetime import timedelta

import openpyxl
import pandas as pd
import pytest

from kpicat import services
from kpicat.errors import InputError, NotAllowed
from kpicat.language import _
from kpicat.model import Add, Catalogue, Delete, Edit, Item, Restore
from kpicat.services import bulk, commenting
from kpicat.ui.grid_rows import STATUS, painted
from tests.services.room import Together

PEOPLE = ("Nguyễn Văn", "Nguyễn Văn An", "Lan", "Lân", "Trần Thị Bích Hằng")


class Room(Together):
    def tick(self):
        self.at += timedelta(minutes=1)
        return self.at

    def does(self, who, writes, view=None):
        return services.save(self.store, view or self.view, writes, actor=who, at=self.tick(), label="comment")

    def says(self, who, text, item="i0", id="c1"):
        return self.does(who, commenting.begin(id, item, text, PEOPLE, actor=who, at=self.tick()))

    def answers(self, who, text, id="c2", thread=None):
        return self.does(who, commenting.answer(id, thread or self.thread, text, PEOPLE, actor=who, at=self.tick()))

    @property
    def thread(self):
        return commenting.threads(self.view)[0]

    @property
    def texts(self):
        return [[comment.text for comment in thread.comments] for thread in commenting.threads(self.view)]


@pytest.fixture
def room(store, at):
    store.create(Catalogue("xa", "Danh mục"), actor="founder", at=at)
    store.commit("xa", [Add(Item(f"i{n}", {"task": f"Việc {n}"})) for n in range(3)], actor="founder", at=at)
    return Room(store, at)


# -- threads -------------------------------------------------------------------


def test_a_thread_is_a_comment_and_its_answers_the_oldest_first(room):
    room.says("Lan", "Số lượng này lấy ở đâu?")
    room.says("Minh", "Trùng với dòng 3", item="i1", id="c9")
    room.answers("Minh", "Theo sổ công văn đến năm 2025")
    assert room.texts == [["Số lượng này lấy ở đâu?", "Theo sổ công văn đến năm 2025"], ["Trùng với dòng 3"]]
    assert [thread.id for thread in commenting.threads_of(room.view, "i1")] == ["c9"]


def test_an_answer_stands_after_what_it_answers_though_its_server_s_clock_is_slow(room):
    room.says("Lan", "câu hỏi")
    room.answers("Minh", "trả lời")
    room.at -= timedelta(hours=1)
    room.answers("Lan", "cảm ơn", "c0")
    assert room.texts == [["câu hỏi", "trả lời", "cảm ơn"]]


def test_open_threads_are_counted_by_item_and_resolved_ones_are_not(room):
    for n, item in enumerate(("i0", "i0", "i1")):
        room.says("Lan", f"câu {n}", item, id=f"c{n}")
    assert commenting.open_counts(room.view) == {"i0": 2, "i1": 1}
    room.does("Minh", commenting.resolve(room.thread, actor="Minh", at=room.at))
    assert commenting.open_counts(room.view) == {"i0": 1, "i1": 1}
    assert (room.thread.first.resolved_by, room.thread.first.resolved_at) == ("Minh", room.at - timedelta(minutes=1))
    room.does("Lan", commenting.reopen(room.thread))
    assert commenting.open_counts(room.view) == {"i0": 2, "i1": 1}


def test_resolving_twice_and_reopening_what_is_open_write_nothing(room):
    room.says("Lan", "câu hỏi")
    assert commenting.reopen(room.thread) == []
    room.does("Lan", commenting.resolve(room.thread, actor="Lan", at=room.at))
    assert commenting.resolve(room.thread, actor="Minh", at=room.at) == []


def test_an_answer_opens_a_resolved_thread_again_so_that_it_is_seen(room):
    room.says("Lan", "câu hỏi")
    room.does("Lan", commenting.resolve(room.thread, actor="Lan", at=room.at))
    room.answers("Minh", "còn một ý")
    assert room.thread.is_open
    assert room.texts == [["câu hỏi", "còn một ý"]]


def test_threads_of_a_deleted_item_are_not_counted_and_come_back_with_it(room):
    room.says("Lan", "câu hỏi")
    room.does("Minh", [Delete("i0", room.view.seq)])
    assert commenting.open_counts(room.view) == {}
    room.does("Minh", [Restore("i0")])
    assert room.texts == [["câu hỏi"]]


def test_what_was_said_of_rows_that_go_is_counted_before_they_do(room):
    room.says("Lan", "câu hỏi")
    room.answers("Minh", "trả lời")
    room.says("Hoa", "ý khác", item="i1", id="c3")
    room.does("Hoa", commenting.resolve(commenting.threads_of(room.view, "i1")[0], actor="Hoa", at=room.at))
    said = commenting.out_of_sight(room.view, [Delete(f"i{n}", room.view.seq) for n in range(3)])
    assert [int(n) for n in re.findall(r"\d+", said)] == [2, 3, 1]
    assert commenting.out_of_sight(room.view, [Delete("i2", room.view.seq)]) == ""
    assert said in bulk.delete(room.view, ["i0", "i1", "i2"]).remarks


def test_threads_that_go_along_with_a_merge_are_not_counted_as_out_of_sight(room):
    room.says("Lan", "câu hỏi", item="i1")
    planned = bulk.merge(room.view, ["i0", "i1"], actor="Lan", at=room.at)
    assert commenting.out_of_sight(room.view, planned.writes) == ""


def test_a_comment_on_a_row_deleted_meanwhile_is_refused_and_says_who_deleted_it(room):
    before = room.view
    room.does("Minh", [Delete("i0", before.seq)])
    writes = commenting.begin("c1", "i0", "câu hỏi", PEOPLE, actor="Lan", at=room.at)
    (conflict,) = room.does("Lan", writes, before).conflicts
    assert (conflict.gone, conflict.by, conflict.mine) == (True, "Minh", "câu hỏi")


def test_two_who_answer_at_once_are_both_heard(room):
    room.says("Lan", "câu hỏi")
    thread = room.thread
    room.answers("Minh", "của Minh", "c2", thread)
    room.answers("Hoa", "của Hoa", "c3", thread)
    assert room.texts == [["câu hỏi", "của Minh", "của Hoa"]]


def test_a_comment_does_not_stand_in_the_way_of_who_edits_the_row(room):
    before = room.view
    room.says("Lan", "câu hỏi")
    assert room.does("Minh", [Edit("i0", "task", "Việc 0", "Việc mới")], before).conflicts == []


# -- whose words they are --------------------------------------------------------


def test_only_its_author_may_reword_or_withdraw_a_comment(room):
    room.says("Lan", "câu hỏi")
    with pytest.raises(NotAllowed, match="Lan"):
        commenting.reword(room.thread.first, "khác", PEOPLE, actor="Minh")
    with pytest.raises(NotAllowed, match="Lan"):
        commenting.withdraw(room.thread.first, actor="Minh")
    room.does("Lan", commenting.reword(room.thread.first, "câu hỏi rõ hơn, @Minh", (*PEOPLE, "Minh"), actor="Lan"))
    assert room.texts == [["câu hỏi rõ hơn, @Minh"]]
    assert room.thread.addressing("Minh") == [room.thread.first]
    room.does("Lan", commenting.withdraw(room.thread.first, actor="Lan"))
    assert room.texts == []


def test_who_rewords_what_was_resolved_meanwhile_is_told_and_nothing_is_overwritten(room):
    room.says("Lan", "câu hỏi")
    before = room.thread
    room.does("Minh", commenting.resolve(before, actor="Minh", at=room.at))
    outcome = room.does("Lan", commenting.reword(before.first, "khác", PEOPLE, actor="Lan"))
    assert [conflict.by for conflict in outcome.conflicts] == ["Minh"]
    assert room.texts == [["câu hỏi"]]


def test_a_comment_that_was_answered_cannot_be_withdrawn_under_the_answer(room):
    room.says("Lan", "câu hỏi")
    room.answers("Minh", "trả lời")
    outcome = room.does("Lan", commenting.withdraw(room.thread.first, actor="Lan"))
    assert [conflict.by for conflict in outcome.conflicts] == ["Minh"]
    assert room.texts == [["câu hỏi", "trả lời"]]


@pytest.mark.parametrize("text", ["", "  \n ", "\ud800", "x" * (commenting.MOST_CHARACTERS + 1)])
def test_an_empty_or_endless_comment_is_refused_in_words(room, text):
    with pytest.raises(InputError):
        room.says("Lan", text)


def test_the_longest_comment_is_taken_whole(room):
    text = "ộ" * commenting.MOST_CHARACTERS
    room.says("Lan", f" {text}\n")
    assert room.texts == [[text]]


# -- who is addressed ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@Lan xem giúp", ("Lan",)),
        ("nhờ @Nguyễn Văn An, @Lan xem", ("Nguyễn Văn An", "Lan")),
        ("@Nguyễn Văn Anh không có ở đây", ("Nguyễn Văn",)),
        ("@nguyễn  văn an", ("Nguyễn Văn An",)),
        ("(@Trần Thị Bích Hằng)", ("Trần Thị Bích Hằng",)),
        ("@Lân chứ không phải Lan", ("Lân",)),
        ("@Lành, @La, @ Lan", ()),
        ("gửi về vanthu@Lan.gov.vn", ()),
        ("@Lan, lại @Lan", ("Lan",)),
        (unicodedata.normalize("NFD", "@Trần Thị Bích Hằng"), ("Trần Thị Bích Hằng",)),
    ],
)
def test_people_are_addressed_by_their_whole_names(text, meant):
    assert commenting.mentions(text, PEOPLE) == meant


def test_names_that_look_like_patterns_address_only_themselves():
    assert commenting.mentions("@a.b @axb @(", ("a.b", "(", "")) == ("a.b", "(")


def test_letters_that_only_look_like_those_of_a_name_address_nobody():
    assert commenting.mentions("@İan @ıan @Ian", ("Ian",)) == ("Ian",)


def test_nobody_is_addressed_where_nobody_is_known():
    assert commenting.mentions("@Lan", ()) == ()
    assert commenting.told_apart("@Lan", ()) == [("@Lan", False)]


def test_a_text_is_told_apart_without_losing_a_letter():
    text = "Nhờ @Lan và @nguyễn văn an\nxem lại."
    pieces = commenting.told_apart(text, PEOPLE)
    assert "".join(piece for piece, _named in pieces) == text
    assert [piece for piece, named in pieces if named] == ["@Lan", "@nguyễn văn an"]


def test_the_open_threads_that_address_a_person_are_found(room):
    room.says("Minh", "@Lan xem", id="c1")
    room.says("Minh", "không nhắc ai", id="c2")
    room.says("Minh", "câu hỏi", id="c3")
    room.answers("Hoa", "để @Lan trả lời", "c4", commenting.threads(room.view)[2])
    assert [thread.id for thread in commenting.open_threads(room.view, "LAN")] == ["c1", "c3"]
    room.does("Lan", commenting.resolve(room.thread, actor="Lan", at=room.at))
    assert [thread.id for thread in commenting.open_threads(room.view, "Lan")] == ["c3"]


def test_a_mention_is_new_until_its_person_has_read_it_wherever_that_was(room):
    room.says("Minh", "@Lan xem", id="c1")
    room.says("Minh", "không nhắc ai", id="c2")
    assert commenting.addressing(room.view, "Lan") == {"c1"}
    assert commenting.addressing(room.view, "Lân") == set()
    commenting.mark_read(room.store, room.view, "Lan", ["c1"])
    assert commenting.read_by(room.store, room.view, unicodedata.normalize("NFD", " lan")) == {"c1"}
    assert commenting.read_by(room.store, room.view, "Minh") == set()


def test_who_is_mentioned_again_in_a_thread_that_was_read_has_something_new(room):
    room.says("Minh", "@Lan xem", id="c1")
    commenting.mark_read(room.store, room.view, "Lan", ["c1"])
    room.answers("Hoa", "@Lan ơi", "c2")
    new = commenting.addressing(room.view, "Lan") - commenting.read_by(room.store, room.view, "Lan")
    assert new == {"c2"}
    room.does("Hoa", commenting.resolve(room.thread, actor="Hoa", at=room.at))
    assert commenting.addressing(room.view, "Lan") == set()


def test_those_present_and_those_in_the_log_can_be_addressed(room):
    room.says("Minh", "câu hỏi")
    assert commenting.people(room.store, room.view, ["Ân", "Minh"]) == ["founder", "Minh", "Ân"]


# -- in the grid and in the history ------------------------------------------------


def test_the_grid_counts_the_open_threads_of_each_row_before_what_is_wrong_with_it(room):
    room.does("Minh", [Edit("i1", "product", "", "Báo cáo")])
    for n, item in enumerate(("i0", "i0", "i2")):
        room.says("Lan", f"câu {n}", item, id=f"c{n}")
    room.does("Minh", commenting.resolve(commenting.threads_of(room.view, "i2")[0], actor="Minh", at=room.at))
    view = room.view
    rows, _is_shared = painted(
        view, ("task",), listed=tuple(view.items.index), reserved=(), over={}, last=pd.DataFrame()
    )
    first, second, third = rows[STATUS]
    assert first.startswith("💬 2 🔴") or first.startswith("💬 2 🟡")
    assert "💬" not in second + third


def test_the_history_says_in_words_what_happened_to_a_comment_also_of_a_deleted_row(room):
    room.says("Lan", "câu hỏi")
    room.answers("Minh", "trả lời")
    room.does("Lan", commenting.reword(room.thread.first, "câu hỏi rõ hơn", PEOPLE, actor="Lan"))
    room.does("Hoa", commenting.resolve(room.thread, actor="Hoa", at=room.at))
    room.does("Hoa", commenting.reopen(room.thread))
    room.does("Minh", commenting.withdraw(room.thread.answers[0], actor="Minh"))
    room.does("Minh", [Delete("i0", room.view.seq)])
    told = services.in_words(room.view, services.changes_of_item(room.store, room.view, "i0"))
    assert [(line.who, line.what, line.before, line.after) for line in told.itertuples()][-2:0:-1] == [
        ("Lan", _("comment"), "", "câu hỏi"),
        ("Minh", _("answer to a comment"), "", "trả lời"),
        ("Lan", _("comment reworded"), "câu hỏi", "câu hỏi rõ hơn"),
        ("Hoa", _("comment resolved"), "câu hỏi rõ hơn", "câu hỏi rõ hơn"),
        ("Hoa", _("comment reopened"), "câu hỏi rõ hơn", "câu hỏi rõ hơn"),
        ("Minh", _("comment withdrawn"), "trả lời", ""),
    ]


def test_a_comment_is_one_step_of_undo_and_can_be_done_again(room):
    room.says("Lan", "câu hỏi")
    (batch, *_rest) = services.batches(room.store, room.view)
    assert services.gesture_name(batch.label) == _("comments")
    undone = services.undo(room.store, room.view, batch.id, actor="Lan", at=room.at)
    assert room.texts == []
    services.undo(room.store, room.view, undone.batch, actor="Lan", at=room.at)
    assert room.texts == [["câu hỏi"]]


def test_what_was_said_leaves_with_the_files_and_whether_it_is_resolved(room):
    room.says("Lan", "Số lượng này lấy ở đâu?")
    room.answers("Minh", "Theo sổ công văn đến")
    room.says("Hoa", "Còn mở", item="i1", id="c3")
    room.does("Hoa", commenting.resolve(commenting.threads_of(room.view, "i0")[0], actor="Hoa", at=room.at))
    told = json.loads(services.take_out(room.view, ".json"))["items"]
    assert [[(c["text"], c.get("resolved_by")) for c in item["comments"]] for item in told] == [
        [("Số lượng này lấy ở đâu?", "Hoa"), ("Theo sổ công văn đến", None)],
        [("Còn mở", None)],
        [],
    ]
    book = openpyxl.load_workbook(io.BytesIO(services.take_out(room.view, ".xlsx")))
    rows = [[str(cell) for cell in row if cell] for row in book[_("Comments")].values]
    lines = [row for row in rows if {"Số lượng này lấy ở đâu?", "Theo sổ công văn đến", "Còn mở"} & {*row}]
    assert [any(cell.startswith("Hoa,") for cell in row) for row in lines] == [True, False, False]
