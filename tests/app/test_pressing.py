"""Keys heard by a page: numbered, said together, heard once."""

from __future__ import annotations

from kpicat.ui.pressing import presses


def test_a_press_is_heard_once_however_often_it_is_said():
    said = [{"n": 3, "step": "next"}, {"n": 4, "step": "next"}, {"n": 4}, {"n": "5"}, "6", {"step": "last"}]
    assert [press["n"] for press in presses(said, 3)] == [4]
    assert [press["n"] for press in presses(said, 0)] == [3, 4]
    assert list(presses(None, 0)) == list(presses({"n": 9}, 0)) == []
