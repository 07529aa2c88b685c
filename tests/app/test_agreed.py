"""Who types into a field and goes straight to the button never does what the button said before they typed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from kpicat.services import Mode
from kpicat.ui import frame, incoming
from kpicat.ui.bulk import opened as dialogs
from tests.app.opening import opened, said

pytestmark = pytest.mark.usefixtures("made")
FIRST = "What you chose last"


def tasks() -> list[str]:
    return frame.view("xa").items["task"].tolist()


def says_so(app: AppTest) -> bool:
    return FIRST in said(app.error) + said(app.toast)


def test_words_to_put_instead_that_come_with_the_press_are_shown_before_they_are_put(made):
    held = dialogs.Opened(
        "replace", ("i0", "i1"), False, made({"task": "Trình báo cáo"}, {"task": "Báo cáo năm"}), "edit"
    )
    page = opened("edit", "xa", state={"bulk_opened": held})
    page.text_input(key="bulk_find").set_value("báo cáo").run()
    assert page.button(key="bulk_agree").label == "Take out of 2 cells"
    page.text_input(key="bulk_instead").set_value("tờ trình")
    page.button(key="bulk_agree").click().run()
    assert tasks() == ["Trình báo cáo", "Báo cáo năm"] and says_so(page)
    assert page.button(key="bulk_agree").label == "Replace in 2 cells"
    page.button(key="bulk_agree").click().run()
    assert tasks() == ["Trình tờ trình", "Tờ trình năm"] and not says_so(page)


def test_a_file_is_not_added_to_items_it_was_to_replace(made):
    made({"code": "A1", "task": "Việc cũ"}, {"code": "A2", "task": "Việc thôi làm"})
    file = incoming.Incoming("moi.csv", "digest", "Mã,Nhiệm vụ,Sản phẩm\nA1,Việc mới,Báo cáo\n".encode())
    page = opened("bring_in", "xa", state={"incoming": file})
    page.radio(key="bring_in_mode").set_value(Mode.REPLACE)
    page.button(key="bring_in_go").click().run()
    assert tasks() == ["Việc cũ", "Việc thôi làm"] and says_so(page)
    page.button(key="bring_in_go").click().run()
    assert tasks() == ["Việc mới"]
