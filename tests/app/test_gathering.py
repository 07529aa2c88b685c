"""Many units' files on the page: each accounted for, nothing decided alone, one batch that can be taken back."""

from __future__ import annotations

import io
import threading
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from kpicat import language, services
from kpicat.model import LeftOut
from kpicat.ui import frame, reading, remarks
from kpicat.ui.downloading import in_their_language
from tests.app.opening import opened, said

pytestmark = pytest.mark.usefixtures("made")
HEAD = "Mã,Nhiệm vụ,Sản phẩm\n"
KT, VP = "Phòng Kinh tế", "Văn phòng"
ONE = f"{HEAD}A1,Tham mưu kế hoạch phát triển kinh tế xã năm 2026,Kế hoạch\n,Tiếp công dân,Biên bản\n"
NEARLY = {"task": "Tham mưu kế hoạch phát triển kinh tế năm 2025", "product": "Kế hoạch", "department": KT}
OTHER = f"{HEAD}B1,Tiếp công dân,Biên bản\n"


def zipped(**files: str | bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as out:
        for name, text in files.items():
            out.writestr(name, text)
    return content.getvalue()


@pytest.fixture
def sent(made):
    """Somebody who has chosen a .zip of such files for a catalogue of such rows."""

    def send(*rows: dict, **files: str | bytes) -> AppTest:
        app = opened("bring_in", made(*rows))
        return app.file_uploader[0].upload("cac-don-vi.zip", zipped(**files), "application/zip").run()

    return send


def button(app: AppTest, words: str):
    return next(one for one in app.button if one.label == words)


def says(app: AppTest):
    """The first question whether two texts are one work."""
    return next(one for one in app.button_group if str(one.key).startswith("gathering_match_"))


def table(app: AppTest, column: str):
    return next(frame.value for frame in app.dataframe if column in frame.value)


def tasks() -> list[str]:
    return sorted(frame.view("xa").items["task"])


def test_each_file_is_shown_with_its_unit_and_what_it_comes_to(sent):
    app = sent(**{f"{KT}.csv": ONE, f"{VP}.csv": OTHER, "anh.png": b"\x89PNG"})
    assert "3 items found in 2 files" in said(app.success)
    assert "anh" in said(app.markdown), "what could not be read is named with the sentence why"
    shown = table(app, "unit")
    assert shown[["file", "unit", "new"]].values.tolist() == [
        ["anh.png", "", ""],
        [f"{KT}.csv", KT, "2"],
        [f"{VP}.csv", VP, "1"],
    ]


def test_one_button_brings_all_in_as_one_batch(sent):
    app = sent(**{f"{KT}.csv": ONE, f"{VP}.csv": OTHER})
    app.button(key="bring_in_go").click().run()
    assert not app.error
    assert "3 changes brought in" in said(app.success)
    assert [batch.label for batch in frame.store().batches("xa")].count("import") == 1
    assert set(frame.view("xa").items["department"]) == {KT, VP}


def test_several_files_are_one_gathering_and_a_single_one_is_not(made):
    app = opened("bring_in", made())
    files = [(f"{name}.csv", text.encode(), "text/csv") for name, text in ((KT, ONE), (VP, OTHER))]
    app.file_uploader[0].set_value(files[:1]).run()
    assert app.radio
    app.file_uploader[0].set_value(files).run()
    assert not app.radio
    assert "3 items found in 2 files" in said(app.success)


def test_what_was_decided_stays_when_a_file_is_added_or_removed(made):
    app = opened("bring_in", made(NEARLY))
    files = [(f"{name}.csv", text.encode(), "text/csv") for name, text in ((KT, ONE), (VP, OTHER), ("Xã", OTHER))]
    app.file_uploader[0].set_value(files[:2]).run()
    says(app).set_value("same").run()
    for some in (files, files[:2]):
        app.file_uploader[0].set_value(some).run()
        assert says(app).value == "same"
        assert next(metric.value for metric in app.metric if metric.label == "Changed") == "1"
    app.file_uploader[0].set_value(files[1:]).run()
    assert next(metric.value for metric in app.metric if metric.label == "Changed") == "0"


def test_works_of_several_units_are_named_with_the_files_they_are_in(sent):
    app = sent(**{f"{KT}.csv": ONE, f"{VP}.csv": OTHER})
    assert table(app, "Units").values.tolist() == [["Tiếp công dân", f"{KT}, {VP}", "", f"{KT}.csv, {VP}.csv"]]


@pytest.mark.parametrize(("answer", "lines"), [("same", 2), ("apart", 3), (None, 3)])
def test_a_line_that_is_nearly_an_item_is_laid_over_it_only_when_somebody_says_so(sent, answer, lines):
    app = sent(NEARLY, **{f"{KT}.csv": ONE})
    assert "**2026**" in said(app.markdown) and "**2025**" in said(app.markdown)
    if answer:
        says(app).set_value(answer).run()
    app.button(key="bring_in_go").click().run()
    assert len(tasks()) == lines


def test_an_answer_that_comes_with_the_press_is_shown_before_anything_is_written(sent):
    app = sent(NEARLY, **{f"{KT}.csv": ONE})
    says(app).set_value("same")
    app.button(key="bring_in_go").click().run()
    assert len(tasks()) == 1
    app.button(key="bring_in_go").click().run()
    assert len(tasks()) == 2


def test_what_was_said_of_a_line_can_be_said_otherwise(sent):
    app = sent(NEARLY, **{f"{KT}.csv": ONE})
    button(app, "All undecided are the same work").click().run()
    assert "not decided" not in str([expander.label for expander in app.expander])
    says(app).set_value("apart").run()
    assert next(metric.value for metric in app.metric if metric.label == "New") == "2"


def test_what_is_in_no_file_any_more_stays(sent):
    app = sent({"task": "Việc cũ", "department": VP}, **{f"{VP}.csv": OTHER})
    assert "stay in the catalogue unless you tick them" in said(app.caption)
    assert "source_file" in table(app, "drop")
    app.button(key="bring_in_go").click().run()
    assert tasks() == ["Tiếp công dân", "Việc cũ"]


def test_a_file_without_known_headings_is_pointed_at_while_the_others_wait(sent):
    app = sent(**{f"{KT}.csv": ONE, "la.csv": "Cột một,Cột hai\nHọp giao ban,Biên bản\n"})
    app.selectbox[-1].set_value("la.csv").run()
    assert "point at the row" in said(app.warning)
    next(one for one in app.button if str(one.key).endswith("_go") and "point" in str(one.key)).click().run()
    assert "point at the row" not in said(app.warning)
    assert "2 items found in 1 file" in said(app.success) or "3 items found in 2 files" in said(app.success)


def test_a_new_catalogue_is_started_for_many_files(pages):
    app = opened("home")
    app.file_uploader[0].upload("xa.zip", zipped(**{f"{KT}.csv": ONE}), "application/zip").run()
    app.button(key="home_from_file_go").click().run()
    assert not app.error and [each.name for each in services.shelf(frame.store())] == ["xa"]
    assert "2 items found in 1 file" in said(app.success)


def test_a_zip_without_a_units_file_says_so(sent):
    app = sent(**{"Thumbs.db": "x"})
    assert "no file of a unit" in said(app.warning)
    assert app.button(key="bring_in_go").disabled


# -- remarks that are many ---------------------------------------------------


def test_many_remarks_are_grouped_by_what_they_say_and_none_is_lost():
    found = [LeftOut("DM", n, f"Row {n}: “x{n}” (sheet {n}, 2) is no number.") for n in range(20)]
    found += [LeftOut("DM", 30, "Hidden.")]
    groups, rest = remarks.grouped(found)
    assert [(what, len(notes)) for what, notes in groups] == [("Row …: “…” (…) is no number.", 20)]
    assert rest == found[20:]


def test_few_remarks_are_read_one_by_one():
    found = [LeftOut("DM", n, "Hidden.") for n in range(remarks.FEW)]
    assert remarks.grouped(found) == ([], found)


# -- work beside the page ----------------------------------------------------


@pytest.fixture
def alone(monkeypatch):
    """Nothing is shown: there is no session."""
    monkeypatch.setattr(reading, "_UNSHOWN_SECONDS", 30)


def test_work_is_done_once_for_what_it_is_made_with(alone):
    latest, done = reading.Latest(), []
    for made_with in ("a", "a", "b"):
        latest.get(made_with, lambda progress: done.append(1), "", lambda: None)
    assert len(done) == 2


def test_work_that_is_stopped_ends_where_it_next_says_how_far_it_is(alone):
    latest, begun, going, ended = reading.Latest(), threading.Event(), threading.Event(), threading.Event()

    def work(progress):
        begun.set()
        going.wait(30)
        try:
            progress(0.5, "half")
        except BaseException:
            ended.set()
            raise

    def follow():
        with suppress(BaseException):
            latest.get(1, work, "", lambda: None)

    reader = threading.Thread(target=follow)
    reader.start()
    begun.wait(30)
    while latest._job is None:  # the work may begin before it is known by name
        pass
    latest.stop()
    going.set()
    assert ended.wait(30)
    reader.join(30)
    assert latest.value is None


def test_what_the_work_raised_is_raised_each_time(alone):
    latest = reading.Latest()
    for _time in range(2):
        with pytest.raises(ZeroDivisionError):
            latest.get(1, lambda progress: 1 / 0, "", lambda: None)


def test_work_speaks_the_readers_language(alone):
    assert reading.Latest().get(1, lambda progress: language.language(), "", lambda: None) == "en"


def test_a_file_is_made_in_the_language_of_the_session_that_offers_it():
    spoken = {}
    language.resolve_with(lambda: "en")
    make = in_their_language(lambda: language.language().encode())
    language.resolve_with(frame._session_language)

    def elsewhere():
        frame.speak("vi")  # the thread has served another before
        spoken["made"] = make()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(30)
    assert spoken["made"] == b"en"


def test_lines_of_a_workbook_with_a_sheet_for_each_unit_come_in_under_their_units(made):
    workbook = openpyxl.Workbook()
    for sheet, work in ((workbook.active, "Tiếp công dân"), (workbook.create_sheet(), "Cấp phép xây dựng")):
        sheet.append(["STT", "Nhiệm vụ", "Sản phẩm"])
        sheet.append([1, work, "Biên bản"])
    for sheet, unit in zip(workbook, (VP, KT), strict=True):
        sheet.title = unit
    content = io.BytesIO()
    workbook.save(content)
    app = opened("bring_in", made())
    app.file_uploader[0].upload("xã.xlsx", content.getvalue(), "application/octet-stream").run()
    button(app, "Bring in").click().run()
    assert sorted(frame.view("xa").items["department"]) == [KT, VP]
